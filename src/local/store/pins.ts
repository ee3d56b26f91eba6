/** Names that somebody uses at the moment. */
export class Pins {
  readonly #holders = new Map<string, number>();

  /** Holds these names until the returned function is called; another call of it does nothing. */
  hold(names: readonly string[]): () => void {
    names.forEach((name) => this.#holders.set(name, (this.#holders.get(name) ?? 0) + 1));
    let isHeld = true;
    return () => {
      if (isHeld) {
        isHeld = false;
        names.forEach((name) => this.#letGo(name));
      }
    };
  }

  isHeld(name: string): boolean {
    return this.#holders.has(name);
  }

  #letGo(name: string): void {
    const left = (this.#holders.get(name) ?? 1) - 1;
    if (left > 0) {
      this.#holders.set(name, left);
    } else {
      this.#holders.delete(name);
    }
  }
}
