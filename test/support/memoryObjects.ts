import { ServiceError } from '../../src/local/http/serviceError.js';
import type { ObjectPart, ObjectRange, ObjectStorage, StorageBucket } from '../../src/local/store/objectStorage.js';

/** Objects in memory, for tests of what lies behind the S3 face. */
export class MemoryObjects implements ObjectStorage {
  readonly #buckets = new Map<string, Map<string, Uint8Array>>();
  readonly #regions = new Map<string, string>();
  /** What the next writes throw, for tests of what happens when the disk is full. */
  writeError: Error | undefined;
  /** What happens whenever something is written, for tests of what comes in between. */
  onWrite: (() => void) | undefined;
  /** In bytes, of what was written in pieces. */
  largestPieceWritten = 0;

  createBucket(bucket: string, region = 'us-east-1'): void {
    this.#buckets.set(bucket, new Map());
    this.#regions.set(bucket, region);
  }

  deleteBucket(bucket: string): void {
    this.#buckets.delete(bucket);
  }

  put(bucket: string, key: string, body: Uint8Array | string): void {
    this.#bucket(bucket).set(key, typeof body === 'string' ? new TextEncoder().encode(body) : body);
  }

  text(bucket: string, key: string): string {
    return new TextDecoder().decode(this.bytes(bucket, key));
  }

  bytes(bucket: string, key: string): Uint8Array {
    return this.#object(bucket, key);
  }

  keys(bucket: string): readonly string[] {
    return [...this.#bucket(bucket).keys()].toSorted();
  }

  delete(bucket: string, key: string): void {
    this.#bucket(bucket).delete(key);
  }

  has(bucket: string, key: string): boolean {
    return this.#buckets.get(bucket)?.has(key) ?? false;
  }

  async findBucket(bucket: string): Promise<StorageBucket | undefined> {
    const region = this.#buckets.has(bucket) ? this.#regions.get(bucket) : undefined;
    return region === undefined ? undefined : { region };
  }

  async read(bucket: string, key: string, range?: ObjectRange): Promise<ObjectPart> {
    const body = this.#object(bucket, key);
    const bytes = range === undefined ? body : body.subarray(range.offset, range.offset + range.length);
    return { bytes, totalBytes: body.length, contentType: 'text/plain' };
  }

  async *stream(bucket: string, key: string): AsyncGenerator<Uint8Array> {
    yield this.#object(bucket, key);
  }

  async write(bucket: string, key: string, body: Uint8Array | AsyncIterable<Uint8Array>): Promise<void> {
    this.onWrite?.();
    if (this.writeError !== undefined) {
      throw this.writeError;
    }
    const chunks: Uint8Array[] = [];
    if (body instanceof Uint8Array) {
      chunks.push(body);
    } else {
      for await (const chunk of body) {
        chunks.push(chunk);
        this.largestPieceWritten = Math.max(this.largestPieceWritten, chunk.length);
      }
    }
    this.#bucket(bucket).set(key, Buffer.concat(chunks));
  }

  #bucket(bucket: string): Map<string, Uint8Array> {
    const objects = this.#buckets.get(bucket);
    if (objects === undefined) {
      throw new ServiceError('NoSuchBucket', 'The specified bucket does not exist', 404);
    }
    return objects;
  }

  #object(bucket: string, key: string): Uint8Array {
    const body = this.#bucket(bucket).get(key);
    if (body === undefined) {
      throw new ServiceError('NoSuchKey', 'The specified key does not exist.', 404);
    }
    return body;
  }
}
