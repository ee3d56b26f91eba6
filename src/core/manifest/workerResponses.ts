import type { JsonObject, JsonValue } from '../json.js';
import { isObject } from './lineReading.js';

/** What one worker answered about one object. */
export interface WorkerAnswer {
  readonly workerId: string;
  /** The label or labels that were chosen; for answers of another form, their JSON. */
  readonly answer: string;
  readonly comment?: string;
  readonly timeSpentInSeconds?: number;
  /** As written: ISO 8601 with `Z`. */
  readonly submittedAt?: string;
}

/**
 * Where a job's worker responses are, seen from its manifest's path: beside `manifests`, which the manifest is in.
 * `undefined` where the path is not that of a job's output.
 */
export function workerResponseFolder(manifestPath: string): string | undefined {
  const root = /^(.*\/)manifests\/(?:output|intermediate\/\d+)\/[^/]+$/su.exec(manifestPath)?.[1];
  return root === undefined ? undefined : `${root}annotations/worker-response`;
}

/** The answers of a worker-response file, or of what was one; nothing of it is taken for granted. */
export function readWorkerAnswers(file: JsonValue): readonly WorkerAnswer[] {
  const answers = isObject(file) ? file['answers'] : undefined;
  return Array.isArray(answers) ? answers.filter(isObject).map(readAnswer) : [];
}

function readAnswer(answer: JsonObject): WorkerAnswer {
  const { workerId, answerContent, timeSpentInSeconds, submissionTime } = answer as Record<
    string,
    JsonValue | undefined
  >;
  const content = isObject(answerContent) ? Object.values(answerContent) : [];
  const comment = content.map((value) => (isObject(value) ? value['workerComment'] : undefined)).find(isText);
  return {
    workerId: isText(workerId) ? workerId : '',
    answer: content.length === 1 ? describe(content[0]) : JSON.stringify(answerContent ?? null),
    ...(comment !== undefined && { comment }),
    ...(typeof timeSpentInSeconds === 'number' && { timeSpentInSeconds }),
    ...(isText(submissionTime) && { submittedAt: submissionTime }),
  };
}

function describe(value: JsonValue | undefined): string {
  if (isObject(value)) {
    const { label, labels, boundingBoxes, entities } = value as Record<string, JsonValue | undefined>;
    if (isText(label)) {
      return label;
    }
    if (Array.isArray(labels)) {
      return labels.join(', ');
    }
    const shapes = Array.isArray(boundingBoxes) ? boundingBoxes : entities;
    if (Array.isArray(shapes)) {
      return countLabels(shapes);
    }
  }
  return isText(value) ? value : JSON.stringify(value ?? null);
}

function countLabels(shapes: readonly JsonValue[]): string {
  const counts = new Map<string, number>();
  for (const shape of shapes) {
    const label = isObject(shape) && isText(shape['label']) ? shape['label'] : '';
    counts.set(label, (counts.get(label) ?? 0) + 1);
  }
  return counts.size === 0
    ? '–'
    : Array.from(counts, ([label, count]) => (count === 1 ? label : `${label} × ${count}`)).join(', ');
}

function isText(value: JsonValue | undefined): value is string {
  return typeof value === 'string';
}
