const successesPerLane = 32;

/**
 * How many go at once: as many as the service takes. Each time it says that it is too much, half as many; after a while
 * without that, one more, up to where it began.
 */
export class Lanes {
  readonly #most: number;
  readonly #waiting: (() => void)[] = [];
  #limit: number;
  #taken = 0;
  #successes = 0;

  constructor(most: number) {
    this.#most = most;
    this.#limit = most;
  }

  get limit(): number {
    return this.#limit;
  }

  /** Runs it as soon as a lane is free. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    while (this.#taken >= this.#limit) {
      await new Promise<void>((resolve) => {
        this.#waiting.push(resolve);
      });
    }
    this.#taken += 1;
    try {
      return await work();
    } finally {
      this.#taken -= 1;
      this.#wake();
    }
  }

  succeeded(): void {
    this.#successes += 1;
    if (this.#successes >= successesPerLane && this.#limit < this.#most) {
      this.#successes = 0;
      this.#limit += 1;
      this.#wake();
    }
  }

  overloaded(): void {
    // Those that were under way together complain together, once.
    if (this.#taken <= this.#limit) {
      this.#limit = Math.max(1, Math.floor(this.#limit / 2));
    }
    this.#successes = 0;
  }

  #wake(): void {
    for (let free = this.#limit - this.#taken; free > 0; free -= 1) {
      this.#waiting.shift()?.();
    }
  }
}
