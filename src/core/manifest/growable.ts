type TypedArray = Uint8Array | Uint32Array | Float64Array;

/**
 * A typed array that grows; what was never written is 0. `data` is replaced by growing: read it anew after `ensure`.
 *
 * @public Declarations of classes that have one name it.
 */
export class Growable<A extends TypedArray> {
  readonly #make: (length: number) => A;
  data: A;

  constructor(make: (length: number) => A) {
    this.#make = make;
    this.data = make(0);
  }

  ensure(length: number): void {
    if (length > this.data.length) {
      this.reserve(Math.max(length, 1024, Math.ceil(this.data.length * growth)));
    }
  }

  /** Makes room at once for what is expected, so that nothing is copied again and again. */
  reserve(length: number): void {
    if (length > this.data.length) {
      const grown = this.#make(length);
      grown.set(this.data);
      this.data = grown;
    }
  }
}

const growth = 1.5;

export const growableBytes = () => new Growable((length) => new Uint8Array(length));
export const growableIntegers = () => new Growable((length) => new Uint32Array(length));
export const growableNumbers = () => new Growable((length) => new Float64Array(length));

/** Gives the memory of an array back at once, not whenever it is found to be unused. It is empty from then on. */
export function letGo({ buffer }: TypedArray): void {
  if (buffer instanceof ArrayBuffer && !buffer.detached) {
    buffer.transfer(0);
  }
}
