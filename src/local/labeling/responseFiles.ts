import { isList, type JsonObject, type JsonValue } from '../../core/json.js';
import { parseInputLine } from '../../core/manifest/inputManifestLine.js';
import type { Identity } from '../http/services.js';
import type { Job, ObjectRow } from './jobRecords.js';
import type { TaskRow } from './taskRecords.js';
import { workerId } from './workers.js';

/** What workers answered to one object, in the form of Ground Truth's files: names in alphabetical order. */
export function workerResponse(answers: readonly TaskRow[], identity: Identity): JsonObject {
  return {
    answers: answers.map((task) => ({
      acceptanceTime: isoTime(task.accepted_at),
      answerContent: alphabetical(answerContent(task)),
      submissionTime: isoTime(task.submitted_at),
      timeSpentInSeconds: ((task.submitted_at ?? 0) - (task.accepted_at ?? 0)) / 1_000,
      workerId: workerId(task.sub, identity),
      workerMetadata: {
        identityData: {
          identityProviderType: 'Cognito',
          issuer: `https://cognito-idp.${identity.region}.amazonaws.com/${task.pool_id}`,
          sub: task.sub,
        },
      },
    })),
  };
}

/** An object as a consolidation function gets it: the answers are texts that hold JSON. */
export function consolidationRequest(
  job: Job,
  row: ObjectRow,
  { answers, identity }: { readonly answers: readonly TaskRow[]; readonly identity: Identity },
): JsonObject {
  return {
    datasetObjectId: String(row.id),
    dataObject: dataObject(job, row),
    annotations: answers.map((task) => ({
      workerId: workerId(task.sub, identity),
      annotationData: { content: JSON.stringify(answerContent(task)) },
    })),
  };
}

export function consolidationResponse(job: Job, row: ObjectRow): JsonObject {
  return {
    datasetObjectId: String(row.id),
    consolidatedAnnotation: {
      content: {
        [job.labelAttributeName]: parsed(row.label),
        [`${job.labelAttributeName}-metadata`]: parsed(row.metadata),
      },
    },
  };
}

export function answerContent(task: TaskRow): JsonObject {
  return parsed(task.answer) as JsonObject;
}

function parsed(json: string | null): JsonValue {
  return JSON.parse(json ?? '{}') as JsonValue;
}

function dataObject(job: Job, row: ObjectRow): JsonObject {
  const line = parseInputLine(row.line, job.labelAttributeName);
  const { reference, content } = line.kind === 'object' ? line.data : {};
  return reference === undefined ? { content: content ?? '' } : { s3Uri: reference.text };
}

function alphabetical(value: JsonValue): JsonValue {
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  if (isList(value)) {
    return value.map(alphabetical);
  }
  const names = Object.keys(value).toSorted();
  return Object.fromEntries(names.map((name) => [name, alphabetical(value[name] ?? null)]));
}

function isoTime(milliseconds: number | null): string {
  return new Date(milliseconds ?? 0).toISOString();
}
