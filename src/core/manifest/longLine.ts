/** A line that is longer than a chunk, put together part by part; one that is too long to read is only measured. */
export class LongLine {
  /** Where it begins in the source. */
  readonly offset: number;
  readonly #mostBytes: number;
  #parts: Uint8Array[] = [];
  #length = 0;

  constructor(offset: number, mostBytes: number) {
    this.offset = offset;
    this.#mostBytes = mostBytes;
  }

  /** Without the line break. */
  get length(): number {
    return this.#length;
  }

  /** `part` is copied: its memory is used for the next chunk. */
  add(part: Uint8Array): void {
    this.#length += part.length;
    if (this.isTooLong) {
      this.#parts = [];
    } else {
      this.#parts.push(part.slice());
    }
  }

  get isTooLong(): boolean {
    return this.#length > this.#mostBytes;
  }

  /** What there is of it; nothing where it is too long. */
  bytes(): Uint8Array {
    const bytes = new Uint8Array(this.isTooLong ? 0 : this.#length);
    let at = 0;
    for (const part of this.#parts) {
      bytes.set(part, at);
      at += part.length;
    }
    return bytes;
  }
}
