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

  /** Forgets all texts but the first `size`. */
  truncate(size: number): void {
    for (const text of this.#texts.splice(size)) {
      this.#ids.delete(text);
    }
  }

  /** Whether all of another one's texts have room here. */
  hasRoomFor(texts: readonly string[]): boolean {
    return this.size + texts.filter((text) => !this.#ids.has(text)).length <= this.#limit;
  }

  /** The numbers that another one's texts have here, by their number there. There must be room for them. */
  merge(texts: readonly string[]): Uint32Array {
    return Uint32Array.from(texts, (text) => this.idOf(text) ?? 0);
  }

  textOf(id: number): string {
    return this.#texts[id] ?? '';
  }
}

// Bytes that are no UTF-8 become U+FFFD, as everywhere; a byte order mark inside a text is part of it.
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

export function decodeText(bytes: Uint8Array, start = 0, end = bytes.length): string {
  return decoder.decode(bytes.subarray(start, end));
}
