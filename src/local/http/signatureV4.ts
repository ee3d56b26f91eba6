import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { decodePath, encodePath, encodeRfc3986, header, type RequestHead } from './incoming.js';
import { ServiceError } from './serviceError.js';
import type { Identity } from './services.js';
import { accessDenied, allowedSkewMs, checkSkew, signatureMismatch, unknownKey } from './signatureRefusals.js';

/** Signs the chunks of a body that is signed piece by piece, each with the signature before it. */
export interface ChunkSigner {
  sign(algorithm: 'PAYLOAD' | 'TRAILER', parts: readonly string[]): string;
}

export interface VerifiedV4 {
  readonly payloadHash: string;
  readonly chunkSigner: ChunkSigner;
}

interface Signature {
  readonly accessKeyId: string;
  /** Of the credential: `<date>/<region>/<service>/aws4_request`. */
  readonly scope: string;
  readonly scopeDate: string;
  readonly region: string;
  readonly service: string;
  readonly timestamp: string;
  readonly signedHeaders: string;
  readonly value: string;
  readonly isPresigned: boolean;
}

const algorithm = 'AWS4-HMAC-SHA256';
const longestPresignedSeconds = 604_800;
export const unsignedPayload = 'UNSIGNED-PAYLOAD';

export function hasSignatureV4({ headers, query }: RequestHead): boolean {
  return headers.authorization !== undefined || query.has('X-Amz-Algorithm');
}

/** Throws S3's refusals. `service` is what the credential must be for; `bodyHash` where the body was read already. */
export function verifySignatureV4(
  head: RequestHead,
  { identity, now, service, bodyHash }: { identity: Identity; now: Date; service: string; bodyHash?: string },
): VerifiedV4 {
  const signature = head.headers.authorization === undefined ? fromQuery(head, now) : fromHeader(head);
  if (signature.accessKeyId !== identity.accessKeyId) {
    throw unknownKey(signature.accessKeyId);
  }
  if (!signature.isPresigned) {
    checkSkew(timeOf(signature.timestamp), now);
  }
  checkScope(signature, service);
  const payloadHash = payloadHashOf(head, signature, bodyHash);
  const key = signingKey(identity.secretAccessKey, signature);
  if (
    !pathsToTry(head.rawPath).some((path) =>
      matches(signature, key, canonicalRequest(head, path, signature, payloadHash)),
    )
  ) {
    throw signatureMismatch();
  }
  refuseUnsignedHeaders(head, signature.signedHeaders.split(';'));
  return { payloadHash, chunkSigner: chunkSigner(signature, key) };
}

function fromHeader({ headers }: RequestHead): Signature {
  const text = headers.authorization ?? '';
  if (!text.startsWith(algorithm)) {
    throw new ServiceError('InvalidArgument', 'Unsupported Authorization Type', 400, {
      ArgumentName: 'Authorization',
      ArgumentValue: text,
    });
  }
  const fields = new Map(
    text
      .slice(algorithm.length)
      .split(',')
      .map((field): [string, string] => {
        const mark = field.indexOf('=');
        return [field.slice(0, mark).trim(), field.slice(mark + 1).trim()];
      }),
  );
  const credential = fields.get('Credential');
  const signedHeaders = fields.get('SignedHeaders');
  const value = fields.get('Signature');
  if (credential === undefined || signedHeaders === undefined || value === undefined) {
    throw malformedHeader(
      'The authorization header is malformed; the authorization header requires three components: Credential, SignedHeaders, and Signature.',
    );
  }
  const timestamp = header(headers, 'x-amz-date') ?? timestampOf(headers.date);
  if (timestamp === undefined || Number.isNaN(timeOf(timestamp))) {
    throw accessDenied('AWS authentication requires a valid Date or x-amz-date header');
  }
  return { ...scopeOf(credential, malformedHeader), timestamp, signedHeaders, value, isPresigned: false };
}

