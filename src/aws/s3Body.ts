import type { GetObjectCommandOutput } from '@aws-sdk/client-s3';
import type { ObjectBody } from '../core/ports.js';

/** All that a reply to GetObject has, and how much the object has. */
export async function readBody(output: GetObjectCommandOutput): Promise<ObjectBody> {
  const bytes = (await output.Body?.transformToByteArray()) ?? new Uint8Array();
  const [, total] = /\/(\d+)$/u.exec(output.ContentRange ?? '') ?? [];
  return {
    bytes,
    etag: output.ETag ?? '',
    totalBytes: total === undefined ? bytes.length : Number(total),
    ...(output.ContentType !== undefined && { contentType: output.ContentType }),
  };
}
