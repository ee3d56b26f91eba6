import type { BuiltInTaskType } from './builtInFunctions.js';
import { custom, type CustomTask } from './custom.js';
import { imageClassification } from './imageClassification.js';
import type { SingleLabelTask } from './singleLabel.js';
import { textClassification } from './textClassification.js';

/** What an engine must know of a kind of task: where the object is, how an answer looks, what becomes of it. */
export type LabelingTask = SingleLabelTask | CustomTask;

const tasks: readonly LabelingTask[] = [imageClassification, textClassification, custom];

/** The task types that labels can be made for, without AWS. */
export const supportedTaskTypes: readonly BuiltInTaskType[] = tasks.map(({ taskType }) => taskType);

export function labelingTask(taskType: BuiltInTaskType): LabelingTask | undefined {
  return tasks.find((task) => task.taskType === taskType);
}
