import type { S3Uri } from '../s3Uri.js';

/** An object that a task's template asked to read: its bytes, or why there are none. */
export type TaskAsset = S3Uri &
  (
    | { readonly kind: 'read'; readonly bytes: Uint8Array; readonly contentType: string }
    | { readonly kind: 'failed'; readonly reason: string }
  );
