import { fileTime } from '../../core/manifest/outputManifestDates.js';
import { formatS3Uri, type S3Uri } from '../../core/s3Uri.js';
import type { Job } from './jobRecords.js';

interface Named {
  readonly iteration: number;
  readonly file_time: number;
}

/** Keys under the job's output prefix, as Ground Truth lays its files out. */
export const outputPaths = {
  outputManifest: 'manifests/output/output.manifest',
  intermediateManifest: 'manifests/intermediate/1/output.manifest',
  intermediateAnnotations: 'annotations/intermediate/1/annotations.json',
  consolidationRequest: (consolidation: Named) =>
    `annotations/consolidated-annotation/consolidation-request/${named(consolidation)}`,
  consolidationResponse: (consolidation: Named) =>
    `annotations/consolidated-annotation/consolidation-response/${named(consolidation)}`,
  workerResponse: ({ iteration, file_time: time }: Named, objectId: number) =>
    `annotations/worker-response/iteration-${iteration}/${objectId}/${fileTime(time)}.json`,
  mask: (objectId: number, time: string) => `annotations/consolidated-annotation/output/${objectId}_${time}.png`,
} as const;

export function outputManifestUri(job: Job): string {
  return formatS3Uri({ bucket: job.output.bucket, key: `${job.output.key}${outputPaths.outputManifest}` });
}

export function workerResponseUri(job: Job, consolidation: Named, objectId: number): string {
  const key = `${job.output.key}${outputPaths.workerResponse(consolidation, objectId)}`;
  return formatS3Uri({ bucket: job.output.bucket, key });
}

/** Where the mask of an object is; `time` is a moment as `creationDate` writes it. */
export function maskPlace({ output: { bucket, key } }: Job, objectId: number, time: string): S3Uri {
  return { bucket, key: key + outputPaths.mask(objectId, time) };
}

function named({ iteration, file_time: time }: Named): string {
  return `iteration-${iteration}/${fileTime(time)}.json`;
}
