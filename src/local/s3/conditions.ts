import { header } from '../http/incoming.js';
import type { ObjectRecord } from '../store/records.js';
import { noSuchKey, preconditionFailed } from './errors.js';
import type { S3Request } from './s3.js';

type ReadObject = Pick<ObjectRecord, 'etag' | 'modifiedAt'>;

/**
 * The conditions of a read, by RFC 9110: an entity tag outweighs a date. Throws where a precondition failed; says
 * whether the caller has the object already. `prefix` is `x-amz-copy-source-` for the source of a copy.
 */
export function isNotModified({ headers }: S3Request, { etag, modifiedAt }: ReadObject, prefix = ''): boolean {
  const [ifMatch, ifNoneMatch, ifModifiedSince, ifUnmodifiedSince] = [
    'if-match',
    'if-none-match',
    'if-modified-since',
    'if-unmodified-since',
  ].map((name) => header(headers, prefix + name));
  const modifiedSecond = Math.floor(modifiedAt / 1000) * 1000;
  if (ifMatch !== undefined) {
    if (!isListed(etag, ifMatch)) {
      throw preconditionFailed('If-Match');
    }
  } else if (modifiedSecond > Date.parse(ifUnmodifiedSince ?? '')) {
    throw preconditionFailed('If-Unmodified-Since');
  }
  if (ifNoneMatch !== undefined) {
    return isListed(etag, ifNoneMatch);
  }
  return modifiedSecond <= Date.parse(ifModifiedSince ?? '');
}

/** The conditions of a write, checked inside the commit against the object that it would replace. */
export function checkWriteConditions({ headers, key }: S3Request, current: ReadObject | undefined): void {
  const ifMatch = header(headers, 'if-match');
  const ifNoneMatch = header(headers, 'if-none-match');
  if (ifNoneMatch !== undefined && current !== undefined && isListed(current.etag, ifNoneMatch)) {
    throw preconditionFailed('If-None-Match');
  }
  if (ifMatch !== undefined) {
    if (current === undefined) {
      throw noSuchKey(key);
    }
    if (!isListed(current.etag, ifMatch)) {
      throw preconditionFailed('If-Match');
    }
  }
}

function isListed(etag: string, list: string): boolean {
  return list.trim() === '*' || list.split(',').some((entry) => bareEtag(entry) === etag);
}

/** Without the quotes, and the mark of a weak one. */
export function bareEtag(text: string): string {
  return text.trim().replace(/^W\//u, '').replaceAll('"', '');
}
