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

/**
 * Remembers what a text in UTF-8 was mapped to, so that it is decoded and looked up only when it is first seen. It
 * remembers a bounded number of texts; whatever it forgot is asked for again.
 */
export class ByteMemo {
  readonly #valueOf: (text: string) => number;
  readonly #slots: ({ readonly bytes: Uint8Array; readonly value: number } | undefined)[] = Array.from({
    length: slotCount,
  });
  #last: { readonly bytes: Uint8Array; readonly value: number } | undefined;

  constructor(valueOf: (text: string) => number) {
    this.#valueOf = valueOf;
  }

  valueOf(bytes: Uint8Array, start: number, end: number): number {
    if (this.#last && isSame(this.#last.bytes, bytes, start, end)) {
      return this.#last.value;
    }
    const slot = slotOf(bytes, start, end);
    let found = this.#slots[slot];
    if (!found || !isSame(found.bytes, bytes, start, end)) {
      found = { bytes: bytes.slice(start, end), value: this.#valueOf(decodeText(bytes, start, end)) };
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

function isSame(known: Uint8Array, bytes: Uint8Array, start: number, end: number): boolean {
  if (known.length !== end - start) {
    return false;
  }
  for (let at = 0; at < known.length; at++) {
    if (known[at] !== bytes[start + at]) {
      return false;
    }
  }
  return true;
}

// Bytes that are no UTF-8 become U+FFFD, as everywhere; a byte order mark inside a text is part of it.
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

export function decodeText(bytes: Uint8Array, start = 0, end = bytes.length): string {
  return decoder.decode(bytes.subarray(start, end));
}
