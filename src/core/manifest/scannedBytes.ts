import type { ByteSource } from './byteSource.js';

/**
 * Some bytes of a source as they were read, known again by their digest.
 *
 * @public Declarations of classes that have one name it.
 */
export interface ScannedBlock {
  readonly offset: number;
  readonly bytes: number;
  readonly digest: number;
}

/** Bytes in memory that is the kernel's, and a number made of them. */
export interface Digester {
  /** Blocks are no longer. */
  readonly room: Uint8Array;
  digestOf(bytes: number): number;
}

/** Of a source up to this size each block is known again; of a larger one, one of three. */
export const mostBytesKnown = 64 << 20;
const blocksPerKnown = 3;

/** The bytes that were scanned, block by block: whether another version of the source begins with the same ones. */
export class ScannedBytes {
  readonly #blocks: ScannedBlock[] = [];
  #seen = 0;

  /** Whether the block from `offset` to `end` is to be known again: the first and the last ones of a source always are. */
  wants(offset: number, end: number, totalBytes: number): boolean {
    const isNearEnd = end + (end - offset) >= totalBytes;
    return totalBytes <= mostBytesKnown || offset === 0 || isNearEnd || this.#seen++ % blocksPerKnown === 0;
  }

  /** Where what was read ends. */
  get end(): number {
    return this.#blocks.reduce((end, { offset, bytes }) => Math.max(end, offset + bytes), 0);
  }

  add(block: ScannedBlock): void {
    this.#blocks.push(block);
  }

  part(): readonly ScannedBlock[] {
    return this.#blocks;
  }

  /** Adds blocks whose offsets count from `offset`. */
  append(blocks: readonly ScannedBlock[], offset: number): void {
    for (const block of blocks) {
      this.#blocks.push({ ...block, offset: offset + block.offset });
    }
  }

  /**
   * Whether `source` begins with what was scanned and is longer. All of it is compared where that is no more than
   * `mostBytes`. Else it is the first block, the last two, and of others that are known again some by chance, other ones
   * each time. What was inserted or taken away anywhere moves the last ones, and is noticed; what was changed in place, to
   * text of the same length, in the middle of a source that has grown as well, may be noticed only later or not at all.
   */
  async areContinuedBy(source: ByteSource, digester: Digester, options: FollowOptions): Promise<boolean> {
    const { mostBytes, signal } = options;
    const size = await source.size(signal);
    if (size <= this.end && !(size === this.end && this.end <= mostBytes)) {
      return false;
    }
    for (const { offset, bytes, digest } of this.#sample(mostBytes, options.random)) {
      const filled = await source.read(digester.room.subarray(0, bytes), offset, signal);
      signal.throwIfAborted();
      if (filled !== bytes || digester.digestOf(bytes) !== digest) {
        return false;
      }
    }
    return true;
  }

  /** The last ones first, since most changes show there. */
  #sample(mostBytes: number, random: () => number): readonly ScannedBlock[] {
    const blocks = this.#blocks;
    if (this.end <= mostBytes) {
      return blocks.toReversed();
    }
    const certain = [blocks.at(-1), blocks.at(-2), blocks[0]].filter((block) => block !== undefined);
    const sample = new Set<ScannedBlock>(certain);
    let left = mostBytes - certain.reduce((sum, { bytes }) => sum + bytes, 0);
    // By chance the same one may come again: then a few less are compared.
    while (left > 0) {
      const block = blocks[Math.floor(random() * blocks.length)];
      if (!block) {
        break;
      }
      sample.add(block);
      left -= block.bytes;
    }
    return [...sample];
  }
}

export interface FollowOptions {
  readonly mostBytes: number;
  /** From 0 to 1. */
  readonly random: () => number;
  readonly signal: AbortSignal;
}
