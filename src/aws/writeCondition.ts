import { createHash } from 'node:crypto';
import type { ObjectHead, WriteObject } from '../core/ports.js';

/** S3 checks it in the moment in which the object is there. */
export function writeCondition({ ifMatch, isNew }: WriteObject) {
  return { ...(ifMatch !== undefined && { IfMatch: ifMatch }), ...(isNew && { IfNoneMatch: '*' }) };
}

/** Whether an object that was written in one piece has these bytes: its ETag is their MD5. */
export function holds(head: ObjectHead | undefined, body: Uint8Array): boolean {
  return head?.etag === `"${createHash('md5').update(body).digest('hex')}"`;
}
