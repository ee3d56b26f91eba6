import type { S3Uri } from '../s3Uri.js';
import { datasetManifestName } from './datasetManifest.js';
import { folderPrefix } from './labelingJobDraft.js';

/** What the workers' page is made of lies under the results, where the console puts it. */
export function toolFile(output: S3Uri, jobName: string, name: 'data.json' | 'template.liquid'): S3Uri {
  return { bucket: output.bucket, key: `${folderPrefix(output.key)}${jobName}/annotation-tool/${name}` };
}

/** The manifest of a folder's pictures lies beside them. */
export function datasetManifest(bucket: string, folder: string, now: Date): S3Uri {
  return { bucket, key: `${folderPrefix(folder)}${datasetManifestName(now)}` };
}
