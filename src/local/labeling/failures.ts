import type { JsonObject } from '../../core/json.js';

/** What stands in the output manifest beside an object that got no label, in Ground Truth's form. */
export function failureMetadata(reason: string): JsonObject {
  return { 'retry-count': 1, 'failure-reason': `ClientError: ${reason}`, 'human-annotated': 'true' };
}

/** Ground Truth says the same of tasks that ran out of time and of those that everybody declined. */
export const expiredTasks =
  'Annotation tasks expired.  Probable Reasons are 1) TaskAvailabilityLifetimeInSeconds parameter is too small.  ' +
  '2) Reward is too low for workers to work on the task.  3) If you use a custom html template, your template may be ' +
  'broken.  4) Data (image/video/text) sent for annotation is broken or too big, preventing completion.  ' +
  '5) All workers declined the tasks.';
