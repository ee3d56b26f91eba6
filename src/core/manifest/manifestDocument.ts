import type { JsonObject } from '../json.js';
import type { ByteSource } from './byteSource.js';
import type { ScanOptions } from './chunkScan.js';
import { decodeText } from './dictionary.js';
import {
  DocumentScan,
  type ManifestPart,
  type PartOptions,
  type ScanProgress,
  type SecondScanner,
} from './documentScan.js';
import { LineIndex } from './lineIndex.js';
import { LineSearch } from './lineSearch.js';
import { LineProblems } from './lineProblems.js';
import { lineKind, ManifestColumns } from './manifestColumns.js';
import { parseObject } from './parseLine.js';
import { mostLineBytes } from './rawLines.js';
import { type FollowOptions, ScannedBytes } from './scannedBytes.js';

export type DocumentOptions = Partial<ScanOptions> & { readonly secondScanner?: SecondScanner | undefined };

const defaults: ScanOptions = { chunkBytes: 1 << 20, mostLineBytes };

/** A manifest: its lines in columns, and the lines themselves from where they are. */
export class ManifestDocument {
  readonly columns = new ManifestColumns();
  readonly problems = new LineProblems();
  readonly #index = new LineIndex();
  readonly #scan: DocumentScan;
  readonly #kernelProgram: Uint8Array<ArrayBuffer>;
  #source: ByteSource;
  #revision = 0;

  /** `kernelProgram`: `src/kernel`, compiled to WebAssembly. */
  constructor(
    source: ByteSource,
    kernelProgram: Uint8Array<ArrayBuffer>,
    { secondScanner, ...options }: DocumentOptions = {},
  ) {
    this.#source = source;
    this.#kernelProgram = kernelProgram;
    const found = {
      columns: this.columns,
      problems: this.problems,
      index: this.#index,
      bytes: new ScannedBytes(),
    };
    this.#scan = new DocumentScan(found, { ...defaults, ...options, kernelProgram, secondScanner });
  }

  get lines(): number {
    return this.#index.lines;
  }

  /** Another number whenever lines may say something else than before. */
  get revision(): number {
    return this.#revision;
  }

  /** Reads the whole source once, and yields after each part so that the caller can show progress or stop. */
  scan(signal: AbortSignal): AsyncGenerator<ScanProgress> {
    return this.#scan.whole(this.#source, signal);
  }

  /** What there is of whole lines, to be added to a document that ends where this one begins. */
  scanPart(options: PartOptions, signal: AbortSignal): Promise<ManifestPart> {
    return this.#scan.part(this.#source, options, signal);
  }

  /**
   * Goes on with a later version of the source: reads from the last line on, and keeps the rest. `undefined` where it
   * does not begin with what was scanned, as far as `ScannedBytes` can tell.
   */
  async follow(source: ByteSource, options: FollowOptions): Promise<AsyncGenerator<ScanProgress> | undefined> {
    const scan = await this.#scan.follow(source, options);
    return scan && this.#scanOn(source, scan);
  }

  async *#scanOn(source: ByteSource, scan: AsyncGenerator<ScanProgress>): AsyncGenerator<ScanProgress> {
    this.#source = source;
    this.#revision++;
    yield* scan;
    this.#revision++; // The last line may be another one, although there are no more lines than before.
  }

  /** The text of a line; of all its lines, where an object is spread over several. */
  async readText(line: number, signal: AbortSignal): Promise<string> {
    const [text = ''] = await this.#readTexts(line, Uint32Array.of(line), signal);
    return text;
  }

  /** The objects of `lines`, each `undefined` where there is none. */
  async readObjects(lines: Uint32Array, signal: AbortSignal): Promise<readonly (JsonObject | undefined)[]> {
    return (await this.readTexts(lines, signal)).map(parseObject);
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

  /** Looks for a text in all lines, also in those that are still to be scanned. */
  search(text: string): LineSearch {
    return new LineSearch(this.#source, this.#kernelProgram, text);
  }

  /**
   * The bytes of `count` lines, each with `\n` at its end whatever stands there, and without a byte order mark; fewer at
   * the end of the file. Rejects where the file has become shorter than it was: a copy would be without its end.
   */
  async readRaw(first: number, count: number, signal: AbortSignal): Promise<Uint8Array> {
    const wanted = Math.min(count, this.lines - first);
    const lines = await this.#index.read(this.#source, first, count, signal);
    if (lines.length < wanted) {
      throw new Error('The manifest was cut short while it was copied. Wait until it is whole again, and try again.');
    }
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
}

function isSoonAfter(line: number, next: number): boolean {
  return next > line && next - line <= 8;
}
