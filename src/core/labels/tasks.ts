import { boundingBox, boundingBoxAdjustment, type BoundingBoxTask } from './boundingBox.js';
import type { BuiltInTaskType } from './builtInFunctions.js';
import { custom, type CustomTask } from './custom.js';
import { imageClassification } from './imageClassification.js';
import { imageMultiLabelClassification, type MultiLabelTask, textMultiLabelClassification } from './multiLabel.js';
import { type NamedEntityTask, namedEntityRecognition } from './namedEntities.js';
import { type SegmentationTask, semanticSegmentation, semanticSegmentationAdjustment } from './semanticSegmentation.js';
import type { SingleLabelTask } from './singleLabel.js';
import { textClassification } from './textClassification.js';
import { boundingBoxVerification, semanticSegmentationVerification, type VerificationTask } from './verification.js';

/** A task whose label stands in the manifest as a whole. */
export type InlineLabelTask = SingleLabelTask | MultiLabelTask | BoundingBoxTask | NamedEntityTask | VerificationTask;

/** What an engine must know of a kind of task: where the object is, how an answer looks, what becomes of it. */
export type LabelingTask = InlineLabelTask | SegmentationTask | CustomTask;

const tasks: readonly LabelingTask[] = [
  imageClassification,
  imageMultiLabelClassification,
  boundingBox,
  semanticSegmentation,
  textClassification,
  textMultiLabelClassification,
  namedEntityRecognition,
  boundingBoxVerification,
  boundingBoxAdjustment,
  semanticSegmentationVerification,
  semanticSegmentationAdjustment,
  custom,
];

/** The task types that labels can be made for, without AWS. */
export const supportedTaskTypes: readonly BuiltInTaskType[] = tasks.map(({ taskType }) => taskType);

export function labelingTask(taskType: BuiltInTaskType): LabelingTask | undefined {
  return tasks.find((task) => task.taskType === taskType);
}
