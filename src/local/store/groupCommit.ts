import type { DatabaseSync } from 'node:sqlite';
import { inTransaction } from './database.js';

interface Waiting {
  /** Runs inside the transaction and returns what settles its promise once the commit is on disk. */
  readonly apply: () => () => void;
  readonly reject: (reason: unknown) => void;
}

/** So many changes share one commit at most: beyond that the commit itself, which blocks the loop, becomes noticeable. */
const changesPerCommit = 256;

/**
 * Collects changes that arrive while the disk is busy into one commit, so that many parallel writes cost one sync. A
 * change is on disk when its promise resolves; one that throws is undone alone and rejects alone.
 */
export class GroupCommit {
  readonly #database: DatabaseSync;
  readonly #beforeCommit: () => Promise<void>;
  readonly #waiting: Waiting[] = [];
  #work: Promise<void> | undefined;

  /** `beforeCommit` makes durable whatever the changes refer to; it is run once for all of them. */
  constructor(database: DatabaseSync, beforeCommit: () => Promise<void>) {
    this.#database = database;
    this.#beforeCommit = beforeCommit;
  }

  run<T>(change: () => T): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const apply = (): (() => void) => {
        const result = change();
        return () => resolve(result);
      };
      this.#waiting.push({ apply, reject });
      this.#work ??= this.#commitAll();
    });
  }

  /** Resolves when all that was asked for is committed. */
  async idle(): Promise<void> {
    await this.#work;
  }

  async #commitAll(): Promise<void> {
    await Promise.resolve(); // What is asked for in the same turn goes along.
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, changesPerCommit);
      try {
        await this.#beforeCommit();
        const settle = inTransaction(this.#database, () => batch.map((entry) => this.#applyAlone(entry)));
        settle.forEach((run) => run());
      } catch (error) {
        batch.forEach(({ reject }) => reject(error));
      }
    }
    this.#work = undefined;
  }

  #applyAlone({ apply, reject }: Waiting): () => void {
    this.#database.exec('SAVEPOINT change');
    try {
      const settle = apply();
      this.#database.exec('RELEASE change');
      return settle;
    } catch (error) {
      this.#database.exec('ROLLBACK TO change; RELEASE change');
      return () => reject(error);
    }
  }
}
