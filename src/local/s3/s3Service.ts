import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '../clock.js';
import { decodePath, header, type RequestHead } from '../http/incoming.js';
import { sendReply, type Reply } from '../http/reply.js';
import { RequestBody, type PayloadClaim } from '../http/requestBody.js';
import { type CallGuard, ConnectionCut } from '../http/serviceCall.js';
import { ServiceError } from '../http/serviceError.js';
import type { Identity } from '../http/services.js';
import { hasSignatureV2, verifySignatureV2 } from '../http/signatureV2.js';
import { hasSignatureV4, unsignedPayload, verifySignatureV4 } from '../http/signatureV4.js';
import { xmlDocument } from '../http/xml.js';
import type { S3Store } from '../store/s3Store.js';
import { corsHeaders, preflight } from './cors.js';
import { invalidArgument } from './errors.js';
import { operationName } from './operationNames.js';
import { findOperation } from './routes.js';
import type { S3, S3Request } from './s3.js';

export interface S3ServiceOptions {
  readonly store: S3Store;
  readonly identity: Identity;
  readonly ownerId: string;
  readonly clock: Clock;
  readonly guard: CallGuard;
  readonly log: (line: string) => void;
}

const longestKeyBytes = 1024;

/** S3's face: finds the operation, checks the signature, answers in S3's form. */
export class S3Service {
  readonly #s3: S3;
  readonly #identity: Identity;
  readonly #guard: CallGuard;
  readonly #log: (line: string) => void;

  constructor({ store, identity, ownerId, clock, guard, log }: S3ServiceOptions) {
    const { accountId, region } = identity;
    this.#s3 = { store, clock, region, accountId, ownerId };
    this.#identity = identity;
    this.#guard = guard;
    this.#log = log;
  }

  async handle(
    request: IncomingMessage,
    response: ServerResponse,
    head: RequestHead,
    requestId: string,
  ): Promise<void> {
    response.setHeader('x-amz-request-id', requestId);
    response.setHeader('x-amz-id-2', requestId);
    response.setHeader('server', 'AmazonS3');
    // The worker portal has the same origin: a page that somebody has put into a bucket must not act in it.
    response.setHeader('content-security-policy', 'sandbox allow-scripts');
    let reply: Reply;
    let cors: Readonly<Record<string, string>> = {};
    try {
      const place = placeOf(head);
      if (head.method === 'OPTIONS') {
        reply = preflight(this.#s3.store.buckets.find(place.bucket), head, place.key);
      } else {
        if (head.headers.origin !== undefined) {
          cors = corsHeaders(this.#s3.store.buckets.find(place.bucket), head);
        }
        const claim = this.#authenticate(head);
        const s3Request: S3Request = {
          ...head,
          ...place,
          isOwner: claim.isOwner,
          body: new RequestBody(request, response, claim),
        };
        const operation = findOperation(s3Request);
        const call = {
          service: 's3',
          operation: operationName(head, place),
          ...place,
          field: () => undefined,
          request,
          response,
        };
        reply = await this.#guard.around(call, () => operation(this.#s3, s3Request));
      }
    } catch (error) {
      if (request.errored !== null || error instanceof ConnectionCut) {
        throw error; // Nobody is there to be answered.
      }
      reply = this.#errorReply(error, head, requestId);
    }
    await sendReply(request, response, { ...reply, headers: { ...cors, ...reply.headers } });
  }

  #authenticate(head: RequestHead): PayloadClaim & { readonly isOwner: boolean } {
    const now = this.#guard.signatureClock.now();
    const hash = header(head.headers, 'x-amz-content-sha256') ?? unsignedPayload;
    if (
      head.headers.authorization !== undefined &&
      (head.query.has('X-Amz-Algorithm') || head.query.has('Signature'))
    ) {
      throw invalidArgument(
        'Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature query string parameter or the Authorization header should be specified',
        'Authorization',
        head.headers.authorization,
      );
    }
    if (hasSignatureV2(head)) {
      verifySignatureV2(head, this.#identity, now);
      return { isOwner: true, hash, chunkSigner: undefined };
    }
    if (hasSignatureV4(head)) {
      const { payloadHash, chunkSigner } = verifySignatureV4(head, { identity: this.#identity, now, service: 's3' });
      return { isOwner: true, hash: payloadHash, chunkSigner };
    }
    return { isOwner: false, hash, chunkSigner: undefined };
  }

  #errorReply(error: unknown, head: RequestHead, requestId: string): Reply {
    const refusal = error instanceof ServiceError ? error : undefined;
    if (refusal === undefined) {
      this.#log(`S3 ${head.method} ${head.rawPath} failed: ${error instanceof Error ? error.stack : String(error)}`);
    } else if (refusal.status === 501) {
      this.#log(`S3 ${head.method} ${head.rawPath}${parameterNames(head)} is not implemented`);
    }
    const { code, message, status, details, headers } = refusal ?? internalError;
    const body = xmlDocument('Error', {
      Code: code,
      Message: message,
      ...details,
      Resource: head.rawPath,
      RequestId: requestId,
      HostId: requestId,
    });
    return { status, headers: { ...headers, 'content-type': 'application/xml' }, body };
  }
}

const internalError = new ServiceError('InternalError', 'We encountered an internal error. Please try again.', 500);

/** The names alone: values may be signatures. */
function parameterNames({ query }: RequestHead): string {
  const names = [...new Set(query.keys())];
  return names.length === 0 ? '' : `?${names.join('&')}`;
}

/** `/bucket/key`, or `/key` at `bucket.localhost`. */
function placeOf({ rawPath, headers }: RequestHead): { readonly bucket: string; readonly key: string } {
  const path = decodePath(rawPath);
  if (path?.startsWith('/') !== true) {
    throw new ServiceError('InvalidURI', "Couldn't parse the specified URI.");
  }
  const [, hostBucket] = /^(.+?)(?:\.s3)?\.localhost(?::\d+)?$/u.exec(headers.host ?? '') ?? [];
  const full = hostBucket === undefined || hostBucket === 's3' ? path : `/${hostBucket}${path}`;
  const mark = full.indexOf('/', 1);
  const bucket = mark < 0 ? full.slice(1) : full.slice(1, mark);
  const key = mark < 0 ? '' : full.slice(mark + 1);
  const bytes = Buffer.byteLength(key);
  if (bytes > longestKeyBytes) {
    throw new ServiceError('KeyTooLongError', 'Your key is too long', 400, {
      Size: bytes,
      MaxSizeAllowed: longestKeyBytes,
    });
  }
  return { bucket, key };
}
