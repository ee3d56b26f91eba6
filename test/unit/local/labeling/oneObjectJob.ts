import assert from 'node:assert/strict';
import type { JsonObject } from '../../../../src/core/json.js';
import type { BuiltInTaskType } from '../../../../src/core/labels/builtInFunctions.js';
import { type EngineLab, functionsOf } from '../../../support/engineLab.js';

export interface OneObjectJob {
  readonly taskType: BuiltInTaskType;
  readonly attribute: string;
  readonly line: string;
  readonly categories: readonly JsonObject[];
  readonly workers: number;
}

/** Named entity jobs have no template of their own. */
export const entityTaskUi = 'arn:aws:sagemaker:us-east-1:394669845002:human-task-ui/NamedEntityRecognition';

export async function createOneObjectJob(lab: EngineLab, job: OneObjectJob): Promise<void> {
  const { taskType, attribute, workers } = job;
  await lab.createJob({
    lines: [job.line],
    categories: job.categories,
    instructions: { shortInstruction: '<p>Mark them.</p>', fullInstruction: '<p>Mark {all} of them.</p>' },
    task: {
      ...functionsOf(taskType),
      NumberOfHumanWorkersPerDataObject: workers,
      ...(taskType === 'NamedEntityRecognition' && { UiConfig: { HumanTaskUiArn: entityTaskUi } }),
    },
    request: { LabelAttributeName: attribute },
  });
}

/** Each answer by a worker of its own; all of them must see the same input. */
export async function answerInTurn(lab: EngineLab, answers: readonly JsonObject[], input: JsonObject): Promise<void> {
  for (const [index, answer] of answers.entries()) {
    const worker = lab.addWorker(`worker-${index}`);
    const [task] = lab.take(worker);
    assert.ok(task);
    assert.deepEqual(task.taskInput, input);
    await lab.send(worker, task, answer);
  }
  await lab.engine.idle();
}