const queryNames = [
  'X-Amz-Credential',
  'X-Amz-SignedHeaders',
  'X-Amz-Signature',
  'X-Amz-Date',
  'X-Amz-Expires',
] as const;

function fromQuery({ query }: RequestHead, now: Date): Signature {
  if (query.get('X-Amz-Algorithm') !== algorithm) {
    throw malformedQuery('X-Amz-Algorithm only supports "AWS4-HMAC-SHA256"');
  }
  const [credential, signedHeaders, value, timestamp, expires] = queryNames.map((name) => query.get(name) ?? undefined);
  if (
    credential === undefined ||
    signedHeaders === undefined ||
    value === undefined ||
    timestamp === undefined ||
    expires === undefined
  ) {
    throw malformedQuery(
      'Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.',
    );
  }
  checkExpiry(timestamp, expires, now);
  return { ...scopeOf(credential, malformedQuery), timestamp, signedHeaders, value, isPresigned: true };
}

function checkExpiry(timestamp: string, expires: string, now: Date): void {
  const seconds = Number(expires);
  if (expires === '' || !Number.isFinite(seconds)) {
    throw malformedQuery('X-Amz-Expires should be a number');
  }
  if (seconds < 0) {
    throw malformedQuery('X-Amz-Expires must be non-negative');
  }
  if (seconds > longestPresignedSeconds) {
    throw malformedQuery(
      'X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than 604800 seconds',
    );
  }
  const signedAt = timeOf(timestamp);
  if (Number.isNaN(signedAt)) {
    throw malformedQuery(`X-Amz-Date must be in the ISO8601 Long Format "yyyyMMdd'T'HHmmss'Z'"`);
  }
  if (now.getTime() > signedAt + seconds * 1000) {
    throw accessDenied('Request has expired');
  }
  if (signedAt > now.getTime() + allowedSkewMs) {
    throw accessDenied('Request is not valid yet');
  }
}

function scopeOf(
  credential: string,
  refusal: (message: string) => ServiceError,
): Pick<Signature, 'accessKeyId' | 'scope' | 'scopeDate' | 'region' | 'service'> {
  const fields = credential.split('/');
  const [scopeDate, region, service, terminator] = fields.slice(-4);
  if (fields.length < 5 || scopeDate === undefined || region === undefined || service === undefined) {
    throw refusal('The authorization header is malformed; the Credential is mal-formed');
  }
  if (terminator !== 'aws4_request') {
    throw refusal('The authorization header is malformed; the credential must end with "aws4_request"');
  }
  const scope = fields.slice(-4).join('/');
  return { accessKeyId: fields.slice(0, -4).join('/'), scope, scopeDate, region, service };
}

function checkScope({ scopeDate, service, timestamp, isPresigned }: Signature, expected: string): void {
  const refusal = isPresigned ? malformedQuery : malformedHeader;
  if (scopeDate !== timestamp.slice(0, scopeDate.length) || scopeDate.length !== 'yyyymmdd'.length) {
    throw refusal('The authorization header is malformed; the date of the credential is not that of the request');
  }
  if (service !== expected) {
    throw refusal(
      `The authorization header is malformed; incorrect service "${service}". This endpoint belongs to "${expected}".`,
    );
  }
}

function payloadHashOf({ headers, query }: RequestHead, signature: Signature, bodyHash?: string): string {
  const claimed = header(headers, 'x-amz-content-sha256');
  if (!signature.isPresigned) {
    if (bodyHash !== undefined) {
      return bodyHash;
    }
    if (claimed === undefined) {
      throw new ServiceError('InvalidRequest', 'Missing required header for this request: x-amz-content-sha256');
    }
    return claimed;
  }
  const isSigned = signature.signedHeaders.split(';').includes('x-amz-content-sha256');
  return (isSigned ? claimed : undefined) ?? query.get('X-Amz-Content-Sha256') ?? unsignedPayload;
}

