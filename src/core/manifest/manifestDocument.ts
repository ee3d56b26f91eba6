import { isObject, type JsonObject } from '../json.js';
import type { ByteSource } from './byteSource.js';
import { decodeText } from './dictionary.js';
import { ChunkScan, type ScanOptions } from './chunkScan.js';
import { LineIndex, type LineIndexPart } from './lineIndex.js';
import { LineKernel } from './lineKernel.js';
import { LineProblems, type ProblemsPart } from './lineProblems.js';
import { LineScanner } from './lineScanner.js';
import { type ColumnsPart, lineKind, ManifestColumns } from './manifestColumns.js';
import { parseLine } from './parseLine.js';

export interface ScanProgress {
  readonly scannedBytes: number;
  readonly totalBytes: number;
  readonly lines: number;
}

export type DocumentOptions = Partial<ScanOptions> & { readonly secondScanner?: SecondScanner | undefined };

/** Somebody who scans the end of a source while its beginning is scanned here: another thread. */
export interface SecondScanner {
  /** Smaller sources are not worth starting it. */
  readonly leastBytes: number;
  scanFrom(offset: number, signal: AbortSignal): Promise<ManifestPart>;
}

/** What was scanned of a source from some offset on, as data. */
export interface ManifestPart {
  readonly columns: ColumnsPart;
  readonly index: LineIndexPart;
  readonly problems: ProblemsPart;
}

interface Second {
  readonly from: number;
  readonly part: Promise<ManifestPart>;
}

const defaults: ScanOptions = { chunkBytes: 1 << 20, mostLineBytes: 16 << 20 };
/** Less than half, as was measured: whoever scans it then adds up what both have found. */
const firstShare = 0.43;
const mostBytesToLineBreak = 1 << 20;

/** A manifest: its lines in columns, and the lines themselves from where they are. */
export class ManifestDocument {
  readonly columns = new ManifestColumns();
  readonly problems = new LineProblems();
  readonly #index = new LineIndex();
  readonly #source: ByteSource;
  readonly #kernelProgram: Uint8Array<ArrayBuffer>;
  readonly #options: ScanOptions;
  readonly #secondScanner: SecondScanner | undefined;

  /** `kernelProgram`: `src/kernel/matchLines.ts`, compiled to WebAssembly. */
  constructor(
    source: ByteSource,
    kernelProgram: Uint8Array<ArrayBuffer>,
    { secondScanner, ...options }: DocumentOptions = {},
  ) {
    this.#source = source;
    this.#kernelProgram = kernelProgram;
    this.#options = { ...defaults, ...options };
    this.#secondScanner = secondScanner;
  }

  get lines(): number {
    return this.#index.lines;
  }

