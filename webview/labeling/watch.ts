const lookEveryMs = 3_000;

/** Looks every few seconds, for as long as somebody can see the page, what has become of what it shows. */
export class Watch {
  readonly #look: () => Promise<void>;
  #isLooking = false;

  constructor(look: () => Promise<void>) {
    this.#look = look;
    setInterval(() => void this.look(), lookEveryMs);
    document.addEventListener('visibilitychange', () => void this.look());
  }

  async look(): Promise<void> {
    if (this.#isLooking || document.visibilityState === 'hidden') {
      return;
    }
    this.#isLooking = true;
    try {
      await this.#look();
    } catch {
      // It looks again soon; whatever the worker asks for meanwhile tells what is wrong.
    } finally {
      this.#isLooking = false;
    }
  }
}
