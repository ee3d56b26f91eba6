/** Does one thing at a time. What is asked for meanwhile is not done: it was meant for what was there before. */
export class OneAtATime {
  #doing: Promise<void> | undefined;
  #hasNext = false;

  get isBusy(): boolean {
    return this.#doing !== undefined;
  }

  async run(work: () => Promise<void>): Promise<void> {
    if (!this.isBusy) {
      this.#doing = this.#do(work);
      await this.#doing;
    }
  }

  /** Resolves when what is being done is done. */
  async whenFree(): Promise<void> {
    await this.#doing;
  }

  /** Does it once what is being done is done; of several that wait, the first. */
  async runNext(work: () => Promise<void>): Promise<void> {
    if (this.#hasNext) {
      return;
    }
    this.#hasNext = true;
    await this.whenFree();
    this.#hasNext = false;
    await this.run(work);
  }

  async #do(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } finally {
      this.#doing = undefined;
    }
  }
}
