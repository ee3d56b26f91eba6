import type { Clock } from '../clock.js';
import type { RequestHead } from '../http/incoming.js';
import type { Reply } from '../http/reply.js';
import type { RequestBody } from '../http/requestBody.js';
import { accessDenied } from '../http/signatureRefusals.js';
import { xmlDocument, type XmlContent } from '../http/xml.js';
import type { BucketRecord } from '../store/records.js';
import type { S3Store } from '../store/s3Store.js';
import { noSuchBucket } from './errors.js';

/** What every operation gets. */
export interface S3 {
  readonly store: S3Store;
  readonly clock: Clock;
  readonly region: string;
  readonly accountId: string;
  /** The account's canonical id: owner of every bucket and object here. */
  readonly ownerId: string;
}

export interface S3Request extends RequestHead {
  /** Empty in what concerns no bucket. */
  readonly bucket: string;
  /** Raw; empty in what concerns no object. */
  readonly key: string;
  /** Signed with the account's key. Whoever is not, is anybody. */
  readonly isOwner: boolean;
  readonly body: RequestBody;
}

export type Operation = (s3: S3, request: S3Request) => Reply | Promise<Reply>;

const xmlNamespace = 'http://s3.amazonaws.com/doc/2006-03-01/';

export function xmlReply(name: string, content: { readonly [element: string]: XmlContent }, status = 200): Reply {
  const body = xmlDocument(name, { '@xmlns': xmlNamespace, ...content });
  return { status, headers: { 'content-type': 'application/xml' }, body };
}

export const noContent: Reply = { status: 204 };
export const emptyOk: Reply = { status: 200 };

/** The request's bucket. */
export function requireBucket({ store, accountId }: S3, { bucket, headers }: S3Request): BucketRecord {
  const found = store.buckets.find(bucket);
  if (found === undefined) {
    throw noSuchBucket(bucket);
  }
  const expectedOwner = headers['x-amz-expected-bucket-owner'];
  if (expectedOwner !== undefined && expectedOwner !== accountId) {
    throw accessDenied();
  }
  return found;
}

/** Part of a commit: the bucket as it is now, with its versioning; it may have been deleted since the request came. */
export function bucketAtCommit({ store }: S3, bucket: string): BucketRecord {
  const found = store.buckets.find(bucket);
  if (found === undefined) {
    throw noSuchBucket(bucket);
  }
  return found;
}

/** S3 shows whole seconds. */
export function isoTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/\.\d+Z$/u, '.000Z');
}

export function httpTime(milliseconds: number): string {
  return new Date(milliseconds).toUTCString();
}
