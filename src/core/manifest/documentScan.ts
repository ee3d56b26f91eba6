import type { ByteSource } from './byteSource.js';
import { ChunkScan, type ScannedSource, type ScanOptions } from './chunkScan.js';
import type { LineIndex, LineIndexPart } from './lineIndex.js';
import { LineKernel } from './lineKernel.js';
import type { LineProblems, ProblemsMark, ProblemsPart } from './lineProblems.js';
import { LineScanner } from './lineScanner.js';
import type { ManifestColumns } from './manifestColumns.js';
import type { ColumnsMark, ColumnsPart, ColumnsRoom, ExpectedLines } from './columnsData.js';
import { moveInto, shareColumns } from './columnsRoom.js';
import type { FollowOptions, ScannedBlock, ScannedBytes } from './scannedBytes.js';

export interface ScanProgress {
  readonly scannedBytes: number;
  readonly totalBytes: number;
  readonly lines: number;
}

/** Somebody who scans the end of a source while its beginning is scanned here: another thread. */
export interface SecondScanner {
  /** Smaller sources are not worth starting it. */
  readonly leastBytes: number;
  /** The part of the source that is scanned here meanwhile, from 0 to 1. */
  readonly firstShare: number;
  /** Scans what is behind `offset`, and puts what it finds into `room`, as far as it has room there. */
  scanFrom(offset: number, room: ColumnsRoom | undefined, signal: AbortSignal): Promise<ManifestPart>;
  /** Nobody will ask it any more, whether it was asked or not. */
  dispose(): void;
}

export interface PartOptions {
  readonly room: ColumnsRoom | undefined;
  /** Whether it is from the beginning of the manifest on. */
  readonly isFromStart: boolean;
}

/** What was scanned of a source from some offset on, as data: whole lines, and no object that is still open. */
export interface ManifestPart {
  readonly columns: ColumnsPart;
  readonly index: LineIndexPart;
  readonly problems: ProblemsPart;
  readonly blocks: readonly ScannedBlock[];
  /** Where the next line begins. */
  readonly end: number;
}

/** What is found is put here. */
interface Found {
  readonly columns: ManifestColumns;
  readonly problems: LineProblems;
  readonly index: LineIndex;
  readonly bytes: ScannedBytes;
}

interface DocumentScanOptions extends ScanOptions {
  readonly kernelProgram: Uint8Array<ArrayBuffer>;
  readonly secondScanner: SecondScanner | undefined;
}

interface Begun {
  readonly kernel: LineKernel;
  readonly scanner: LineScanner;
  readonly chunks: ChunkScan;
}

interface Middle {
  readonly from: number;
  readonly scannedBytes: number;
  readonly totalBytes: number;
}

interface Second {
  readonly from: number;
  readonly part: Promise<ManifestPart>;
}

/** What will be the same however the source goes on: all but a last line that may yet become longer. */
interface Settled {
  /** Where the next line begins. */
  readonly end: number;
  readonly columns: ColumnsMark;
  readonly problems: ProblemsMark;
}

const mostBytesToLineBreak = 1 << 20;

/** Scans a source from its beginning, and from where it once ended. */
export class DocumentScan {
  readonly #found: Found;
  readonly #options: DocumentScanOptions;
  /** Known after a scan that was complete. */
  #settled: Settled | undefined;

  constructor(found: Found, options: DocumentScanOptions) {
    this.#found = found;
    this.#options = options;
  }

  /** Reads the whole source once, and yields after each part. */
  async *whole(source: ByteSource, signal: AbortSignal): AsyncGenerator<ScanProgress> {
    try {
      yield* this.#inParts(source, signal);
    } finally {
      this.#options.secondScanner?.dispose();
    }
  }