/** Clients differ in which harmless characters they encode: the path as sent, then as AWS would encode it. */
function pathsToTry(rawPath: string): readonly string[] {
  const decoded = decodePath(rawPath);
  const normal = decoded === undefined ? rawPath : encodePath(decoded);
  return normal === rawPath ? [rawPath] : [rawPath, normal];
}

function canonicalRequest(
  { method, query, headers }: RequestHead,
  path: string,
  { signedHeaders, isPresigned }: Signature,
  payloadHash: string,
): string {
  const names = signedHeaders.split(';');
  if (!names.includes('host')) {
    throw signatureMismatch();
  }
  const parameters = [...query]
    .filter(([name]) => !(isPresigned && name === 'X-Amz-Signature'))
    .map(([name, value]): [string, string] => [encodeRfc3986(name), encodeRfc3986(value)])
    .toSorted(([name, value], [otherName, otherValue]) => order(name, otherName) || order(value, otherValue))
    .map((pair) => pair.join('='));
  const lines = names.map((name) => `${name}:${(header(headers, name) ?? '').trim().replaceAll(/ +/gu, ' ')}\n`);
  return [method, path, parameters.join('&'), lines.join(''), signedHeaders, payloadHash].join('\n');
}

function order(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

function matches({ timestamp, scope, value }: Signature, key: Buffer, canonical: string): boolean {
  // Header values reach us as one character per byte; so they are hashed.
  const hash = sha256(Buffer.from(canonical, 'latin1'));
  const expected = hmac(key, [algorithm, timestamp, scope, hash].join('\n')).toString('hex');
  return isSame(expected, value);
}

/** S3 wants every `x-amz-` header signed, lest somebody on the way, or who was given an address, adds one. */
function refuseUnsignedHeaders({ headers }: RequestHead, signed: readonly string[]): void {
  const unsigned = Object.keys(headers).find(
    (name) => name.startsWith('x-amz-') && name !== 'x-amz-content-sha256' && !signed.includes(name),
  );
  if (unsigned !== undefined) {
    throw new ServiceError('AccessDenied', 'There were headers present in the request which were not signed', 403, {
      HeadersNotSigned: unsigned,
    });
  }
}

function chunkSigner({ timestamp, scope, value }: Signature, key: Buffer): ChunkSigner {
  let previous = value;
  return {
    sign(kind, parts) {
      const text = [`${algorithm}-${kind}`, timestamp, scope, previous, ...parts].join('\n');
      previous = hmac(key, text).toString('hex');
      return previous;
    },
  };
}

/** The key holds for a day, and is dearer than the signature: it is kept until another one is asked for. */
let lastKey: { readonly input: string; readonly key: Buffer } = { input: '', key: Buffer.alloc(0) };

function signingKey(secret: string, { scopeDate, region, service }: Signature): Buffer {
  const input = JSON.stringify([secret, scopeDate, region, service]);
  if (lastKey.input !== input) {
    const key = hmac(hmac(hmac(hmac(`AWS4${secret}`, scopeDate), region), service), 'aws4_request');
    lastKey = { input, key };
  }
  return lastKey.key;
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

export function sha256(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}

export function isSame(a: string, b: string): boolean {
  const [first, second] = [Buffer.from(a), Buffer.from(b)];
  return first.length === second.length && timingSafeEqual(first, second);
}

/** Milliseconds since 1970, or `NaN`. */
function timeOf(timestamp: string): number {
  return Date.parse(timestamp.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/u, '$1-$2-$3T$4:$5:$6Z'));
}

function timestampOf(date: string | undefined): string | undefined {
  const time = Date.parse(date ?? '');
  return Number.isNaN(time) ? undefined : new Date(time).toISOString().replaceAll(/[-:]|\.\d+/gu, '');
}

function malformedHeader(message: string): ServiceError {
  return new ServiceError('AuthorizationHeaderMalformed', message);
}

function malformedQuery(message: string): ServiceError {
  return new ServiceError('AuthorizationQueryParametersError', message);
}
