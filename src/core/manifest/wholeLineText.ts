/**
 * A text that is looked for in whole lines, whatever its case. A line has it where it stands in its bytes, or where it
 * does once what JSON escapes is read as what it stands for: whoever types "ü" finds "\u00fc", and so does whoever
 * types "\u00fc".
 */
export class WholeLineText {
  readonly #folded: string;
  /** The longest part of it that is printable ASCII: no other bytes stand for it, but for the case of its letters. */
  readonly anchor: string;
  /** Whether to have the anchor is to have the text. */
  readonly isAnchor: boolean;
  readonly #units: ReadonlySet<number>;
  readonly #hasSurrogates: boolean;

  constructor(text: string) {
    this.#folded = folded(text);
    const runs = this.#folded.match(/[\u0020-\u007e]+/gu) ?? [''];
    this.anchor = runs.reduce((longest, run) => (run.length > longest.length ? run : longest)).slice(0, longestAnchor);
    this.isAnchor = this.anchor === this.#folded;
    const units = Array.from({ length: this.#folded.length }, (_, at) => this.#folded.charCodeAt(at));
    this.#units = new Set(units);
    this.#hasSurrogates = units.some(isSurrogate);
  }

  /** Whether what a JSON escape stands for, a unit of UTF-16, could be part of the text. */
  mayHave(unit: number): boolean {
    return isSurrogate(unit) ? this.#hasSurrogates : this.#units.has(foldedUnit(unit));
  }

  isIn(line: string): boolean {
    return (
      folded(line).includes(this.#folded) || (line.includes('\\') && folded(unescaped(line)).includes(this.#folded))
    );
  }
}

/** As much of a text tells lines apart. */
const longestAnchor = 256;

/**
 * In lower case, character by character: where lower case depends on what stands around (a Greek sigma at the end of a
 * word), or makes a letter of ASCII of what is none (İ, and the sign for kelvin), a part would differ from the whole.
 */
function folded(text: string): string {
  return text.replace(/[^\u0130\u212a]+/gu, (part) => part.toLowerCase()).replaceAll('ς', 'σ');
}

function foldedUnit(unit: number): number {
  return unit >= upperA && unit <= upperZ
    ? unit + caseBit
    : unit < 0x80
      ? unit
      : folded(String.fromCharCode(unit)).charCodeAt(0);
}

const upperA = 0x41;
const upperZ = 0x5a;
const caseBit = 0x20;

function isSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit < 0xe000;
}

/** What a JSON escape of one letter stands for. */
export const letterEscapes: ReadonlyMap<number, string> = new Map(
  Object.entries({ '"': '"', '\\': '\\', '/': '/', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' }).map(
    ([letter, meaning]) => [letter.charCodeAt(0), meaning],
  ),
);

function unescaped(line: string): string {
  return line.replaceAll(
    /\\(?:u(?<hex>[\dA-Fa-f]{4})|(?<letter>["\\/bfnrt]))/gu,
    (whole, hex?: string, letter?: string) =>
      hex === undefined
        ? (letterEscapes.get(letter?.charCodeAt(0) ?? 0) ?? whole)
        : String.fromCharCode(parseInt(hex, 16)),
  );
}
