import type { JsonObject } from '../json.js';

/** A job without a consolidation function: answers are kept as they are, and the manifest points to them. */
export interface CustomTask {
  readonly kind: 'custom';
  readonly taskType: 'PassThrough';
}

export const custom: CustomTask = { kind: 'custom', taskType: 'PassThrough' };

/** The members as observed in real manifests: with hyphens, unlike the documentation, and the name without a prefix. */
export function customMetadata(jobName: string, label: { createdAt: string; workerResponseRef: string }): JsonObject {
  return {
    type: 'groundtruth/custom',
    'job-name': jobName.toLowerCase(),
    'human-annotated': 'yes',
    'creation-date': label.createdAt,
    'worker-response-ref': label.workerResponseRef,
  };
}
