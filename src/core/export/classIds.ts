/** The number of each class, from 0 on without gaps: the given classes first, then others as they turn up. */
export class ClassIds {
  readonly #ids = new Map<string, number>();

  constructor(names: readonly string[] = []) {
    for (const name of names) {
      this.idOf(name);
    }
  }

  get names(): readonly string[] {
    return [...this.#ids.keys()];
  }

  idOf(name: string): number {
    const id = this.#ids.get(name) ?? this.#ids.size;
    this.#ids.set(name, id);
    return id;
  }
}
