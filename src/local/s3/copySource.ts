import { decodePath, header } from '../http/incoming.js';
import { ServiceError } from '../http/serviceError.js';
import type { ObjectRecord } from '../store/records.js';
import { requireObjectIn } from './access.js';
import { isNotModified } from './conditions.js';
import { invalidArgument, noSuchBucket, preconditionFailed } from './errors.js';
import type { S3, S3Request } from './s3.js';

export interface CopySource {
  readonly bucket: string;
  readonly object: ObjectRecord;
}

/** The object that the request copies from, if the caller may read it and its conditions hold. */
export function requireCopySource(s3: S3, request: S3Request): CopySource {
  const { bucket: bucketName, key } = sourceOf(header(request.headers, 'x-amz-copy-source') ?? '');
  const bucket = s3.store.buckets.find(bucketName);
  if (bucket === undefined) {
    throw noSuchBucket(bucketName);
  }
  const object = requireObjectIn(s3, request, { bucket, key, action: 's3:GetObject' }, 'READ');
  if (isNotModified(request, object, 'x-amz-copy-source-')) {
    throw preconditionFailed('x-amz-copy-source-If-None-Match');
  }
  return { bucket: bucketName, object };
}

/** `bucket/key` or `/bucket/key`, percent-encoded, maybe with a version. */
function sourceOf(text: string): { readonly bucket: string; readonly key: string } {
  const [, path = text, version] = /^(.*)\?versionId=(.*)$/su.exec(text) ?? [];
  if (version !== undefined && version !== 'null') {
    throw new ServiceError('NoSuchVersion', 'The specified version does not exist.', 404, { VersionId: version });
  }
  const [, bucket, key] = /^\/?([^/]+)\/(.+)$/su.exec(decodePath(path) ?? '') ?? [];
  if (bucket === undefined || key === undefined) {
    throw invalidArgument(
      'Copy Source must mention the source bucket and key: sourcebucket/sourcekey',
      'x-amz-copy-source',
      text,
    );
  }
  return { bucket, key };
}
