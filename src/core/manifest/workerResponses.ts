import { isObject, type JsonObject, type JsonValue } from '../json.js';

/** What one worker answered about one object. */
export interface WorkerAnswer {
  readonly workerId: string;
  /** The label or labels that were chosen; for answers of another form, their JSON. */
  readonly answer: string;
  /** The label of a task that asks for a single one. */
  readonly label?: string;
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

/**
 * The line, from 0, whose object a file of that folder is about, by the file's path from the folder on:
 * `iteration-<N>/<line>/<time>.json`. `undefined` for any other file.
 */
export function lineOfResponseFile(path: string): number | undefined {
  const line = /^iteration-\d+\/(\d+)\/[^/]+\.json$/su.exec(path)?.[1];
  return line === undefined ? undefined : Number(line);
}

/**
 * The name of the job whose output the manifest is, as it stands in the path; `undefined` as above. In the metadata of
 * the job's labels it is in lower case, after `labeling-job/`.
 */
export function jobOfManifest(manifestPath: string): string | undefined {
  const folder = workerResponseFolder(manifestPath);
  return folder?.split('/').at(-3);
}

/** The answers of a worker-response file, or of what was one; nothing of it is taken for granted. */
export function readWorkerAnswers(file: JsonValue): readonly WorkerAnswer[] {
  return answersIn(file).map(readAnswer);
}

export function answersIn(file: JsonValue): readonly JsonObject[] {
  const answers = isObject(file) ? file['answers'] : undefined;
  return Array.isArray(answers) ? answers.filter(isObject) : [];
}

export function readAnswer(answer: JsonObject): WorkerAnswer {
  const { workerId, answerContent, timeSpentInSeconds, submissionTime } = answer as Record<
    string,
    JsonValue | undefined
  >;
  const content = isObject(answerContent) ? Object.values(answerContent) : [];
  const labels = content.map(singleLabel).filter(isText);
  const label = labels.length === 1 ? labels[0] : undefined; // Beside it there may be fields of the template's own.
  const comment = content.map((value) => (isObject(value) ? value['workerComment'] : undefined)).find(isText);
  return {
    workerId: isText(workerId) ? workerId : '',
    answer: content.length === 1 ? describe(content[0]) : JSON.stringify(answerContent ?? null),
    ...(label !== undefined && { label }),
    ...(comment !== undefined && { comment }),
    ...(typeof timeSpentInSeconds === 'number' && { timeSpentInSeconds }),
    ...(isText(submissionTime) && { submittedAt: submissionTime }),
  };
}

function singleLabel(value: JsonValue | undefined): string | undefined {
  const label = isObject(value) ? value['label'] : undefined;
  return isText(label) ? label : undefined;
}

function describe(value: JsonValue | undefined): string {
  const label = singleLabel(value);
  if (label !== undefined) {
    return label;
  }
  if (isObject(value)) {
    const { labels, labelMappings } = value as Record<string, JsonValue | undefined>;
    if (Array.isArray(labels)) {
      return labels.join(', ');
    }
    const marks = markLists.map((list) => value[list]).find((list) => Array.isArray(list));
    if (Array.isArray(marks)) {
      return countLabels(marks);
    }
    if (isObject(labelMappings)) {
      return Object.keys(labelMappings).join(', ') || '–';
    }
  }
  return isText(value) ? value : JSON.stringify(value ?? null);
}

/** What the elements that draw call what was drawn. */
const markLists = ['boundingBoxes', 'polygons', 'polylines', 'keypoints', 'instances', 'entities'] as const;

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
