import { Failure } from '../../core/failure.js';
import type { ObjectStore } from '../../core/ports.js';
import { parseS3Uri, type S3Uri } from '../../core/s3Uri.js';

/** Also what cannot be looked at counts as there: opening it says why. */
export async function isThere(objects: ObjectStore, uri: S3Uri, signal: AbortSignal): Promise<boolean> {
  try {
    return (await objects.headObject(uri, signal)) !== undefined;
  } catch (error) {
    signal.throwIfAborted();
    return !Failure.is(error, 'bucket.notFound');
  }
}

/** Where a job puts what it writes: `<output path>/<job name>/…`. */
export function outputFile(jobName: string, outputPath: string, path: string): S3Uri | undefined {
  return parseS3Uri(`${outputPath.replace(/\/$/u, '')}/${jobName}/${path}`);
}
