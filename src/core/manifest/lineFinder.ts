import { decodeText } from './dictionary.js';
import { mostLineBytes } from './rawLines.js';
import { letterEscapes, type WholeLineText } from './wholeLineText.js';

/** What `src/kernel/searchText.ts` exports, once it is WebAssembly. */
type SearchExports = {
  readonly lookFor: (text: number, bytes: number, beyondAscii: number) => void;
  readonly findNext: (at: number, end: number, stopsFrom: number) => number;
  readonly countLines: (from: number, to: number) => number;
  readonly isText: WebAssembly.Global<'i32'>;
};

/** Where the text is that is looked for, and where the lines begin; the kernel reads so far beyond their end. */
const needleStart = 64;
const linesStart = 1_024;
const slackBytes = 1_024;
const pageBytes = 65_536;

const newline = 0x0a;
const backslash = 0x5c;
const letterU = 0x75;

/** Finds the lines that have a text in bytes that come in pieces, of which only a line that was cut is kept. */
export class LineFinder {
  readonly #text: WholeLineText;
  readonly #memory = new WebAssembly.Memory({ initial: 1 });
  readonly #kernel: SearchExports;
  #bytes = new Uint8Array(this.#memory.buffer);
  /** Of the line that was cut. */
  #filled = 0;
  /** The number of the next line, which is the one that was cut. */
  #line = 0;
  /** Whether the line that was cut is too long to be read. */
  #isTooLong = false;

  /** `program`: `src/kernel`, compiled to WebAssembly. */
  constructor(program: Uint8Array<ArrayBuffer>, text: WholeLineText) {
    this.#text = text;
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(program), {
      env: { memory: this.#memory },
      matchLines: { ask: () => 0 },
    });
    this.#kernel = exports as SearchExports;
    const anchor = new TextEncoder().encode(text.anchor);
    this.#bytes.set(anchor, needleStart);
    this.#bytes[linesStart - 1] = newline;
    this.#kernel.lookFor(needleStart, anchor.length, text.anchor === '' ? 1 : 0);
  }

  /** Tells the numbers of lines, from 0, that end in `chunk` and have the text. */
  add(chunk: Uint8Array, onFound: (line: number) => void): void {
    const rest = this.#isTooLong ? this.#behindTooLong(chunk) : chunk;
    const filled = this.#filled + rest.length;
    this.#makeRoom(filled);
    this.#bytes.set(rest, linesStart + this.#filled);
    const whole = this.#filled + rest.lastIndexOf(newline) + 1;
    if (whole === this.#filled) {
      this.#isTooLong ||= filled > mostLineBytes;
      this.#filled = this.#isTooLong ? 0 : filled;
      return;
    }
    this.#look(whole, onFound);
    this.#bytes.copyWithin(linesStart, linesStart + whole, linesStart + filled);
    this.#filled = filled - whole;
  }

  /** The same of a last line that no line break ends. */
  end(onFound: (line: number) => void): void {
    if (this.#filled > 0) {
      this.add(Uint8Array.of(newline), onFound);
    }
  }

  #behindTooLong(chunk: Uint8Array): Uint8Array {
    const end = chunk.indexOf(newline);
    if (end === -1) {
      return chunk.subarray(chunk.length);
    }
    this.#isTooLong = false;
    this.#line++;
    return chunk.subarray(end + 1);
  }

  #makeRoom(bytes: number): void {
    const missing = linesStart + bytes + slackBytes - this.#bytes.length;
    if (missing > 0) {
      this.#memory.grow(Math.ceil(missing / pageBytes));
      this.#bytes = new Uint8Array(this.#memory.buffer);
    }
  }

  /** Looks through whole lines, `length` bytes of them. */
  #look(length: number, onFound: (line: number) => void): void {
    const end = linesStart + length;
    let counted = linesStart;
    let at = linesStart;
    let stopsFrom = linesStart;
    for (;;) {
      const place = this.#kernel.findNext(at, end, stopsFrom);
      if (place >= end) {
        break;
      }
      const isAnchor = this.#kernel.isText.value !== 0;
      const passed = isAnchor ? 0 : this.#harmless(place);
      if (passed > 0) {
        at = place + 1;
        stopsFrom = place + passed;
        continue;
      }
      const lineStart = this.#bytes.lastIndexOf(newline, place - 1) + 1;
      const lineEnd = this.#bytes.indexOf(newline, place);
      if ((isAnchor && this.#text.isAnchor) || this.#text.isIn(decodeText(this.#bytes, lineStart, lineEnd))) {
        this.#line += this.#kernel.countLines(counted, lineStart);
        counted = lineStart;
        onFound(this.#line);
      }
      at = lineEnd + 1;
      stopsFrom = at;
    }
    this.#line += this.#kernel.countLines(counted, end);
  }

  /** How many bytes an escape has that cannot be part of the text; 0 where it could, or where there is none. */
  #harmless(place: number): number {
    if (this.#bytes[place] !== backslash) {
      return 0;
    }
    const letter = this.#bytes[place + 1] ?? 0;
    if (letter === letterU) {
      const unit = this.#hexAt(place + 2);
      return unit === undefined ? 1 : this.#text.mayHave(unit) ? 0 : 6;
    }
    const meaning = letterEscapes.get(letter);
    return meaning === undefined ? 1 : this.#text.mayHave(meaning.charCodeAt(0)) ? 0 : 2;
  }

  #hexAt(place: number): number | undefined {
    let value = 0;
    for (let at = place; at < place + 4; at++) {
      const digit = hexDigits[this.#bytes[at] ?? 0] ?? -1;
      if (digit === -1) {
        return undefined;
      }
      value = value * 16 + digit;
    }
    return value;
  }
}

const hexDigits = Int8Array.from({ length: 256 }, (_, byte) => {
  const character = String.fromCharCode(byte);
  return /[\dA-Fa-f]/u.test(character) ? parseInt(character, 16) : -1;
});
