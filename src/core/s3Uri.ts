/** An object's, or a prefix's, place: `key` is the raw key, never percent-encoded. */
export interface S3Uri {
  readonly bucket: string;
  readonly key: string;
}

const s3Scheme = /^s3:\/\/([^/]+)(?:\/(.*))?$/su;
const pathStyle = /^https?:\/\/s3(?:[.-][a-z0-9-]+)?\.amazonaws\.com(?:\.cn)?\/([^/]+)\/(.+)$/su;
const virtualHosted = /^https?:\/\/([a-z0-9][a-z0-9.-]+)\.s3(?:[.-][a-z0-9-]+)?\.amazonaws\.com(?:\.cn)?\/(.+)$/su;

/** Reads `s3://bucket/key`; the key may hold any character and stays as it is. `undefined` where `text` is none. */
export function parseS3Uri(text: string): S3Uri | undefined {
  const [, bucket, key = ''] = s3Scheme.exec(text) ?? [];
  return bucket === undefined ? undefined : { bucket, key };
}

/**
 * Reads an `s3://` URI or an object's web address (`https://s3.amazonaws.com/bucket/key`, with or without a region,
 * and `https://bucket.s3.region.amazonaws.com/key`), whose key is percent-encoded.
 */
export function parseObjectAddress(text: string): S3Uri | undefined {
  const [, bucket, encodedKey] = pathStyle.exec(text) ?? virtualHosted.exec(text) ?? [];
  if (bucket === undefined || encodedKey === undefined) {
    return parseS3Uri(text);
  }
  try {
    return { bucket, key: decodeURIComponent(encodedKey.replace(/[?#].*$/su, '')) };
  } catch {
    return undefined; // A stray percent sign: no address that S3 would give out.
  }
}

export function formatS3Uri({ bucket, key }: S3Uri): string {
  return `s3://${bucket}/${key}`;
}

/** The last part of the key: what a file of that name would be called. */
export function objectName({ key }: S3Uri): string {
  return key.slice(key.lastIndexOf('/', key.length - 2) + 1);
}
