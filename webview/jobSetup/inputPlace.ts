import { folderPrefix, type LabelingJobDraft } from '../../src/core/jobs/labelingJobDraft.js';
import { parseS3Uri } from '../../src/core/s3Uri.js';
import type { InputPlace } from '../../src/protocol/jobSetup.js';
import type { Listing } from './listing.js';

/** Where the draft's input is; `undefined` where it is not named yet, or cannot be there. */
export function inputPlace(
  { inputKind, inputBucket: bucket, inputFolder, inputManifest }: LabelingJobDraft,
  buckets: Listing<string>,
): InputPlace | undefined {
  if (inputKind === 'folder') {
    return bucket === '' ? undefined : { kind: 'folder', bucket, prefix: folderPrefix(inputFolder) };
  }
  const uri = parseS3Uri(inputManifest.trim());
  if (uri !== undefined && buckets.isLoaded && !buckets.items.includes(uri.bucket)) {
    return undefined; // Its field says so.
  }
  return uri === undefined || uri.key === '' || uri.key.endsWith('/') ? undefined : { kind: 'manifest', uri };
}
