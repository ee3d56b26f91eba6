import { createHash } from 'node:crypto';
import type { WriteObject } from '../core/ports.js';

/** S3 checks it in the moment in which the object is there. */
export function writeCondition({ ifMatch, isNew }: WriteObject) {
  return { ...(ifMatch !== undefined && { IfMatch: ifMatch }), ...(isNew && { IfNoneMatch: '*' }) };
}

export function isMd5Of(etag: string, body: Uint8Array): boolean {
  return etag === `"${createHash('md5').update(body).digest('hex')}"`;
}
