/**
 * Bytes that are looked for again and again. They are compared eight at a time, as the double that they make: equal
 * doubles have equal bytes but for 0 and -0, which no text makes that has no 0 bytes. A pattern that makes NaN is never
 * found, which is allowed: what is not recognised is only read more slowly.
 */
export class BytePattern {
  readonly length: number;
  /** The last one reaches back over the one before, so that nothing is left over. */
  readonly #doubles: Float64Array;
  /** All of a pattern that is too short for a double. */
  readonly #short: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.length = bytes.length;
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    const doubles = bytes.length < 8 ? 0 : Math.ceil(bytes.length / 8);
    this.#doubles = Float64Array.from({ length: doubles }, (_, index) =>
      view.getFloat64(Math.min(index * 8, bytes.length - 8)),
    );
    this.#short = doubles === 0 ? bytes : bytes.subarray(0, 0);
  }

  /** Whether the bytes stand at `at`. The text must go on for 8 bytes beyond the 0 byte at its end. */
  isAt({ view, bytes }: TextBytes, at: number): boolean {
    const doubles = this.#doubles;
    const last = doubles.length - 1;
    if (last >= 0) {
      let place = at;
      for (let index = 0; index < last; index++, place += 8) {
        if (view.getFloat64(place) !== doubles[index]) {
          return false;
        }
      }
      return view.getFloat64(at + this.length - 8) === doubles[last];
    }
    const short = this.#short;
    for (let index = 0; index < short.length; index++) {
      if (bytes[at + index] !== short[index]) {
        return false;
      }
    }
    return true;
  }
}

/** The text that is scanned, to be read by bytes and by doubles. */
export class TextBytes {
  readonly bytes: Uint8Array;
  readonly view: DataView;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  }
}
