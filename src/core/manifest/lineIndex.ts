import type { ByteSource } from './byteSource.js';
import { growableNumbers } from './growable.js';

/** An index as data, its offsets counted from wherever it was begun. */
export interface LineIndexPart {
  readonly lines: number;
  readonly end: number;
  readonly checkpoints: Float64Array;
}

/** Where lines begin: one offset is kept for so many lines, and the rest is found by reading on from there. */
const linesPerCheckpoint = 32;

export class LineIndex {
  /** Invariant: checkpoint `i` is the offset at which line `i * linesPerCheckpoint` begins. */
  readonly #checkpoints = growableNumbers();
  #lines = 0;
  #end = 0;
  /** Lines that were found elsewhere: they have checkpoints of their own. */
  #next: LineIndex | undefined;

  get lines(): number {
    return this.#lines + (this.#next?.lines ?? 0);
  }

  part(): LineIndexPart {
    return { lines: this.#lines, end: this.#end, checkpoints: this.#checkpoints.data };
  }

  /** Adds lines that begin at `offset`, where the ones before end. There must be none yet from elsewhere. */
  append({ lines, end, checkpoints }: LineIndexPart, offset: number): void {
    const next = new LineIndex();
    next.#lines = lines;
    next.#end = offset + end;
    next.#checkpoints.data = checkpoints.map((checkpoint) => offset + checkpoint);
    this.#next = next;
  }

  /** Forgets all but the first `lines`, which end at `end`. */
  rewind(lines: number, end: number): void {
    if (this.#next && lines > this.#lines) {
      this.#next.rewind(lines - this.#lines, end);
      return;
    }
    this.#next = undefined;
    this.#lines = lines;
    this.#end = end;
  }

  /** The next line begins at `offset`; it ends, with its line break, at `end`. */
  add(offset: number, end: number): void {
    if (this.#next) {
      this.#next.add(offset, end);
      return;
    }
    if (this.#lines % linesPerCheckpoint === 0) {
      const checkpoint = this.#lines / linesPerCheckpoint;
      this.#checkpoints.ensure(checkpoint + 1);
      this.#checkpoints.data[checkpoint] = offset;
    }
    this.#lines++;
    this.#end = end;
  }

  /** The next lines: the first begins at `offset`, and each ends, with its line break, `shift` behind its place in `ends`. */
  addAll(offset: number, ends: Uint32Array, shift: number): void {
    if (this.#next) {
      this.#next.addAll(offset, ends, shift);
      return;
    }
    const lines = this.#lines + ends.length;
    this.#checkpoints.ensure(Math.ceil(lines / linesPerCheckpoint));
    const { data } = this.#checkpoints;
    for (let at = Math.ceil(this.#lines / linesPerCheckpoint); at * linesPerCheckpoint < lines; at++) {
      const before = at * linesPerCheckpoint - this.#lines;
      data[at] = before === 0 ? offset : (ends[before - 1] ?? 0) + shift;
    }
    this.#lines = lines;
    this.#end = (ends.at(-1) ?? offset - shift) + shift;
  }

  /** The bytes of `count` lines without their line breaks; fewer at the end. */
  async read(source: ByteSource, first: number, count: number, signal: AbortSignal): Promise<readonly Uint8Array[]> {
    const own = this.#readOwn(source, first, count, signal);
    const behind = first + count - this.#lines;
    if (!this.#next || behind <= 0) {
      return own;
    }
    const nextFirst = Math.max(0, first - this.#lines);
    const next = this.#next.read(source, nextFirst, behind - nextFirst, signal);
    return (await Promise.all([own, next])).flat();
  }

  async #readOwn(
    source: ByteSource,
    first: number,
    count: number,
    signal: AbortSignal,
  ): Promise<readonly Uint8Array[]> {
    const last = Math.min(first + count, this.#lines);
    if (first >= last) {
      return [];
    }
    const checkpoint = Math.floor(first / linesPerCheckpoint);
    const start = this.#checkpoints.data[checkpoint] ?? 0;
    const bytes = new Uint8Array(this.#offsetAfter(last) - start);
    const filled = bytes.subarray(0, await source.read(bytes, start, signal));
    return cutLines(filled, first - checkpoint * linesPerCheckpoint, last - first);
  }

  /** Of the first checkpoint that is not before `line`. */
  #offsetAfter(line: number): number {
    const checkpoint = Math.ceil(line / linesPerCheckpoint);
    return checkpoint * linesPerCheckpoint < this.#lines ? (this.#checkpoints.data[checkpoint] ?? 0) : this.#end;
  }
}

function cutLines(bytes: Uint8Array, skip: number, count: number): Uint8Array[] {
  const lines: Uint8Array[] = [];
  let at = 0;
  for (let line = 0; line < skip + count && at < bytes.length; line++) {
    const found = bytes.indexOf(newline, at);
    const end = found === -1 ? bytes.length : found;
    if (line >= skip) {
      lines.push(bytes.subarray(at, bytes[end - 1] === carriageReturn && end > at ? end - 1 : end));
    }
    at = end + 1;
  }
  return lines;
}

const newline = 0x0a;
const carriageReturn = 0x0d;
