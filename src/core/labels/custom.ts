import type { JsonObject } from '../json.js';

/**
 * A job without one of Ground Truth's consolidation functions: its own makes the labels or, where there is none, answers
 * are kept as they are and the manifest points to them.
 */
export interface CustomTask {
  readonly kind: 'custom';
  readonly taskType: 'PassThrough';
}

export const custom: CustomTask = { kind: 'custom', taskType: 'PassThrough' };

/**
 * The members as observed in real manifests: with hyphens, unlike the documentation, and the name without a prefix. The
 * reference to the workers' answers is there only where no function made a label of them.
 */
export function customMetadata(
  jobName: string,
  label: { readonly createdAt: string; readonly workerResponseRef?: string },
): JsonObject {
  return {
    type: 'groundtruth/custom',
    'job-name': jobName.toLowerCase(),
    'human-annotated': 'yes',
    'creation-date': label.createdAt,
    ...(label.workerResponseRef !== undefined && { 'worker-response-ref': label.workerResponseRef }),
  };
}
