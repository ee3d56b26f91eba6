import { createHash, createHmac } from 'node:crypto';
import type { StorageKeys } from '../../core/storage.js';
import { encodePath, encodeRfc3986 } from '../http/incoming.js';

export interface UnsignedRequest {
  readonly method: string;
  readonly host: string;
  /** Raw: it is encoded here. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

export interface SignedRequest {
  /** Encoded, with the query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
}

const algorithm = 'AWS4-HMAC-SHA256';

/** Signs a request to S3 as Signature Version 4 wants it: the path is encoded once, and stays as it is otherwise. */
export function signRequest(
  { method, host, path, query, body }: UnsignedRequest,
  { keys, region, now }: { readonly keys: StorageKeys; readonly region: string; readonly now: Date },
): SignedRequest {
  const timestamp = now.toISOString().replaceAll(/[-:]|\.\d+/gu, '');
  const scope = `${timestamp.slice(0, 8)}/${region}/s3/aws4_request`;
  const signed: Readonly<Record<string, string>> = {
    host,
    'x-amz-content-sha256': sha256(body),
    'x-amz-date': timestamp,
    ...(keys.sessionToken !== undefined && { 'x-amz-security-token': keys.sessionToken }),
  };
  const names = Object.keys(signed).toSorted();
  const rawPath = encodePath(path);
  const queryText = Object.entries(query)
    .map(([name, value]) => `${encodeRfc3986(name)}=${encodeRfc3986(value)}`)
    .toSorted()
    .join('&');
  const canonical = [
    method,
    rawPath,
    queryText,
    ...names.map((name) => `${name}:${signed[name]}`),
    '',
    names.join(';'),
    signed['x-amz-content-sha256'],
  ].join('\n');
  const key = [region, 's3', 'aws4_request'].reduce(hmac, hmac(`AWS4${keys.secretAccessKey}`, timestamp.slice(0, 8)));
  const signature = hmac(key, [algorithm, timestamp, scope, sha256(canonical)].join('\n')).toString('hex');
  const credential = `Credential=${keys.accessKeyId}/${scope}`;
  return {
    path: queryText === '' ? rawPath : `${rawPath}?${queryText}`,
    headers: {
      ...signed,
      authorization: `${algorithm} ${credential}, SignedHeaders=${names.join(';')}, Signature=${signature}`,
    },
  };
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

function sha256(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}
