import { BytePattern, type TextBytes } from './bytePattern.js';

/** Numbers for texts that come again and again, in the order in which they were first seen. */
export class Dictionary {
  readonly #ids = new Map<string, number>();
  readonly #texts: string[] = [];
  readonly #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
  }

  get size(): number {
    return this.#texts.length;
  }

  get texts(): readonly string[] {
    return this.#texts;
  }

  /** `undefined` once the dictionary is full and `text` is not in it. */
  idOf(text: string): number | undefined {
    const known = this.#ids.get(text);
    if (known !== undefined || this.#texts.length >= this.#limit) {
      return known;
    }
    this.#ids.set(text, this.#texts.length);
    return this.#texts.push(text) - 1;
  }

  textOf(id: number): string {
    return this.#texts[id] ?? '';
  }
}

interface Remembered {
  /** The text and the quote after it. */
  readonly pattern: BytePattern;
  readonly value: number;
}

/**
 * Remembers what a text in UTF-8 was mapped to, so that it is decoded and looked up only when it is first seen. It
 * remembers a bounded number of texts; whatever it forgot is asked for again.
 */
export class ByteMemo {
  readonly #valueOf: (text: string) => number;
  readonly #slots: (Remembered | undefined)[] = Array.from({ length: slotCount });
  #last: Remembered | undefined;

  constructor(valueOf: (text: string) => number) {
    this.#valueOf = valueOf;
  }

  get lastValue(): number {
    return this.#last?.value ?? 0;
  }

  /** Where the string at `at` ends if it is the one that came last; else -1. */
  lastEnd(text: TextBytes, at: number): number {
    const last = this.#last;
    return last?.pattern.isAt(text, at) === true ? at + last.pattern.length - 1 : -1;
  }

  /** The value of the text from `start` to `end`, where there is a quote. */
  valueOf(text: TextBytes, start: number, end: number): number {
    const slot = slotOf(text.bytes, start, end);
    let found = this.#slots[slot];
    if (found?.pattern.length !== end - start + 1 || !found.pattern.isAt(text, start)) {
      const pattern = new BytePattern(text.bytes.slice(start, end + 1));
      found = { pattern, value: this.#valueOf(decodeText(text.bytes, start, end)) };
      this.#slots[slot] = found;
    }
    this.#last = found;
    return found.value;
  }
}

const slotCount = 1024;

function slotOf(bytes: Uint8Array, start: number, end: number): number {
  let hash = end - start;
  for (let at = start; at < end; at++) {
    hash = Math.imul(hash ^ (bytes[at] ?? 0), 0x01000193);
  }
  return (hash ^ (hash >>> 15)) & (slotCount - 1);
}

// Bytes that are no UTF-8 become U+FFFD, as everywhere; a byte order mark inside a text is part of it.
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

export function decodeText(bytes: Uint8Array, start = 0, end = bytes.length): string {
  return decoder.decode(bytes.subarray(start, end));
}
