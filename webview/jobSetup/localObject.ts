import type { S3Uri } from '../../src/core/s3Uri.js';

/** The object of a web address that Local Ground Truth gave out (`http://127.0.0.1:4711/bucket/key`), else nothing. */
export function localObject(address: string, endpoint: string | undefined): S3Uri | undefined {
  const text = address.trim();
  if (endpoint === undefined || !text.startsWith(`${endpoint}/`)) {
    return undefined;
  }
  const [, bucket, key] = /^\/([^/]+)\/([^?#]+)/u.exec(text.slice(endpoint.length)) ?? [];
  try {
    return bucket === undefined || key === undefined ? undefined : { bucket, key: decodeURIComponent(key) };
  } catch {
    return undefined; // A stray percent sign: no address that was given out.
  }
}