  async *#inParts(source: ByteSource, signal: AbortSignal): AsyncGenerator<ScanProgress> {
    const totalBytes = await source.size(signal);
    const { scanner, chunks } = this.#begin({ source, totalBytes, isFromStart: true });
    const middle = await this.#middleOf(source, totalBytes, signal);
    let second = middle === 0 ? this.#startSecond({ from: 0, scannedBytes: 0, totalBytes }, signal) : undefined;
    const until = middle ?? totalBytes;
    for await (const scannedBytes of chunks.run(middle ?? Number.POSITIVE_INFINITY, signal)) {
      if (middle === undefined) {
        this.#reserve(scannedBytes, totalBytes);
      } else {
        second ??= this.#startSecond({ from: middle, scannedBytes, totalBytes }, signal);
      }
      this.#found.columns.count();
      yield this.#progress((scannedBytes / until) * totalBytes, totalBytes);
    }
    if (middle !== undefined) {
      // A file that is written meanwhile may have no line there any more, or be shorter.
      const isJoint = chunks.lineStart === second?.from && !scanner.isWithinObject;
      const end = second && isJoint ? await this.#addSecond(second, signal) : undefined;
      chunks.moveTo(end ?? chunks.lineStart);
      for await (const scannedBytes of chunks.run(Number.POSITIVE_INFINITY, signal)) {
        this.#found.columns.count();
        yield this.#progress(scannedBytes, totalBytes);
      }
    }
    this.#finish(scanner, chunks);
    yield this.#progress(totalBytes, totalBytes);
  }

  /** Scans all whole lines of the source into `room`. */
  async part(source: ByteSource, { room, isFromStart }: PartOptions, signal: AbortSignal): Promise<ManifestPart> {
    const { columns, index, problems, bytes } = this.#found;
    if (room) {
      moveInto(columns, room);
    }
    const totalBytes = await source.size(signal);
    const { scanner, chunks } = this.#begin({ source, totalBytes, isFromStart });
    for await (const scannedBytes of chunks.run(Number.POSITIVE_INFINITY, signal)) {
      this.#reserve(scannedBytes, totalBytes);
      columns.count();
    }
    const end = scanner.openFrom(chunks.lineStart);
    index.rewind(columns.lines, end);
    return { columns: columns.part(), index: index.part(), problems: problems.part(), blocks: bytes.part(), end };
  }

  /**
   * Scans what is new in `source` where it continues the one before; else `undefined`. Once that scan has begun and
   * failed, there is no going on any more.
   */
  async follow(source: ByteSource, options: FollowOptions): Promise<AsyncGenerator<ScanProgress> | undefined> {
    const settled = this.#settled;
    if (!settled) {
      return undefined; // The one before was not scanned to its end.
    }
    // The kernel of the scan before remembers numbers of texts that are going to be forgotten: this one is new.
    const begun = this.#begin({ source, totalBytes: await source.size(options.signal), isFromStart: true });
    const { kernel } = begun;
    const [{ start, chunkBytes }] = kernel.texts;
    const digester = {
      room: kernel.bytes.subarray(start, start + chunkBytes),
      digestOf: (bytes: number) => kernel.digest(start, start + bytes),
    };
    const isContinued = await this.#found.bytes.areContinuedBy(source, digester, options);
    return isContinued ? this.#rest(source, begun, { settled, signal: options.signal }) : undefined;
  }

  async *#rest(
    source: ByteSource,
    { scanner, chunks }: Pick<Begun, 'scanner' | 'chunks'>,
    { settled, signal }: { readonly settled: Settled; readonly signal: AbortSignal },
  ): AsyncGenerator<ScanProgress> {
    const totalBytes = await source.size(signal);
    this.#settled = undefined;
    this.#found.columns.rewind(settled.columns);
    this.#found.problems.rewind(settled.problems);
    this.#found.index.rewind(settled.columns.lines, settled.end);
    chunks.moveTo(settled.end);
    for await (const scannedBytes of chunks.run(Number.POSITIVE_INFINITY, signal)) {
      yield this.#progress(scannedBytes, totalBytes);
    }
    this.#finish(scanner, chunks);
    yield this.#progress(totalBytes, totalBytes);
  }

  #begin(source: ScannedSource): Begun {
    const { columns, index, problems, bytes } = this.#found;
    const kernel = new LineKernel(this.#options.kernelProgram, this.#options.chunkBytes, columns, index);
    const scanner = new LineScanner(kernel, columns, index, problems);
    return { kernel, scanner, chunks: new ChunkScan(source, { kernel, scanner, bytes }, this.#options) };
  }

  #finish(scanner: LineScanner, chunks: ChunkScan): void {
    const { columns, problems } = this.#found;
    const end = scanner.openFrom(chunks.lineStart);
    this.#settled = { end, columns: columns.mark(), problems: problems.mark() };
    chunks.finish();
  }

  #progress(scannedBytes: number, totalBytes: number): ScanProgress {
    const { lines } = this.#found.index;
    return { scannedBytes: Math.min(Math.floor(scannedBytes), totalBytes), totalBytes, lines };
  }

  /** Where a line begins at which somebody else is to go on; `undefined` where one does it alone. */
  async #middleOf(source: ByteSource, totalBytes: number, signal: AbortSignal): Promise<number | undefined> {
    const scanner = this.#options.secondScanner;
    if (!scanner || totalBytes < scanner.leastBytes) {
      return undefined;
    }
    const middle = Math.floor(totalBytes * scanner.firstShare);
    return middle === 0 ? 0 : lineStartAfter(source, middle, signal);
  }

  /** Lets the end of the source be scanned meanwhile, as soon as it is known how long lines are. */
  #startSecond({ from, scannedBytes, totalBytes }: Middle, signal: AbortSignal): Second | undefined {
    const { columns } = this.#found;
    const { secondScanner, chunkBytes } = this.#options;
    if (!secondScanner || (columns.lines === 0 && from > 0)) {
      return undefined;
    }
    const expected = (bytes: number) => this.#expected(bytes * roomToSpare + 2 * chunkBytes, scannedBytes);
    const room = from > 0 ? shareColumns(columns, expected(from), expected(totalBytes - from)) : undefined;
    const part = secondScanner.scanFrom(from, room, signal);
    part.catch(() => undefined); // It is awaited later; until then a failure must not count as unhandled.
    return { from, part };
  }

  /** Adds the rest as the other one scanned it, and says where that ends; `undefined` where it is yet to be scanned. */
  async #addSecond({ from, part }: Second, signal: AbortSignal): Promise<number | undefined> {
    const found = this.#found;
    const { lines } = found.columns;
    try {
      const { columns, index, problems, blocks, end } = await part;
      if (!found.columns.append(columns)) {
        return undefined;
      }
      found.index.append(index, from);
      found.problems.append(problems, lines);
      found.bytes.append(blocks, from);
      return from + end;
    } catch {
      // Whatever kept the other one from reading will be said of this one's reading, if it is still so.
      signal.throwIfAborted();
      return undefined;
    }
  }

  // As soon as it is known how long lines are, the columns are made as large as they will be: growing copies them.
  #reserve(scannedBytes: number, totalBytes: number): void {
    const { columns } = this.#found;
    const linesPerByte = columns.lines / scannedBytes;
    const isRoomForNext = columns.kinds.data.length > columns.lines + linesPerByte * this.#options.chunkBytes;
    if (columns.lines > 0 && !isRoomForNext) {
      const { lines, nameBytes } = this.#expected(totalBytes * roomToSpare, scannedBytes);
      columns.reserve(lines, nameBytes);
    }
  }

  /** What `bytes` have, as far as the first ones tell: a file that begins with blank lines is not all of them. */
  #expected(bytes: number, scannedBytes: number): ExpectedLines {
    const { columns } = this.#found;
    const lines = Math.min((columns.lines / scannedBytes) * bytes, bytes / leastLineBytes);
    return {
      lines: Math.ceil(Math.max(lines, columns.lines)),
      nameBytes: Math.ceil(Math.max((columns.nameBytes / scannedBytes) * bytes, columns.nameBytes)),
    };
  }
}

/** Where the first line begins that does so after `offset`; `undefined` where there is none soon. */
async function lineStartAfter(source: ByteSource, offset: number, signal: AbortSignal): Promise<number | undefined> {
  const bytes = new Uint8Array(mostBytesToLineBreak);
  const filled = await source.read(bytes, offset, signal);
  const newline = bytes.subarray(0, filled).indexOf(0x0a);
  return newline === -1 ? undefined : offset + newline + 1;
}

const roomToSpare = 1.02;
/** Hardly any manifest has shorter ones, all in all. */
const leastLineBytes = 20;
