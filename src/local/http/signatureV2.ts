import { createHmac } from 'node:crypto';
import { header, type RequestHead } from './incoming.js';
import type { Identity } from './services.js';
import { accessDenied, checkSkew, signatureMismatch, unknownKey } from './signatureRefusals.js';
import { isSame } from './signatureV4.js';

// S3 still takes the signature's second version, and boto3 makes presigned addresses with it to this day.

/** The parameters that are part of the signed resource. */
const signedParameters: ReadonlySet<string> = new Set([
  'accelerate',
  'acl',
  'analytics',
  'cors',
  'defaultObjectAcl',
  'delete',
  'inventory',
  'lifecycle',
  'location',
  'logging',
  'metrics',
  'notification',
  'object-lock',
  'partNumber',
  'policy',
  'replication',
  'requestPayment',
  'response-cache-control',
  'response-content-disposition',
  'response-content-encoding',
  'response-content-language',
  'response-content-type',
  'response-expires',
  'restore',
  'select',
  'select-type',
  'storageClass',
  'tagging',
  'torrent',
  'uploadId',
  'uploads',
  'versionId',
  'versioning',
  'versions',
  'website',
]);

/** Some clients sign it and some do not (botocore 1.43 is one of these): it only says which form a listing has. */
const disputedParameter = 'list-type';

interface Signature {
  readonly accessKeyId: string;
  readonly value: string;
  /** What stands in the place of the date in the signed text. */
  readonly date: string;
}

export function hasSignatureV2({ headers, query }: RequestHead): boolean {
  return headers.authorization?.startsWith('AWS ') ?? (query.has('AWSAccessKeyId') && query.has('Signature'));
}

export function verifySignatureV2(head: RequestHead, identity: Identity, now: Date): void {
  const signature = head.headers.authorization === undefined ? fromQuery(head, now) : fromHeader(head, now);
  if (signature.accessKeyId !== identity.accessKeyId) {
    throw unknownKey(signature.accessKeyId);
  }
  // The resource of a bucket ends with a slash, whether the request's path does or not.
  const isBucketOnly = !head.rawPath.includes('/', 1);
  const paths = isBucketOnly ? [head.rawPath, `${head.rawPath}/`] : [head.rawPath];
  const texts = paths.flatMap((path) => [
    signedText(head, { path, date: signature.date, parameters: signedParameters }),
    signedText(head, { path, date: signature.date, parameters: new Set([...signedParameters, disputedParameter]) }),
  ]);
  const isRight = texts.some((text) => {
    const mac = createHmac('sha1', identity.secretAccessKey).update(text);
    return isSame(mac.digest('base64'), signature.value);
  });
  if (!isRight) {
    throw signatureMismatch();
  }
}

function fromHeader({ headers }: RequestHead, now: Date): Signature {
  const [, accessKeyId, value] = /^AWS ([^:]+):(.+)$/u.exec(headers.authorization ?? '') ?? [];
  const amzDate = header(headers, 'x-amz-date');
  const time = Date.parse(amzDate ?? headers.date ?? '');
  if (accessKeyId === undefined || value === undefined || Number.isNaN(time)) {
    throw accessDenied('AWS authentication requires a valid Date or x-amz-date header');
  }
  checkSkew(time, now);
  return { accessKeyId, value, date: amzDate === undefined ? (headers.date ?? '') : '' };
}

function fromQuery({ query }: RequestHead, now: Date): Signature {
  const date = query.get('Expires') ?? '';
  if (!/^\d+$/u.test(date)) {
    throw accessDenied(`Invalid date (should be seconds since epoch): ${date}`);
  }
  if (now.getTime() > Number(date) * 1000) {
    throw accessDenied('Request has expired');
  }
  return { accessKeyId: query.get('AWSAccessKeyId') ?? '', value: query.get('Signature') ?? '', date };
}

interface SignedPart {
  readonly path: string;
  readonly date: string;
  readonly parameters: ReadonlySet<string>;
}

function signedText({ method, query, headers }: RequestHead, { path, date, parameters }: SignedPart): string {
  const amzHeaders = Object.keys(headers)
    .filter((name) => name.startsWith('x-amz-'))
    .toSorted()
    .map((name) => `${name}:${(header(headers, name) ?? '').trim()}\n`);
  const signed = [...query]
    .filter(([name]) => parameters.has(name))
    .toSorted(([name], [other]) => (name < other ? -1 : 1))
    .map(([name, value]) => (value === '' ? name : `${name}=${value}`));
  const resource = signed.length === 0 ? path : `${path}?${signed.join('&')}`;
  const lines = [method, header(headers, 'content-md5') ?? '', headers['content-type'] ?? '', date];
  return `${lines.join('\n')}\n${amzHeaders.join('')}${resource}`;
}
