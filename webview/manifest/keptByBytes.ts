interface KeptOptions<Item> {
  readonly mostBytes: number;
  readonly bytesOf: (item: Item) => number;
  /** Called with each item that is kept no more. */
  readonly release: (item: Item) => void;
}

/** As many items as there is room for; the one that was used last is the last to go. */
export class KeptByBytes<Item> {
  readonly #options: KeptOptions<Item>;
  readonly #kept = new Map<string, { readonly item: Item; readonly bytes: number }>();
  #bytes = 0;

  constructor(options: KeptOptions<Item>) {
    this.#options = options;
  }

  get(key: string): Item | undefined {
    const found = this.#kept.get(key);
    if (found) {
      this.#kept.delete(key);
      this.#kept.set(key, found);
    }
    return found?.item;
  }

  /** In the place of what has the same key. */
  keep(key: string, item: Item): void {
    this.drop(key);
    const bytes = this.#options.bytesOf(item);
    this.#kept.set(key, { item, bytes });
    this.#bytes += bytes;
    for (const oldest of this.#kept.keys()) {
      if (this.#bytes <= this.#options.mostBytes || oldest === key) {
        break;
      }
      this.drop(oldest);
    }
  }

  drop(key: string): void {
    const dropped = this.#kept.get(key);
    if (dropped) {
      this.#kept.delete(key);
      this.#bytes -= dropped.bytes;
      this.#options.release(dropped.item);
    }
  }

  /** All of which it says yes. */
  dropAll(isDropped: (item: Item) => boolean): void {
    for (const [key, { item }] of this.#kept) {
      if (isDropped(item)) {
        this.drop(key);
      }
    }
  }
}
