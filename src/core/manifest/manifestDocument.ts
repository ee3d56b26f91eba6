import type { JsonObject } from '../json.js';
import type { ByteSource } from './byteSource.js';
import { decodeText } from './dictionary.js';
import { LineIndex } from './lineIndex.js';
import type { TextArea } from './kernelMemory.js';
import { LineKernel } from './lineKernel.js';
import { LineProblems } from './lineProblems.js';
import { isObject } from './lineReading.js';
import { LineScanner } from './lineScanner.js';
import { LongLine } from './longLine.js';
import { lineKind, ManifestColumns } from './manifestColumns.js';
import { parseLine } from './parseLine.js';

export interface ScanProgress {
  readonly scannedBytes: number;
  readonly totalBytes: number;
  readonly lines: number;
}

export interface ScanOptions {
  readonly chunkBytes: number;
  /** A longer line is left out, so that memory stays bounded whatever the file is. */
  readonly mostLineBytes: number;
}

const defaults: ScanOptions = { chunkBytes: 1 << 20, mostLineBytes: 16 << 20 };
const byteOrderMark = [0xef, 0xbb, 0xbf] as const;

/** A manifest: its lines in columns, and the lines themselves from where they are. */
export class ManifestDocument {
  readonly columns = new ManifestColumns();
  readonly problems = new LineProblems();
  readonly #index = new LineIndex();
  readonly #source: ByteSource;
  readonly #kernelProgram: Uint8Array<ArrayBuffer>;
  readonly #options: ScanOptions;

  /** `kernelProgram`: `src/kernel/matchLines.ts`, compiled to WebAssembly. */
  constructor(source: ByteSource, kernelProgram: Uint8Array<ArrayBuffer>, options: ScanOptions = defaults) {
    this.#source = source;
    this.#kernelProgram = kernelProgram;
    this.#options = options;
  }

  get lines(): number {
    return this.#index.lines;
  }

  /** Reads the whole source once, and yields after each part so that the caller can show progress or stop. */
  async *scan(signal: AbortSignal): AsyncGenerator<ScanProgress> {
    const totalBytes = await this.#source.size(signal);
    const { chunkBytes, mostLineBytes } = this.#options;
    const kernel = new LineKernel(this.#kernelProgram, chunkBytes, this.columns, this.#index);
    const scanner = new LineScanner(kernel, this.columns, this.#index, this.problems);
    const { bytes } = kernel;
    const read = ({ start }: TextArea, offset: number) => {
      const reading = this.#source.read(bytes.subarray(start, start + chunkBytes), offset, signal);
      reading.catch(() => undefined); // It is awaited below; until then a failure must not count as unhandled.
      return reading;
    };
    // One chunk is scanned while the next is being read.
    let [area, other] = kernel.texts;
    /** How many bytes before the chunk are a line that began in the one before. */
    let kept = 0;
    let longLine: LongLine | undefined;
    let scannedBytes = 0;
    let reading = read(area, 0);
    for (;;) {
      const filled = await reading;
      signal.throwIfAborted();
      if (filled === 0) {
        break;
      }
      reading = read(other, scannedBytes + filled);
      const end = area.start + filled;
      bytes[end] = 0;
      let at = area.start - kept;
      /** What is to be added to an address to make it an offset in the source. */
      const toOffset = scannedBytes - area.start;
      if (scannedBytes === 0 && hasByteOrderMark(bytes.subarray(at, end))) {
        at += byteOrderMark.length;
      }
      if (longLine) {
        const newline = bytes.subarray(at, end).indexOf(0x0a);
        const lineEnd = newline === -1 ? end : at + newline;
        longLine.add(bytes.subarray(at, lineEnd));
        at = lineEnd;
        if (newline !== -1) {
          at++;
          addLongLine(scanner, longLine, at + toOffset, mostLineBytes);
          longLine = undefined;
        }
      }
      at = longLine ? end : scanner.scan(at, end, at + toOffset);
      kept = end - at;
      if (kept > Math.min(area.carryBytes, mostLineBytes)) {
        longLine = new LongLine(at + toOffset, mostLineBytes);
        longLine.add(bytes.subarray(at, end));
        kept = 0;
      }
      bytes.copyWithin(other.start - kept, at, at + kept);
      [area, other] = [other, area];
      scannedBytes += filled;
      this.#reserve(scannedBytes, totalBytes);
      yield { scannedBytes, totalBytes, lines: this.lines };
    }
    if (longLine) {
      addLongLine(scanner, longLine, scannedBytes, mostLineBytes);
    }
    scanner.finish(bytes.subarray(area.start - kept, area.start), scannedBytes - kept);
    yield { scannedBytes, totalBytes, lines: this.lines };
  }

  /** The text of a line; of all its lines, where an object is spread over several. */
  async readText(line: number, signal: AbortSignal): Promise<string> {
    const [text = ''] = await this.#readTexts(line, Uint32Array.of(line), signal);
    return text;
  }

  /** The objects of `lines`, each `undefined` where there is none; lines close to each other are read together. */
  async readObjects(lines: Uint32Array, signal: AbortSignal): Promise<readonly (JsonObject | undefined)[]> {
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
    return (await Promise.all(texts)).flat().map((text) => {
      const parsed = parseLine(text);
      return parsed.kind === 'value' && isObject(parsed.value) ? parsed.value : undefined;
    });
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

function addLongLine(scanner: LineScanner, line: LongLine, end: number, mostLineBytes: number): void {
  if (line.isTooLong) {
    scanner.skip(line.offset, end, mostLineBytes);
  } else {
    scanner.addLine(line.bytes(), line.offset, end);
  }
}

function isSoonAfter(line: number, next: number): boolean {
  return next > line && next - line <= 8;
}

function hasByteOrderMark(bytes: Uint8Array): boolean {
  return byteOrderMark.every((byte, at) => bytes[at] === byte);
}
