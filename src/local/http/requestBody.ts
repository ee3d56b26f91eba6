import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { decodeAwsChunked, incompleteBody } from './awsChunked.js';
import { header } from './incoming.js';
import { ServiceError } from './serviceError.js';
import { unsignedPayload, type ChunkSigner } from './signatureV4.js';

/** What the request's signature says about its body. */
export interface PayloadClaim {
  /** A SHA-256 in hex, `UNSIGNED-PAYLOAD`, or one of the `STREAMING-…` words. */
  readonly hash: string;
  readonly chunkSigner: ChunkSigner | undefined;
}

/** Each streaming form: whether its chunks are signed. */
const streamingForms: ReadonlyMap<string, boolean> = new Map([
  ['STREAMING-AWS4-HMAC-SHA256-PAYLOAD', true],
  ['STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER', true],
  ['STREAMING-UNSIGNED-PAYLOAD-TRAILER', false],
]);

/** The body of a request to S3: decoded and checked against the signature while it is read, which is possible once. */
export class RequestBody {
  /** Filled when the body has been read to its end. */
  readonly trailers: ReadonlyMap<string, string>;
  readonly #trailers = new Map<string, string>();
  readonly #request: IncomingMessage;
  readonly #response: ServerResponse;
  readonly #claim: PayloadClaim;

  constructor(request: IncomingMessage, response: ServerResponse, claim: PayloadClaim) {
    this.trailers = this.#trailers;
    this.#request = request;
    this.#response = response;
    this.#claim = claim;
  }

  read(): AsyncIterable<Uint8Array> {
    if (header(this.#request.headers, 'expect') !== undefined) {
      // Only now: a request that was refused by its head alone need not send its body.
      this.#response.writeContinue();
    }
    const { hash, chunkSigner } = this.#claim;
    if (!hash.startsWith('STREAMING-')) {
      return this.#plain(hash);
    }
    const isSigned = streamingForms.get(hash);
    if (isSigned === undefined || (isSigned && chunkSigner === undefined)) {
      throw new ServiceError('NotImplemented', `The payload form "${hash}" is not implemented`, 501);
    }
    const decodedBytes = Number(header(this.#request.headers, 'x-amz-decoded-content-length') ?? Number.NaN);
    if (!(decodedBytes >= 0)) {
      throw new ServiceError('MissingContentLength', 'You must provide the Content-Length HTTP header.', 411);
    }
    const signer = isSigned ? chunkSigner : undefined;
    return decodeAwsChunked(this.#bytes(), { signer, decodedBytes }, this.#trailers);
  }

  /** The whole body. */
  async bytes(limit: number): Promise<Buffer> {
    return collect(this.read(), limit);
  }

  async *#plain(claimed: string): AsyncGenerator<Uint8Array> {
    if (claimed === unsignedPayload || !/^[0-9a-f]{64}$/iu.test(claimed)) {
      yield* this.#bytes();
      return;
    }
    const hash = createHash('sha256');
    for await (const piece of this.#bytes()) {
      hash.update(piece);
      yield piece;
    }
    if (hash.digest('hex') !== claimed.toLowerCase()) {
      throw new ServiceError(
        'XAmzContentSHA256Mismatch',
        "The provided 'x-amz-content-sha256' header does not match what was computed.",
      );
    }
  }

  async *#bytes(): AsyncGenerator<Uint8Array> {
    for await (const piece of this.#request) {
      yield piece as Uint8Array;
    }
    if (!this.#request.complete) {
      throw incompleteBody();
    }
  }
}

/** Reads a small body whole; the bound is against mistakes, not a quota. */
export async function collect(source: AsyncIterable<Uint8Array>, limit: number): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of source) {
    length += piece.length;
    if (length > limit) {
      throw new ServiceError('MaxMessageLengthExceeded', 'Your request was too big.', 400, {
        MaxMessageLengthBytes: limit,
      });
    }
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}
