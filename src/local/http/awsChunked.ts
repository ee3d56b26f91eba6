import { createHash, type Hash } from 'node:crypto';
import { ServiceError } from './serviceError.js';
import { signatureMismatch } from './signatureRefusals.js';
import { isSame, sha256, type ChunkSigner } from './signatureV4.js';

/** How a body in `aws-chunked` encoding is to be read. */
export interface ChunkedFormat {
  /** Of a body whose chunks are signed. */
  readonly signer: ChunkSigner | undefined;
  /** From `x-amz-decoded-content-length`. */
  readonly decodedBytes: number;
}

const longestLine = 16 * 1024;
const lineEnd = Buffer.from('\r\n');

/**
 * Decodes such a body: `<hex length>[;chunk-signature=…]`, the bytes, …, `0`, then trailers as header lines. The
 * trailers are put into `trailers` before the end. Throws where the framing, a signature or the length is wrong.
 */
export async function* decodeAwsChunked(
  source: AsyncIterable<Uint8Array>,
  format: ChunkedFormat,
  trailers: Map<string, string>,
): AsyncGenerator<Uint8Array> {
  const decoder = new ChunkDecoder(format, trailers);
  for await (const piece of source) {
    yield* decoder.push(piece);
  }
  decoder.end();
}

interface SignedChunk {
  readonly signature: string;
  readonly hash: Hash;
}

/** What comes next: a chunk's head, its bytes, the line end after them, a trailer, or nothing. */
type Expected = 'head' | 'bytes' | 'lineEnd' | 'trailer' | 'nothing';

class ChunkDecoder {
  readonly #signer: ChunkSigner | undefined;
  readonly #decodedBytes: number;
  readonly #trailers: Map<string, string>;
  #pending: Buffer = Buffer.alloc(0);
  #expected: Expected = 'head';
  #chunk: SignedChunk | undefined;
  /** Bytes of this chunk that are still to come. */
  #left = 0;
  /** Bytes that all chunks so far have announced. */
  #announced = 0;

  constructor({ signer, decodedBytes }: ChunkedFormat, trailers: Map<string, string>) {
    this.#signer = signer;
    this.#decodedBytes = decodedBytes;
    this.#trailers = trailers;
  }

  *push(piece: Uint8Array): Generator<Uint8Array> {
    this.#pending = this.#pending.length === 0 ? bufferOver(piece) : Buffer.concat([this.#pending, piece]);
    while (this.#pending.length > 0) {
      if (this.#expected === 'bytes') {
        yield this.#takeBytes();
      } else {
        const line = this.#takeLine();
        if (line === undefined) {
          return;
        }
        this.#expected = this.#readLine(line, this.#expected);
      }
    }
  }

  end(): void {
    // The last empty line may be missing: clients differ.
    const isAtEnd = this.#expected === 'trailer' || this.#expected === 'nothing';
    if (!isAtEnd || this.#announced !== this.#decodedBytes) {
      throw incompleteBody();
    }
    checkTrailers(this.#signer, this.#trailers);
  }

  #takeBytes(): Uint8Array {
    const bytes = this.#pending.subarray(0, this.#left);
    this.#pending = this.#pending.subarray(bytes.length);
    this.#left -= bytes.length;
    this.#chunk?.hash.update(bytes);
    if (this.#left === 0) {
      this.#expected = 'lineEnd';
    }
    return bytes;
  }

  #takeLine(): string | undefined {
    const end = this.#pending.indexOf(lineEnd);
    if (end < 0) {
      if (this.#pending.length > longestLine) {
        throw malformed();
      }
      return undefined;
    }
    const line = this.#pending.toString('latin1', 0, end);
    this.#pending = this.#pending.subarray(end + lineEnd.length);
    return line;
  }

  #readLine(line: string, expected: Exclude<Expected, 'bytes'>): Expected {
    switch (expected) {
      case 'head':
        return this.#beginChunk(line);
      case 'lineEnd':
        if (line !== '') {
          throw malformed();
        }
        checkChunk(this.#signer, this.#chunk);
        return 'head';
      case 'trailer': {
        if (line === '') {
          return 'nothing';
        }
        const [name, value] = readTrailer(line);
        this.#trailers.set(name, value);
        return 'trailer';
      }
      case 'nothing':
        throw malformed();
    }
  }

  #beginChunk(line: string): Expected {
    const { bytes, signature } = readChunkHead(line, this.#signer !== undefined);
    this.#chunk = signature === undefined ? undefined : { signature, hash: createHash('sha256') };
    this.#left = bytes;
    this.#announced += bytes;
    if (this.#announced > this.#decodedBytes) {
      throw malformed();
    }
    if (bytes > 0) {
      return 'bytes';
    }
    checkChunk(this.#signer, this.#chunk);
    return 'trailer';
  }
}

export function incompleteBody(): ServiceError {
  return new ServiceError(
    'IncompleteBody',
    'You did not provide the number of bytes specified by the Content-Length HTTP header',
  );
}

/** The same bytes, not a copy. */
function bufferOver({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}

function readChunkHead(line: string, isSigned: boolean): { readonly bytes: number; readonly signature?: string } {
  const [, hex, signature] = /^([0-9a-f]{1,8})(?:;chunk-signature=([0-9a-f]{64}))?$/iu.exec(line) ?? [];
  if (hex === undefined || (isSigned && signature === undefined)) {
    throw malformed();
  }
  return { bytes: Number.parseInt(hex, 16), ...(signature !== undefined && isSigned && { signature }) };
}

function readTrailer(line: string): [string, string] {
  const mark = line.indexOf(':');
  if (mark < 0) {
    throw malformed();
  }
  return [line.slice(0, mark).trim().toLowerCase(), line.slice(mark + 1).trim()];
}

const emptyHash = sha256('');

function checkChunk(signer: ChunkSigner | undefined, chunk: SignedChunk | undefined): void {
  if (signer === undefined) {
    return;
  }
  const expected = signer.sign('PAYLOAD', [emptyHash, chunk?.hash.digest('hex') ?? emptyHash]);
  if (!isSame(expected, chunk?.signature ?? '')) {
    throw signatureMismatch();
  }
}

const trailerSignature = 'x-amz-trailer-signature';

function checkTrailers(signer: ChunkSigner | undefined, trailers: ReadonlyMap<string, string>): void {
  const claimed = trailers.get(trailerSignature);
  if (signer === undefined || (claimed === undefined && trailers.size === 0)) {
    return;
  }
  const lines = [...trailers]
    .filter(([name]) => name !== trailerSignature)
    .map(([name, value]) => `${name}:${value}\n`);
  if (!isSame(signer.sign('TRAILER', [sha256(lines.join(''))]), claimed ?? '')) {
    throw signatureMismatch();
  }
}

function malformed(): ServiceError {
  return new ServiceError('InvalidRequest', 'The aws-chunked body is malformed');
}
