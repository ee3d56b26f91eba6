/** Whoever goes on quickly is to see no gap from one object to the next. */
const lateMs = 150;

/** Whether something that is awaited has not come for so long that what is there must not be taken for it. */
export class Lateness {
  readonly #onLate: () => void;
  #timer: number | undefined;
  #isLate = false;

  constructor(onLate: () => void) {
    this.#onLate = onLate;
  }

  get isLate(): boolean {
    return this.#isLate;
  }

  /** The time counts from the first of several things that are awaited in turn. */
  begin(): void {
    this.#timer ??= window.setTimeout(() => {
      this.#isLate = true;
      this.#onLate();
    }, lateMs);
  }

  end(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#isLate = false;
  }
}
