import { isObject, type JsonObject, type JsonValue } from '../../core/json.js';
import { FunctionFailure, type LabelingFunctions } from '../functions/labelingFunctions.js';
import type { Identity } from '../http/services.js';
import type { ObjectStorages } from '../store/objectStorage.js';
import { jobArn } from './jobArn.js';
import { callFunction } from './jobFunction.js';
import type { Job } from './jobRecords.js';

export interface PreAnnotationDependencies {
  readonly functions: LabelingFunctions;
  readonly storages: ObjectStorages;
  readonly identity: Identity;
}

/** What the pre-annotation function makes of an object. */
export type PreAnnotation =
  | { readonly kind: 'task'; readonly input: JsonObject }
  /** Nobody need look at it: it stays as it is. */
  | { readonly kind: 'skipped' }
  | { readonly kind: 'failed'; readonly reason: string };

const mostInputBytes = 1_000_000;

/**
 * Asks the job's own function what the template shall get as `task.input`. The event and the answer are those of a
 * Lambda function of Ground Truth. Throws `FunctionUnavailable` where it cannot be asked.
 */
export async function preAnnotate(
  dependencies: PreAnnotationDependencies,
  job: Job,
  { arn, line }: { readonly arn: string; readonly line: string },
): Promise<PreAnnotation> {
  const event = {
    version: '2018-10-16',
    labelingJobArn: jobArn(job, dependencies.identity),
    dataObject: JSON.parse(line) as JsonObject,
  };
  try {
    return preAnnotationOf(arn, await callFunction(dependencies, job, { arn, event }));
  } catch (error) {
    if (error instanceof FunctionFailure) {
      return { kind: 'failed', reason: `The pre-annotation function ${arn} failed: ${error.message}` };
    }
    throw error;
  }
}

function preAnnotationOf(arn: string, answer: JsonValue): PreAnnotation {
  const fields = isObject(answer) ? answer : {};
  if (fields['isHumanAnnotationRequired'] === false) {
    return { kind: 'skipped' };
  }
  const input = fields['taskInput'];
  if (!isObject(input)) {
    return failed(arn, 'has no "taskInput" that is an object');
  }
  return Buffer.byteLength(JSON.stringify(input)) > mostInputBytes
    ? failed(arn, 'has a "taskInput" of more than 1 MB')
    : { kind: 'task', input };
}

function failed(arn: string, problem: string): PreAnnotation {
  return { kind: 'failed', reason: `The answer of the pre-annotation function ${arn} ${problem}.` };
}
