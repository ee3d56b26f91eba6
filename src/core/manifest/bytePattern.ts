/** Bytes that are looked for again and again: compared four at a time, which is what makes scanning fast. */
export class BytePattern {
  readonly length: number;
  readonly #words: Int32Array;
  readonly #rest: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.length = bytes.length;
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    this.#words = Int32Array.from({ length: bytes.length >> 2 }, (_, word) => view.getInt32(word * 4, true));
    this.#rest = bytes.slice(bytes.length & ~3);
  }

  /** Whether the bytes stand at `at`. There must be 4 bytes more in the text than could match. */
  isAt(text: TextBytes, at: number): boolean {
    const words = this.#words;
    const { view, bytes } = text;
    let place = at;
    for (let word = 0; word < words.length; word++, place += 4) {
      if (view.getInt32(place, true) !== words[word]) {
        return false;
      }
    }
    const rest = this.#rest;
    for (let index = 0; index < rest.length; index++) {
      if (bytes[place + index] !== rest[index]) {
        return false;
      }
    }
    return true;
  }
}

/** The text that is scanned, to be read by bytes and by words. */
export class TextBytes {
  readonly bytes: Uint8Array;
  readonly view: DataView;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  }
}
