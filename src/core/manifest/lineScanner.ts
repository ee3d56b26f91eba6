import type { TextBytes } from './bytePattern.js';
import type { JsonObject } from '../json.js';
import { decodeText } from './dictionary.js';
import type { LineIndex } from './lineIndex.js';
import type { LineProblems } from './lineProblems.js';
import { isObject, readLine } from './lineReading.js';
import { LineShape } from './lineShape.js';
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
  /** The shape that fitted last comes first. */
  readonly #shapes: LineShape[] = [];
  #attempts = 0;
  #spread: SpreadObject | undefined;

  constructor(columns: ManifestColumns, index: LineIndex, problems: LineProblems) {
    this.#columns = columns;
    this.#index = index;
    this.#problems = problems;
  }

  /**
   * Scans the whole lines of `text` up to `end`, where there must be a 0 byte and 8 more; returns where the line begins that is
   * not whole. `offset` is where `text` begins in the source.
   */
  scan(text: TextBytes, end: number, offset: number): number {
    const { bytes } = text;
    let at = 0;
    while (at < end) {
      const next = this.#spread ? -1 : this.#scanByShape(text, at);
      if (next !== -1) {
        this.#index.add(offset + at, offset + next);
        at = next;
        continue;
      }
      const newline = bytes.indexOf(0x0a, at);
      if (newline === -1 || newline >= end) {
        return at;
      }
      this.#index.add(offset + at, offset + newline + 1);
      this.#scanLine(bytes.subarray(at, newline));
      at = newline + 1;
    }
    return at;
  }

  /** The last line, where it has no line break. */
  finish(bytes: Uint8Array, offset: number): void {
    if (bytes.length > 0) {
      this.#index.add(offset, offset + bytes.length);
      this.#scanLine(bytes);
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

  #scanByShape(text: TextBytes, at: number): number {
    for (let index = 0; index < this.#shapes.length; index++) {
      const shape = this.#shapes[index];
      const next = shape?.match(text, at) ?? -1;
      if (shape && next !== -1) {
        if (next - at > mostCharacters) {
          return -1; // Its characters must be counted.
        }
        shape.add(text);
        if (!shape.hasSource) {
          this.#problems.add(this.#columns.lines - 1, { kind: 'noSource' });
        }
        if (index > 0) {
          this.#shapes.splice(index, 1);
          this.#shapes.unshift(shape);
        }
        return next;
      }
    }
    return -1;
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
    const shape = LineShape.learn(this.#columns, bytes.subarray(0, end));
    if (shape) {
      this.#shapes.unshift(shape);
      this.#shapes.splice(mostShapes);
    }
  }
}

const mostShapes = 8;
const mostAttempts = 500;

function isJsonSpace(text: string): boolean {
  return /^[ \t\r]*$/u.test(text);
}
