import { createHash, createHmac } from 'node:crypto';
import type { S3Uri } from '../core/s3Uri.js';
import { encodePath, encodeRfc3986 } from './http/incoming.js';
import type { Identity } from './http/services.js';

interface Grant {
  /** `http://127.0.0.1:<port>` */
  readonly endpoint: string;
  readonly identity: Identity;
  readonly now: Date;
  readonly seconds: number;
}

/** An address at which anybody can read the object for a while. */
export function presignedUrl({ bucket, key }: S3Uri, { endpoint, identity, now, seconds }: Grant): string {
  const timestamp = now.toISOString().replaceAll(/[-:]|\.\d+/gu, '');
  const date = timestamp.slice(0, 8);
  const scope = `${date}/${identity.region}/s3/aws4_request`;
  const path = `/${encodePath(`${bucket}/${key}`)}`;
  // In the order of their names, as they are signed.
  const parameters = [
    ['X-Amz-Algorithm', 'AWS4-HMAC-SHA256'],
    ['X-Amz-Credential', `${identity.accessKeyId}/${scope}`],
    ['X-Amz-Date', timestamp],
    ['X-Amz-Expires', String(seconds)],
    ['X-Amz-SignedHeaders', 'host'],
  ].map(([name = '', value = '']) => `${name}=${encodeRfc3986(value)}`);
  const query = parameters.join('&');
  const canonical = ['GET', path, query, `host:${new URL(endpoint).host}`, '', 'host', 'UNSIGNED-PAYLOAD'].join('\n');
  const hash = createHash('sha256').update(canonical).digest('hex');
  const key4 = [date, identity.region, 's3', 'aws4_request'].reduce<string | Buffer>(
    (secret, part) => hmac(secret, part),
    `AWS4${identity.secretAccessKey}`,
  );
  const signature = hmac(key4, ['AWS4-HMAC-SHA256', timestamp, scope, hash].join('\n')).toString('hex');
  return `${endpoint}${path}?${query}&X-Amz-Signature=${signature}`;
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}
