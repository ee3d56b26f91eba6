import { decodePath, header } from '../http/incoming.js';
import { ServiceError } from '../http/serviceError.js';
import type { ObjectRecord } from '../store/records.js';
import { requireObjectIn, type FoundObject, type WantedObject } from './access.js';
import { isNotModified } from './conditions.js';
import { invalidArgument, invalidRequest, noSuchBucket, preconditionFailed } from './errors.js';
import type { S3, S3Request } from './s3.js';
import { readVersionHeaders } from './versionHeaders.js';

export interface CopySource {
  readonly bucket: string;
  readonly object: ObjectRecord;
  /** Where the request names one. */
  readonly versionId: string | undefined;
  /** What the reply says of the source. */
  readonly headers: Readonly<Record<string, string>>;
}

/** The object that the request copies from, if the caller may read it and its conditions hold. */
export function requireCopySource(s3: S3, request: S3Request): CopySource {
  const { bucket: bucketName, key, versionId } = sourceOf(header(request.headers, 'x-amz-copy-source') ?? '');
  const bucket = s3.store.buckets.find(bucketName);
  if (bucket === undefined) {
    throw noSuchBucket(bucketName);
  }
  const { object } = requireSource(s3, request, { bucket, key, action: 's3:GetObject', versionId });
  if (isNotModified(request, object, 'x-amz-copy-source-')) {
    throw preconditionFailed('x-amz-copy-source-If-None-Match');
  }
  const headers = readVersionHeaders(bucket, object, 'x-amz-copy-source-version-id');
  return { bucket: bucketName, object, versionId, headers };
}

function requireSource(s3: S3, request: S3Request, wanted: WantedObject): FoundObject {
  try {
    return requireObjectIn(s3, request, wanted, 'READ');
  } catch (error) {
    if (error instanceof ServiceError && error.code === 'MethodNotAllowed') {
      throw invalidRequest('The source of a copy request may not specifically refer to a delete marker by version id.');
    }
    throw error;
  }
}

/** `bucket/key` or `/bucket/key`, percent-encoded, maybe with a version. */
function sourceOf(text: string): { readonly bucket: string; readonly key: string; readonly versionId?: string } {
  const [, path = text, versionId] = /^(.*)\?versionId=(.*)$/su.exec(text) ?? [];
  const [, bucket, key] = /^\/?([^/]+)\/(.+)$/su.exec(decodePath(path) ?? '') ?? [];
  if (bucket === undefined || key === undefined) {
    throw invalidArgument(
      'Copy Source must mention the source bucket and key: sourcebucket/sourcekey',
      'x-amz-copy-source',
      text,
    );
  }
  return { bucket, key, ...(versionId !== undefined && { versionId }) };
}
