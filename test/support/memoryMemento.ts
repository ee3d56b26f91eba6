import type { Memento } from 'vscode';

/** What the extension remembers, for as long as the test runs. */
export class MemoryMemento implements Memento {
  readonly #values = new Map<string, unknown>();
  /** The next writing fails, and nothing is changed. */
  failsNext = false;

  keys(): readonly string[] {
    return [...this.#values.keys()];
  }

  readonly get: Memento['get'] = (key: string, otherwise?: unknown) =>
    (this.#values.has(key) ? this.#values.get(key) : otherwise) as never;

  async update(key: string, value: unknown): Promise<void> {
    if (this.failsNext) {
      this.failsNext = false;
      throw new Error('The disk is full');
    }
    this.#values.set(key, structuredClone(value));
  }
}
