import type * as vscode from 'vscode';
import { type LabResource, withoutResource, withResources } from '../../core/lab/labResources.js';
import type { Connection } from './connection.js';

/** What the extension made, remembered for each account and region, on this machine. */
export class Ledger {
  readonly #connection: Connection;
  readonly #memory: vscode.Memento;
  /** Changes follow each other, so that none is lost between a reading and a writing. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(connection: Connection, memory: vscode.Memento) {
    this.#connection = connection;
    this.#memory = memory;
  }

  async list(): Promise<readonly LabResource[]> {
    return this.#memory.get<readonly LabResource[]>(await this.#account(), []);
  }

  add(...made: readonly LabResource[]): Promise<void> {
    return this.#change((record) => withResources(record, made));
  }

  remove(gone: LabResource): Promise<void> {
    return this.#change((record) => withoutResource(record, gone));
  }

  #change(change: (record: readonly LabResource[]) => readonly LabResource[]): Promise<void> {
    const next = this.#afterLast(change);
    this.#last = next.catch(() => undefined); // Whoever asked is told; the next change goes its own way.
    return next;
  }

  async #afterLast(change: (record: readonly LabResource[]) => readonly LabResource[]): Promise<void> {
    await this.#last;
    const account = await this.#account();
    await this.#memory.update(account, change(this.#memory.get<readonly LabResource[]>(account, [])));
  }

  async #account(): Promise<string> {
    const { signal } = new AbortController();
    const target = await this.#connection.target(signal);
    if (target.kind === 'local') {
      return `ledger local ${target.server.accountId}`;
    }
    const { account } = await this.#connection.services();
    const { accountId } = await account.identity(signal);
    return `ledger ${accountId} ${target.region}`;
  }
}
