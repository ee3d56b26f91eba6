/** A list that the host is asked for: what was there stays while it is asked again, and a failure is said in its place. */
export class Listing<T> {
  #items: readonly T[] = [];
  #state: 'loading' | 'ready' | 'failed' = 'loading';
  #message = '';
  readonly #list: () => Promise<readonly T[]>;
  readonly #onChange: () => void;

  constructor(list: () => Promise<readonly T[]>, onChange: () => void) {
    this.#list = list;
    this.#onChange = onChange;
  }

  get items(): readonly T[] {
    return this.#items;
  }

  get isLoaded(): boolean {
    return this.#state === 'ready';
  }

  /** Why the list could not be had; `undefined` while there is nothing to say. */
  get failure(): string | undefined {
    return this.#state === 'failed' ? this.#message : undefined;
  }

  add(item: T): void {
    this.#items = [...this.#items, item];
    this.#onChange();
  }

  async load(): Promise<void> {
    try {
      this.#items = await this.#list();
      this.#state = 'ready';
    } catch (error) {
      this.#state = 'failed';
      this.#message = error instanceof Error ? error.message : String(error);
    }
    this.#onChange();
  }
}
