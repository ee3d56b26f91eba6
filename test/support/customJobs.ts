import type { JsonObject } from '../../src/core/json.js';
import { submitAnswer } from '../../src/local/labeling/answers.js';
import { acceptTask } from '../../src/local/labeling/handOut.js';
import type { Worker } from '../../src/local/labeling/workers.js';
import type { EngineLab } from './engineLab.js';

/** The input of `createCustomJob`. */
export const customLines = ['{"source":"a","hint":[1]}', '{"source":"b"}', '{"source":"c"}'];

/** A job whose functions are the test's: `pre` and `post` are ARNs. */
export async function createCustomJob(
  lab: EngineLab,
  functions: { readonly pre?: string; readonly post?: string },
  task: JsonObject = {},
): Promise<void> {
  await lab.createJob({
    lines: customLines,
    task: {
      PreHumanTaskLambdaArn: functions.pre,
      AnnotationConsolidationConfig:
        functions.post === undefined ? undefined : { AnnotationConsolidationLambdaArn: functions.post },
      ...task,
    },
  });
}

/** Gives every task that there is its object's id for an answer; nothing is awaited. */
export function answerWithIds(lab: EngineLab, worker: Worker): void {
  for (const task of lab.take(worker)) {
    acceptTask(lab.portal, worker, task.taskId);
    submitAnswer(lab.portal, worker, { taskId: task.taskId, answerContent: { id: task.datasetObjectId } });
  }
}

/** The metadata of an object that failed, as the manifest has it at the end of the line. */
export function failedMetadata(reason: string): string {
  return `"Job-metadata":{"retry-count":1,"failure-reason":"ClientError: ${reason}","human-annotated":"true"}}`;
}

/** The engine waits for nothing but what is in memory here: a few turns of the loop bring it to the function. */
export async function turnsUntil(isSo: () => boolean): Promise<void> {
  while (!isSo()) {
    await new Promise((done) => {
      setImmediate(done);
    });
  }
}
