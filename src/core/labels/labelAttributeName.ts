import type { BuiltInTaskType } from './builtInFunctions.js';

// Their labels are references to files, and the name of the attribute must say so.
const referenceTasks: ReadonlySet<BuiltInTaskType> = new Set([
  'SemanticSegmentation',
  'AdjustmentSemanticSegmentation',
  'VideoObjectDetection',
  'VideoObjectTracking',
  'AdjustmentVideoObjectDetection',
  'AdjustmentVideoObjectTracking',
  '3DPointCloudSemanticSegmentation',
  '3DPointCloudObjectTracking',
  'Adjustment3DPointCloudSemanticSegmentation',
  'Adjustment3DPointCloudObjectTracking',
]);

export type LabelAttributeNameProblem = 'reserved' | 'metadataSuffix' | 'refSuffixMissing' | 'refSuffixForbidden';

/** What is wrong with the name beyond its pattern; a custom job, without a task type, may end it either way. */
export function labelAttributeNameProblem(
  name: string,
  taskType: BuiltInTaskType | undefined,
): LabelAttributeNameProblem | undefined {
  if (name === 'source' || name === 'source-ref') {
    return 'reserved';
  }
  if (name.endsWith('-metadata')) {
    return 'metadataSuffix';
  }
  if (taskType === undefined || taskType === 'PassThrough') {
    return undefined;
  }
  const isReference = referenceTasks.has(taskType);
  if (isReference === name.endsWith('-ref')) {
    return undefined;
  }
  return isReference ? 'refSuffixMissing' : 'refSuffixForbidden';
}
