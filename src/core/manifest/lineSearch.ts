import type { ByteSource } from './byteSource.js';
import { growableIntegers } from './growable.js';
import { LineFinder } from './lineFinder.js';
import { WholeLineText } from './wholeLineText.js';

/** How far a search is in its source. */
export interface SearchProgress {
  readonly searchedBytes: number;
  /** 0 until it is known. */
  readonly totalBytes: number;
  readonly isComplete: boolean;
}

const chunkBytes = 1 << 20;
/** So long somebody waits for news before asking what there is of them. */
const newsMs = 100;

/**
 * Lines that have a text, looked for from the beginning of the source on as long as somebody asks for more: a search
 * that nobody follows stands still. One chunk is read while the one before is looked through.
 */
export class LineSearch {
  readonly #source: ByteSource;
  readonly #closing = new AbortController();
  readonly #lines = growableIntegers();
  #finder: LineFinder | undefined;
  #chunks: readonly [Uint8Array, Uint8Array] = [new Uint8Array(chunkBytes), new Uint8Array(chunkBytes)];
  #ahead: Promise<Uint8Array> | undefined;
  #step: Promise<void> | undefined;
  #count = 0;
  #searchedBytes = 0;
  #totalBytes = 0;
  #isComplete = false;
  #waiting = 0;

  /** `program`: `src/kernel`, compiled to WebAssembly. */
  constructor(source: ByteSource, program: Uint8Array<ArrayBuffer>, text: string) {
    this.#source = source;
    this.#finder = new LineFinder(program, new WholeLineText(text));
  }

  /** The numbers of the lines so far, in their order. */
  get lines(): Uint32Array {
    return this.#lines.data.subarray(0, this.#count);
  }

  get progress(): SearchProgress {
    return {
      searchedBytes: this.#searchedBytes,
      totalBytes: this.#totalBytes,
      isComplete: this.#isComplete,
    };
  }

  /** Whether somebody waits for news of it, or for its end. */
  get isAwaited(): boolean {
    return this.#waiting > 0;
  }

  /** Whether it was cut short: then it has not all lines, and never will. */
  get isCutShort(): boolean {
    return this.#closing.signal.aborted && !this.#isComplete;
  }

  /**
   * Goes on until there is news: a first line, the end, or else after a tenth of a second. Rejects as reading the source
   * does, and can be called again after it. Resolves where it is closed meanwhile: see `isCutShort`.
   */
  async advance(signal: AbortSignal): Promise<void> {
    this.#waiting++;
    try {
      await this.#advance(signal);
    } finally {
      this.#waiting--;
    }
  }

  /** Goes on to the end, or until it is closed. */
  async finish(signal: AbortSignal): Promise<void> {
    this.#waiting++;
    try {
      while (this.#isGoingOn) {
        await this.#advance(signal);
      }
    } finally {
      this.#waiting--;
    }
  }

  /** It does not go on from now on, and whoever waits for it does so no longer. */
  close(): void {
    this.#closing.abort();
    this.#forget();
  }

  get #isGoingOn(): boolean {
    return this.#finder !== undefined;
  }

  async #advance(signal: AbortSignal): Promise<void> {
    const until = performance.now() + newsMs;
    const enough = this.#count === 0 ? 1 : Number.POSITIVE_INFINITY;
    while (this.#isGoingOn && performance.now() < until && this.#count < enough) {
      await this.#advanceOnce();
      signal.throwIfAborted();
    }
  }

  /** Whoever asks meanwhile waits for the same. */
  #advanceOnce(): Promise<void> {
    this.#step ??= this.#searchChunk()
      .catch((error: unknown) => this.#throwUnlessClosed(error))
      .finally(() => (this.#step = undefined));
    return this.#step;
  }

  /** What was being read when it was closed fails because of that, which is nothing to tell anybody. */
  #throwUnlessClosed(error: unknown): void {
    if (!this.#closing.signal.aborted) {
      throw error;
    }
  }

  async #searchChunk(): Promise<void> {
    this.#totalBytes ||= await this.#source.size(this.#closing.signal);
    const reading = this.#ahead ?? this.#read(this.#searchedBytes);
    this.#ahead = undefined;
    const chunk = await reading;
    const finder = this.#finder;
    if (!finder) {
      return; // It was closed meanwhile.
    }
    this.#searchedBytes += chunk.length;
    const isLast = chunk.length === 0 || this.#searchedBytes >= this.#totalBytes;
    if (!isLast) {
      this.#ahead = this.#read(this.#searchedBytes);
      this.#ahead.catch(() => undefined); // Whoever goes on is told.
    }
    finder.add(chunk, this.#keep);
    if (isLast) {
      finder.end(this.#keep);
      this.#isComplete = true;
      this.#forget();
    }
  }

  async #read(offset: number): Promise<Uint8Array> {
    const [into, other] = this.#chunks;
    this.#chunks = [other, into];
    const bytes = into.subarray(0, Math.min(into.length, this.#totalBytes - offset));
    return bytes.subarray(0, await this.#source.read(bytes, offset, this.#closing.signal));
  }

  readonly #keep = (line: number) => {
    this.#lines.ensure(this.#count + 1);
    this.#lines.data[this.#count++] = line;
  };

  #forget(): void {
    this.#finder = undefined;
    this.#ahead = undefined;
    this.#chunks = [noBytes, noBytes];
  }
}

const noBytes = new Uint8Array();
