import { isObject, type JsonObject } from '../json.js';
import { decodeText } from './dictionary.js';
import type { LineIndex } from './lineIndex.js';
import type { LineProblems } from './lineProblems.js';
import { readLine } from './lineReading.js';
import type { LineKernel } from './lineKernel.js';
import { learnShapes } from './lineShape.js';
import { lineKind, type ManifestColumns } from './manifestColumns.js';
import { type Parsed, parseLine } from './parseLine.js';
import { SpreadObject } from './spreadObject.js';

/** AWS: a line may have so many characters. */
const mostCharacters = 100_000;

/**
 * Reads lines into the columns: by a shape that was learned, or else by JSON.parse. Lines that are part of an object
 * spread over several lines are added to the columns once it is known whether they make one.
 */
export class LineScanner {
  readonly #columns: ManifestColumns;
  readonly #index: LineIndex;
  readonly #problems: LineProblems;
  readonly #kernel: LineKernel;
  #attempts = 0;
  #spread: SpreadObject | undefined;
  #spreadFrom = 0;

  constructor(kernel: LineKernel, columns: ManifestColumns, index: LineIndex, problems: LineProblems) {
    this.#kernel = kernel;
    this.#columns = columns;
    this.#index = index;
    this.#problems = problems;
  }

  /**
   * Scans the whole lines between two addresses of the kernel; returns where the line begins that is not whole. At
   * `end` there must be a 0 byte. `offset` is where `start` is in the source.
   */
  scan(start: number, end: number, offset: number): number {
    const text = this.#kernel.bytes.subarray(0, end);
    let at = start;
    while (at < end) {
      if (!this.#spread) {
        at = this.#scanByShape(at, end, offset + at - start);
      }
      const newline = at < end ? text.indexOf(0x0a, at) : -1;
      if (newline === -1) {
        return at;
      }
      this.addLine(text.subarray(at, newline), offset + at - start, offset + newline + 1 - start);
      at = newline + 1;
    }
    return at;
  }

  /** Whether the last line leaves an object open that the next ones may close. */
  get isWithinObject(): boolean {
    return this.#spread !== undefined;
  }

  /** Where the lines begin that are not in the columns yet: `offset`, or where an object begins that is still open. */
  openFrom(offset: number): number {
    return this.#spread ? this.#spreadFrom : offset;
  }

  /** The next line, without its line break. */
  addLine(bytes: Uint8Array, offset: number, end: number): void {
    const before = this.#spread;
    this.#index.add(offset, end);
    this.#scanLine(bytes);
    if (this.#spread !== before) {
      this.#spreadFrom = offset;
    }
  }

  /** The last line, where it has no line break. */
  finish(bytes: Uint8Array, offset: number): void {
    if (bytes.length > 0) {
      this.addLine(bytes, offset, offset + bytes.length);
    }
    this.#giveUpSpread();
  }

  /** A line that is longer than anything that can be read; it has been left out. */
  skip(offset: number, end: number, mostBytes: number): void {
    this.#giveUpSpread();
    this.#problems.add(this.#index.lines, { kind: 'tooLongToRead', mostBytes });
    this.#index.add(offset, end);
    this.#columns.addOther(lineKind.broken);
  }

