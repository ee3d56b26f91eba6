import type { BuiltInTaskType } from './builtInFunctions.js';

/** Whose the worker pages are that AWS brings along (reference §2.2). */
export const humanTaskUiAccount = '394669845002';

// Reference §1.3: the pages for text spans, video frames and point clouds. An adjustment has the page of its original.
const humanTaskUiNames: Readonly<Partial<Record<BuiltInTaskType, string>>> = {
  NamedEntityRecognition: 'NamedEntityRecognition',
  VideoObjectDetection: 'VideoObjectDetection',
  VideoObjectTracking: 'VideoObjectTracking',
  AdjustmentVideoObjectDetection: 'VideoObjectDetection',
  AdjustmentVideoObjectTracking: 'VideoObjectTracking',
  '3DPointCloudObjectDetection': 'PointCloudObjectDetection',
  '3DPointCloudObjectTracking': 'PointCloudObjectTracking',
  '3DPointCloudSemanticSegmentation': 'PointCloudSemanticSegmentation',
  Adjustment3DPointCloudObjectDetection: 'PointCloudObjectDetection',
  Adjustment3DPointCloudObjectTracking: 'PointCloudObjectTracking',
  Adjustment3DPointCloudSemanticSegmentation: 'PointCloudSemanticSegmentation',
};

/** The worker page that the task type needs; `undefined` for a type whose page is a template of the job's own. */
export function humanTaskUiArnOf(taskType: BuiltInTaskType, region: string): string | undefined {
  const name = humanTaskUiNames[taskType];
  return name === undefined ? undefined : `arn:aws:sagemaker:${region}:${humanTaskUiAccount}:human-task-ui/${name}`;
}

const day = 24 * 60 * 60;

/** For how long a worker may have a task, in seconds: 30 days for video frames and point clouds, else 8 hours (§1.3). */
export function longestTaskSeconds(taskType: BuiltInTaskType | undefined): number {
  const isSequence =
    taskType !== undefined && taskType !== 'NamedEntityRecognition' && humanTaskUiNames[taskType] !== undefined;
  return isSequence ? 30 * day : day / 3;
}
