import type * as vscode from 'vscode';
import { type LabResource, withoutResource, withResources } from '../../core/lab/labResources.js';
import type { Services, Target } from '../../core/ports.js';
import { untilAborted } from './abort.js';
import type { Connection } from './connection.js';

/** Services, and the record of what is made with them: both of the same account, also when the user has moved on. */
export interface Lab {
  readonly services: Services;
  readonly record: LabRecord;
}

/** What the extension made in one account and region. */
export interface LabRecord {
  /** Names the account and region. */
  readonly account: string;
  list(): readonly LabResource[];
  add(made: readonly LabResource[]): Promise<void>;
  remove(gone: LabResource): Promise<void>;
}

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

  /** To be opened before anything is made: who made it is asked while it is still certain. */
  async open(signal: AbortSignal): Promise<Lab> {
    // Both are asked for at once, so that no other connection can be chosen between the two.
    const both = Promise.all([this.#connection.target(signal), this.#connection.services()]);
    const [target, services] = await untilAborted(both, signal);
    return { services, record: this.#record(await accountOf(target, services, signal)) };
  }

  #record(account: string): LabRecord {
    return {
      account,
      list: () => this.#read(account),
      add: (made) => this.#change(account, (record) => withResources(record, made)),
      remove: (gone) => this.#change(account, (record) => withoutResource(record, gone)),
    };
  }

  #read(account: string): readonly LabResource[] {
    return this.#memory.get<readonly LabResource[]>(account, []);
  }

  #change(account: string, change: (record: readonly LabResource[]) => readonly LabResource[]): Promise<void> {
    const next = this.#last.then(() => this.#memory.update(account, change(this.#read(account))));
    this.#last = next.catch(() => undefined); // Whoever asked is told; the next change goes its own way.
    return next;
  }
}

async function accountOf(target: Target, services: Services, signal: AbortSignal): Promise<string> {
  if (target.kind === 'local') {
    const { server, storage } = target;
    return `ledger local ${server.accountId}${storage ? ` ${storage.session}` : ''}`; // Elsewhere, buckets are others.
  }
  const { accountId } = await services.account.identity(signal);
  return `ledger ${accountId} ${target.region}`;
}
