import type { ByteSource } from './byteSource.js';
import type { TextArea } from './kernelMemory.js';
import type { LineKernel } from './lineKernel.js';
import type { LineScanner } from './lineScanner.js';
import { LongLine } from './longLine.js';
import type { ScannedBytes } from './scannedBytes.js';

export interface ScanOptions {
  readonly chunkBytes: number;
  /** A longer line is left out, so that memory stays bounded whatever the file is. */
  readonly mostLineBytes: number;
}

export interface ScannedSource {
  readonly source: ByteSource;
  readonly totalBytes: number;
  /** Whether it begins where the manifest does: only there a byte order mark is none of its text. */
  readonly isFromStart: boolean;
}

/** Where what was read goes. */
interface ChunkReaders {
  readonly kernel: LineKernel;
  readonly scanner: LineScanner;
  readonly bytes: ScannedBytes;
}

/** Reads a source chunk by chunk, each while the one before is scanned, and puts together the lines that they cut. */
export class ChunkScan {
  readonly #source: ByteSource;
  readonly #totalBytes: number;
  readonly #isFromStart: boolean;
  readonly #kernel: LineKernel;
  readonly #scanner: LineScanner;
  readonly #bytes: ScannedBytes;
  readonly #options: ScanOptions;
  /** Where the next chunk goes, and the one after it. */
  #areas: KernelTexts;
  /** How many bytes before the next chunk are a line that began in the one before. */
  #kept = 0;
  #longLine: LongLine | undefined;
  #scannedBytes = 0;

  /** `totalBytes`: how long the source was when it was asked; it may be longer when its end is reached. */
  constructor(
    { source, totalBytes, isFromStart }: ScannedSource,
    { kernel, scanner, bytes }: ChunkReaders,
    options: ScanOptions,
  ) {
    this.#source = source;
    this.#totalBytes = totalBytes;
    this.#isFromStart = isFromStart;
    this.#kernel = kernel;
    this.#scanner = scanner;
    this.#bytes = bytes;
    this.#options = options;
    this.#areas = kernel.texts;
  }

  /** Scans up to `until`, or to the end of the source, and yields after each chunk how many bytes were scanned. */
  async *run(until: number, signal: AbortSignal): AsyncGenerator<number> {
    let reading = this.#read(this.#areas[0], this.#scannedBytes, until, signal);
    for (;;) {
      const filled = await reading;
      signal.throwIfAborted();
      if (filled === 0) {
        return;
      }
      const [area, other] = this.#areas;
      reading = this.#read(other, this.#scannedBytes + filled, until, signal);
      this.#scan(area, filled);
      yield this.#scannedBytes;
    }
  }

  /** Goes on at `offset`, where a line begins, instead of where it was. */
  moveTo(offset: number): void {
    this.#scannedBytes = offset;
    this.#kept = 0;
    this.#longLine = undefined;
  }

  /** Where the line begins whose line break has not been read yet. */
  get lineStart(): number {
    return this.#longLine?.offset ?? this.#scannedBytes - this.#kept;
  }

  /** The last line, where it has no line break. */
  finish(): void {
    if (this.#longLine) {
      this.#endLongLine(this.#longLine, this.#scannedBytes);
    }
    const { start } = this.#areas[0];
    this.#scanner.finish(this.#kernel.bytes.subarray(start - this.#kept, start), this.#scannedBytes - this.#kept);
  }

  #read({ start }: TextArea, offset: number, until: number, signal: AbortSignal): Promise<number> {
    const most = offset === 0 ? Math.min(firstChunkBytes, this.#options.chunkBytes) : this.#options.chunkBytes;
    const bytes = Math.min(most, until - offset);
    const into = this.#kernel.bytes.subarray(start, start + bytes);
    const reading = bytes > 0 ? this.#source.read(into, offset, signal) : Promise.resolve(0);
    reading.catch(() => undefined); // It is awaited later; until then a failure must not count as unhandled.
    return reading;
  }

  #scan(area: TextArea, filled: number): void {
    const { bytes } = this.#kernel;
    const end = area.start + filled;
    bytes[end] = 0;
    if (this.#bytes.wants(this.#scannedBytes, this.#scannedBytes + filled, this.#totalBytes)) {
      this.#bytes.add({ offset: this.#scannedBytes, bytes: filled, digest: this.#kernel.digest(area.start, end) });
    }
    let at = area.start - this.#kept;
    /** What is to be added to an address to make it an offset in the source. */
    const toOffset = this.#scannedBytes - area.start;
    if (this.#scannedBytes === 0 && this.#isFromStart && hasByteOrderMark(bytes.subarray(at, end))) {
      at += byteOrderMark.length;
    }
    if (this.#longLine) {
      at = this.#goOnWith(this.#longLine, at, end, toOffset);
    }
    at = this.#longLine ? end : this.#scanner.scan(at, end, at + toOffset);
    this.#keep(at, end, toOffset);
    this.#areas = [this.#areas[1], area];
    this.#scannedBytes += filled;
  }

  #goOnWith(line: LongLine, at: number, end: number, toOffset: number): number {
    const newline = this.#kernel.bytes.subarray(at, end).indexOf(0x0a);
    line.add(this.#kernel.bytes.subarray(at, newline === -1 ? end : at + newline));
    if (newline === -1) {
      return end;
    }
    const next = at + newline + 1;
    this.#endLongLine(line, next + toOffset);
    return next;
  }

  #endLongLine(line: LongLine, end: number): void {
    this.#longLine = undefined;
    if (line.isTooLong) {
      this.#scanner.skip(line.offset, end, this.#options.mostLineBytes);
    } else {
      this.#scanner.addLine(line.bytes(), line.offset, end);
    }
  }

  /** Keeps the line that the chunk has cut: before the next chunk, or by itself where it is long. */
  #keep(at: number, end: number, toOffset: number): void {
    const [area, next] = this.#areas;
    const { bytes } = this.#kernel;
    this.#kept = end - at;
    if (this.#kept > Math.min(area.carryBytes, this.#options.mostLineBytes)) {
      this.#longLine = new LongLine(at + toOffset, this.#options.mostLineBytes);
      this.#longLine.add(bytes.subarray(at, end));
      this.#kept = 0;
    }
    bytes.copyWithin(next.start - this.#kept, at, at + this.#kept);
  }
}

/** From a few lines it is known what the rest will be like, and whoever is to help can begin. */
const firstChunkBytes = 128 << 10;

type KernelTexts = LineKernel['texts'];

const byteOrderMark = [0xef, 0xbb, 0xbf] as const;

function hasByteOrderMark(bytes: Uint8Array): boolean {
  return byteOrderMark.every((byte, at) => bytes[at] === byte);
}
