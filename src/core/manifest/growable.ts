type TypedArray = Uint8Array | Uint32Array | Float64Array;

interface TypedArrays<A extends TypedArray> {
  readonly BYTES_PER_ELEMENT: number;
  new (length: number): A;
  new (buffer: ArrayBufferLike, byteOffset: number, length: number): A;
}

/**
 * A typed array that grows; what was never written is 0. `data` is replaced by growing: read it anew after `ensure`.
 *
 * @public Declarations of classes that have one name it.
 */
export class Growable<A extends TypedArray> {
  readonly #arrays: TypedArrays<A>;
  data: A;
  /** All of an array of which `data` is only the beginning, while somebody else writes behind that. */
  #shared: A | undefined;

  constructor(arrays: TypedArrays<A>) {
    this.#arrays = arrays;
    this.data = new arrays(0);
  }

  ensure(length: number): void {
    if (length > this.data.length) {
      this.reserve(Math.max(length, 1024, Math.ceil(this.data.length * growth)));
    }
  }

  /** Makes room at once for what is expected, so that nothing is copied again and again. */
  reserve(length: number): void {
    if (length > this.data.length) {
      const grown = new this.#arrays(length);
      grown.set(this.data);
      this.data = grown;
    }
  }

  /**
   * Makes room for `length` numbers in memory that another thread can write too: it gets what is behind the first `own`,
   * and what is put here goes before that, or elsewhere where it is more.
   */
  share(length: number, own: number): A {
    const bytes = this.#arrays.BYTES_PER_ELEMENT;
    const buffer = new SharedArrayBuffer(length * bytes);
    const before = this.data;
    this.#shared = new this.#arrays(buffer, 0, length);
    this.data = new this.#arrays(buffer, 0, own);
    this.data.set(before.subarray(0, own));
    return new this.#arrays(buffer, own * bytes, length - own);
  }

  /**
   * Puts `items` at `at`, and nothing is behind them. They are moved where somebody else has written them behind what is
   * here; else they are copied, and their memory is let go of.
   */
  take(items: A, at: number): void {
    if (at === 0) {
      this.data = items; // There is nothing before them.
      return;
    }
    const end = at + items.length;
    const shared = this.#shared;
    this.#shared = undefined;
    const isShared = shared?.buffer === this.data.buffer && shared.length >= end;
    const own = this.data.length;
    this.data = isShared ? shared : this.data;
    this.ensure(end);
    this.data.set(items, at);
    if (isShared) {
      this.data.fill(0, own, at); // What was never written here: somebody else has.
      // So far somebody else can have written: what did not fit there was put elsewhere.
      const isThere = items.buffer === this.data.buffer;
      const start = (items.byteOffset - this.data.byteOffset) / items.BYTES_PER_ELEMENT;
      this.data.fill(0, end, isThere ? Math.max(end, start + items.length) : shared.length);
    }
    letGo(items);
  }
}

const growth = 1.5;

export const growableBytes = () => new Growable<Uint8Array>(Uint8Array);
export const growableIntegers = () => new Growable<Uint32Array>(Uint32Array);
export const growableNumbers = () => new Growable<Float64Array>(Float64Array);

/** Gives the memory of an array back at once, not whenever it is found to be unused. It is empty from then on. */
function letGo({ buffer }: TypedArray): void {
  if (buffer instanceof ArrayBuffer && !buffer.detached) {
    buffer.transfer(0);
  }
}

// By index: a callback for each of a million numbers takes longer than all the rest of adding lines.

/** Makes each number larger. */
export function shift(places: Uint32Array, by: number): void {
  for (let line = 0; line < places.length; line++) {
    places[line] = (places[line] ?? 0) + by;
  }
}

/** Puts in the place of each number the one that it has in `numbers`. */
export function renumber(ids: Uint32Array, numbers: Uint32Array): void {
  if (areSame(numbers)) {
    return;
  }
  for (let line = 0; line < ids.length; line++) {
    ids[line] = numbers[ids[line] ?? 0] ?? 0;
  }
}

/** Whether each number is its own place. */
export function areSame(numbers: Uint32Array): boolean {
  return numbers.every((number, place) => number === place);
}
