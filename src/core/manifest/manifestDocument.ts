import type { JsonObject } from '../json.js';
import type { ByteSource } from './byteSource.js';
import { TextBytes } from './bytePattern.js';
import { decodeText } from './dictionary.js';
import { LineIndex } from './lineIndex.js';
import { LineProblems } from './lineProblems.js';
import { isObject } from './lineReading.js';
import { LineScanner } from './lineScanner.js';
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
/** The scanner wants a 0 byte after the text, and reads up to 8 bytes more. */
const beyondEnd = 9;
const byteOrderMark = [0xef, 0xbb, 0xbf] as const;

/** A manifest: its lines in columns, and the lines themselves from where they are. */
export class ManifestDocument {
  readonly columns = new ManifestColumns();
  readonly problems = new LineProblems();
  readonly #index = new LineIndex();
  readonly #source: ByteSource;
  readonly #options: ScanOptions;

  constructor(source: ByteSource, options: ScanOptions = defaults) {
    this.#source = source;
    this.#options = options;
  }

  get lines(): number {
    return this.#index.lines;
  }

  /** Reads the whole source once, and yields after each part so that the caller can show progress or stop. */
  async *scan(signal: AbortSignal): AsyncGenerator<ScanProgress> {
    const totalBytes = await this.#source.size(signal);
    const scanner = new LineScanner(this.columns, this.#index, this.problems);
    const { chunkBytes, mostLineBytes } = this.#options;
    // One part is scanned while the next is being read.
    let incoming = new Uint8Array(chunkBytes);
    let spare = new Uint8Array(chunkBytes);
    let work = new Uint8Array(chunkBytes * 2 + beyondEnd);
    let text = new TextBytes(work);
    /** `work` holds the source's bytes from `offset` on; `kept` of them are a line that is not whole yet. */
    let offset = 0;
    let kept = 0;
    /** Where the line begins that is being left out because it is too long. */
    let skippedFrom: number | undefined;
    let reading = this.#source.read(incoming, 0, signal);
    for (;;) {
      const filled = await reading;
      signal.throwIfAborted();
      const next = offset + kept + filled;
      if (filled === 0) {
        break;
      }
      [incoming, spare] = [spare, incoming];
      reading = this.#source.read(incoming, next, signal);
      reading.catch(() => undefined); // It is awaited above; until then a failure must not count as unhandled.

      let part = spare.subarray(0, filled);
      if (offset === 0 && kept === 0 && skippedFrom === undefined && hasByteOrderMark(part)) {
        part = part.subarray(byteOrderMark.length);
        offset = byteOrderMark.length;
      }
      if (skippedFrom !== undefined) {
        const newline = part.indexOf(0x0a);
        if (newline === -1) {
          offset = next;
          continue;
        }
        scanner.skip(skippedFrom, offset + newline + 1, mostLineBytes);
        skippedFrom = undefined;
        offset += newline + 1;
        part = part.subarray(newline + 1);
      }
      if (kept + part.length + beyondEnd > work.length) {
        const longer = new Uint8Array((kept + part.length) * 2 + beyondEnd);
        longer.set(work.subarray(0, kept));
        work = longer;
        text = new TextBytes(work);
      }
      work.set(part, kept);
      const end = kept + part.length;
      work[end] = 0;
      const done = scanner.scan(text, end, offset);
      work.copyWithin(0, done, end);
      kept = end - done;
      offset += done;
      if (kept > mostLineBytes) {
        skippedFrom = offset;
        offset += kept;
        kept = 0;
      }
      this.#reserve(next, totalBytes);
      yield { scannedBytes: next, totalBytes, lines: this.lines };
    }
    if (skippedFrom === undefined) {
      scanner.finish(work.subarray(0, kept), offset);
    } else {
      scanner.skip(skippedFrom, offset, mostLineBytes);
      scanner.finish(work.subarray(0, 0), offset);
    }
    yield { scannedBytes: offset + kept, totalBytes, lines: this.lines };
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
    if (columns.lines > 0 && columns.kinds.data.length < columns.lines + columns.lines / 8) {
      const scale = (totalBytes / scannedBytes) * roomToSpare;
      columns.reserve(Math.ceil(columns.lines * scale), Math.ceil(columns.nameBytes * scale));
    }
  }
}

const roomToSpare = 1.02;

function isSoonAfter(line: number, next: number): boolean {
  return next > line && next - line <= 8;
}

function hasByteOrderMark(bytes: Uint8Array): boolean {
  return byteOrderMark.every((byte, at) => bytes[at] === byte);
}