  #scanByShape(start: number, end: number, offset: number): number {
    const first = this.#columns.lines;
    const next = this.#kernel.scan(start, end, offset);
    if (this.#kernel.shapes.some(({ hasSource }) => !hasSource)) {
      for (let line = first; line < this.#columns.lines; line++) {
        if (this.#columns.kinds.data[line] === lineKind.noSource) {
          this.#problems.add(line, { kind: 'noSource' });
        }
      }
    }
    return next;
  }

  #scanLine(bytes: Uint8Array): void {
    const text = decodeText(bytes);
    if (isJsonSpace(text)) {
      this.#addBlank();
      return;
    }
    const parsed = parseLine(text);
    if (this.#spread) {
      this.#goOn(this.#spread, text, parsed, bytes);
      return;
    }
    this.#addParsed(text, parsed, bytes);
  }

  #addBlank(): void {
    if (this.#spread) {
      this.#spread.addLine('');
    } else {
      this.#columns.addOther(lineKind.blank);
    }
  }

  #goOn(spread: SpreadObject, text: string, parsed: Parsed, bytes: Uint8Array): void {
    // A line that stands for itself ends whatever was cut short before it.
    if (parsed.kind === 'value' && isObject(parsed.value) && readLine(parsed.value).source) {
      this.#giveUpSpread();
      this.#addParsed(text, parsed, bytes);
      return;
    }
    switch (spread.addLine(text)) {
      case 'open':
        return;
      case 'hopeless':
        this.#giveUpSpread();
        return;
      case 'closed':
        this.#close(spread);
    }
  }

  #close(spread: SpreadObject): void {
    const whole = parseLine(spread.text);
    if (whole.kind === 'broken' || !isObject(whole.value)) {
      this.#giveUpSpread();
      return;
    }
    this.#spread = undefined;
    const line = this.#columns.lines;
    this.#problems.add(line, { kind: 'severalLines', lastLine: line + spread.lines - 1 });
    this.#addObject(whole.value);
    for (let rest = 1; rest < spread.lines; rest++) {
      this.#columns.addOther(lineKind.continuation);
    }
  }

  #giveUpSpread(): void {
    const lines = this.#spread?.texts ?? [];
    this.#spread = undefined;
    for (const text of lines) {
      this.#addAlone(text);
    }
  }

  /** A line of what looked like one object and was none. */
  #addAlone(text: string): void {
    const parsed = parseLine(text);
    if (isJsonSpace(text)) {
      this.#columns.addOther(lineKind.blank);
    } else if (parsed.kind === 'value' && isObject(parsed.value)) {
      this.#addObject(parsed.value);
    } else {
      this.#addBroken(parsed);
    }
  }

  #addParsed(text: string, parsed: Parsed, bytes: Uint8Array): void {
    if (parsed.kind === 'broken' && SpreadObject.mayBeginWith(text)) {
      this.#spread = new SpreadObject(text);
      return;
    }
    if (parsed.kind === 'broken' || !isObject(parsed.value)) {
      this.#addBroken(parsed);
      return;
    }
    const line = this.#columns.lines;
    if (text.length > mostCharacters) {
      this.#problems.add(line, { kind: 'longerThanAllowed', characters: text.length });
    }
    if (parsed.hasTrailingComma) {
      this.#problems.add(line, { kind: 'trailingComma' });
    }
    this.#addObject(parsed.value);
    if (!parsed.hasTrailingComma) {
      this.#learn(bytes);
    }
  }

  #addObject(value: JsonObject): void {
    const reading = readLine(value);
    if (!reading.source) {
      this.#problems.add(this.#columns.lines, { kind: 'noSource' });
    }
    this.#columns.add(reading);
  }

  #addBroken(parsed: Parsed): void {
    this.#problems.add(
      this.#columns.lines,
      parsed.kind === 'broken' ? { kind: 'notJson', message: parsed.message } : { kind: 'notAnObject' },
    );
    this.#columns.addOther(lineKind.broken);
  }

  // A file whose lines are all of different shapes must not pay for learning each of them.
  #learn(bytes: Uint8Array): void {
    if (this.#attempts >= mostAttempts) {
      return;
    }
    this.#attempts++;
    const end = bytes.at(-1) === 0x0d ? bytes.length - 1 : bytes.length;
    for (const shape of learnShapes(this.#columns, bytes.subarray(0, end))) {
      this.#kernel.learn(shape);
    }
  }
}

const mostAttempts = 500;

function isJsonSpace(text: string): boolean {
  return /^[ \t\r]*$/u.test(text);
}