  /** Reads the whole source once, and yields after each part so that the caller can show progress or stop. */
  async *scan(signal: AbortSignal): AsyncGenerator<ScanProgress> {
    const totalBytes = await this.#source.size(signal);
    const kernel = new LineKernel(this.#kernelProgram, this.#options.chunkBytes, this.columns, this.#index);
    const scanner = new LineScanner(kernel, this.columns, this.#index, this.problems);
    const chunks = new ChunkScan(this.#source, kernel, scanner, this.#options);
    const own = new AbortController();
    const second = await this.#startSecond(totalBytes, AbortSignal.any([signal, own.signal]));
    try {
      const until = second?.from ?? totalBytes;
      for await (const scannedBytes of chunks.run(second?.from ?? Number.POSITIVE_INFINITY, signal)) {
        this.#reserve(scannedBytes, totalBytes);
        yield this.#progress((scannedBytes / until) * totalBytes, totalBytes);
      }
      const isAdded = second !== undefined && !scanner.isWithinObject && (await this.#addSecond(second, signal));
      if (second && !isAdded) {
        for await (const scannedBytes of chunks.run(Number.POSITIVE_INFINITY, signal)) {
          yield this.#progress(scannedBytes, totalBytes);
        }
      }
      if (!isAdded) {
        chunks.finish();
      }
      yield this.#progress(totalBytes, totalBytes);
    } finally {
      own.abort();
    }
  }

  /** What was scanned, to be added to a document that ends where this one begins. */
  part(): ManifestPart {
    return { columns: this.columns.part(), index: this.#index.part(), problems: this.problems.part() };
  }

  #progress(scannedBytes: number, totalBytes: number): ScanProgress {
    return { scannedBytes: Math.min(Math.floor(scannedBytes), totalBytes), totalBytes, lines: this.lines };
  }

  /** Lets the end of a large source be scanned meanwhile, from where a line begins. */
  async #startSecond(totalBytes: number, signal: AbortSignal): Promise<Second | undefined> {
    const scanner = this.#secondScanner;
    if (!scanner || totalBytes < scanner.leastBytes) {
      return undefined;
    }
    const middle = Math.floor(totalBytes * firstShare);
    const bytes = new Uint8Array(Math.min(totalBytes - middle, mostBytesToLineBreak));
    const filled = await this.#source.read(bytes, middle, signal);
    const newline = bytes.subarray(0, filled).indexOf(0x0a);
    if (newline === -1) {
      return undefined;
    }
    const from = middle + newline + 1;
    const part = scanner.scanFrom(from, signal);
    part.catch(() => undefined); // It is awaited later; until then a failure must not count as unhandled.
    return { from, part };
  }

  /** Whether the rest has been added as the other one scanned it: else it is yet to be scanned. */
  async #addSecond({ from, part }: Second, signal: AbortSignal): Promise<boolean> {
    const { lines } = this;
    try {
      const { columns, index, problems } = await part;
      if (!this.columns.append(columns)) {
        return false;
      }
      this.#index.append(index, from);
      this.problems.append(problems, lines);
      return true;
    } catch {
      // Whatever kept the other one from reading will be said of this one's reading, if it is still so.
      signal.throwIfAborted();
      return false;
    }
  }

  /** The text of a line; of all its lines, where an object is spread over several. */
  async readText(line: number, signal: AbortSignal): Promise<string> {
    const [text = ''] = await this.#readTexts(line, Uint32Array.of(line), signal);
    return text;
  }

  /** The objects of `lines`, each `undefined` where there is none. */
  async readObjects(lines: Uint32Array, signal: AbortSignal): Promise<readonly (JsonObject | undefined)[]> {
    const texts = await this.readTexts(lines, signal);
    return texts.map((text) => {
      const parsed = parseLine(text);
      return parsed.kind === 'value' && isObject(parsed.value) ? parsed.value : undefined;
    });
  }

  /** The texts of `lines`, as `readText` has them; lines close to each other are read together. */
  async readTexts(lines: Uint32Array, signal: AbortSignal): Promise<readonly string[]> {
    const texts: Promise<readonly string[]>[] = [];
    for (let from = 0; from < lines.length;) {
      const first = lines[from] ?? 0;
      let to = from + 1;
      while (to < lines.length && isSoonAfter(lines[to - 1] ?? 0, lines[to] ?? 0)) {
        to++;
      }
      texts.push(this.#readTexts(first, lines.subarray(from, to), signal));
      from = to;
    }
    return (await Promise.all(texts)).flat();
  }

  /** The bytes of `count` lines, each with a line break at its end; fewer at the end of the file. */
  async readRaw(first: number, count: number, signal: AbortSignal): Promise<Uint8Array> {
    const lines = await this.#index.read(this.#source, first, count, signal);
    const bytes = new Uint8Array(lines.reduce((sum, line) => sum + line.length + 1, 0));
    let at = 0;
    for (const line of lines) {
      bytes.set(line, at);
      bytes[at + line.length] = 0x0a;
      at += line.length + 1;
    }
    return bytes;
  }

  async #readTexts(first: number, lines: Uint32Array, signal: AbortSignal): Promise<readonly string[]> {
    const last = this.#lastLineOf(lines.at(-1) ?? first);
    const read = await this.#index.read(this.#source, first, last - first + 1, signal);
    return Array.from(lines, (line) =>
      read
        .slice(line - first, this.#lastLineOf(line) - first + 1)
        .map((bytes) => decodeText(bytes))
        .join('\n'),
    );
  }

  /** The last line of the object that begins in `line`. */
  #lastLineOf(line: number): number {
    let last = line;
    while (last + 1 < this.columns.lines && this.columns.kinds.data[last + 1] === lineKind.continuation) {
      last++;
    }
    return last;
  }

  // As soon as it is known how long lines are, the columns are made as large as they will be: growing copies them.
  #reserve(scannedBytes: number, totalBytes: number): void {
    const { columns } = this;
    const linesPerByte = columns.lines / scannedBytes;
    const isRoomForNext = columns.kinds.data.length > columns.lines + linesPerByte * this.#options.chunkBytes;
    if (columns.lines > 0 && !isRoomForNext) {
      const scale = (totalBytes / scannedBytes) * roomToSpare;
      columns.reserve(Math.ceil(columns.lines * scale), Math.ceil(columns.nameBytes * scale));
    }
  }
}

const roomToSpare = 1.02;

function isSoonAfter(line: number, next: number): boolean {
  return next > line && next - line <= 8;
}
