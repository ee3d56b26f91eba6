import type * as vscode from 'vscode';
import type { LabKeeper } from '../../core/lab/labKeeper.js';
import { type LabResource, resourceId } from '../../core/lab/labResources.js';
import type { Tags } from '../../core/lab/labTags.js';
import { type LabPlace, type LedgerEntry, readEntries } from '../../core/lab/ledgerEntries.js';
import type { LedgerChange, LedgerJournal } from '../../core/lab/ledgerJournal.js';
import type { Services, Target } from '../../core/ports.js';
import { storageName } from '../../core/storage.js';
import { untilAborted } from './abort.js';
import type { Connection } from './connection.js';

/** Services, and the record of what is made with them: both of the same account, also when the user has moved on. */
export interface Lab {
  readonly services: Services;
  readonly record: LabRecord;
}

/** What the extension made in one account and region. */
export interface LabRecord extends LabKeeper {
  /** Names the account and region. */
  readonly account: string;
  readonly place: LabPlace;
  /** As of the last change of this window, or the opening; what other windows made since is not among them. */
  entries(): readonly LedgerEntry[];
  add(made: readonly LabResource[]): Promise<void>;
  remove(gone: LabResource): Promise<void>;
}

export interface LedgerOptions {
  /** What is put on all that is made. */
  readonly tags: Tags;
  /** Told once for each account of an action that would put them there, and that nobody here may do. */
  readonly onUntagged: (action: string) => void;
}

export interface LedgerMemory {
  /** Shared by all windows. */
  readonly journal: LedgerJournal;
  /** Where earlier versions kept it. */
  readonly earlier: vscode.Memento;
}

/** What the extension made, remembered for each account and region, on this machine. */
export class Ledger {
  readonly #connection: Pick<Connection, 'target' | 'services'>;
  readonly #memory: LedgerMemory;
  readonly #options: LedgerOptions;
  readonly #toldUntagged = new Set<string>();
  readonly #entries = new Map<string, readonly LedgerEntry[]>();
  /** Changes follow each other in the order in which they were asked for. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(connection: Pick<Connection, 'target' | 'services'>, memory: LedgerMemory, options: LedgerOptions) {
    this.#connection = connection;
    this.#memory = memory;
    this.#options = options;
  }

  /** To be opened before anything is made: who made it is asked while it is still certain. */
  async open(signal: AbortSignal): Promise<Lab> {
    // Both are asked for at once, so that no other connection can be chosen between the two.
    const both = Promise.all([this.#connection.target(signal), this.#connection.services()]);
    const [target, services] = await untilAborted(both, signal);
    const place = await placeOf(target, services, signal);
    await this.#read(keyOf(place));
    return { services, record: this.#record(place) };
  }

  #record(place: LabPlace): LabRecord {
    const account = keyOf(place);
    const { tags } = this.#options;
    const entryOf = (resource: LabResource): LedgerEntry => ({ resource, at: new Date().toISOString(), place });
    const add = (added: readonly LedgerEntry[]) => this.#change(account, { added });
    const remove = (gone: LabResource) => this.#change(account, { gone });
    return {
      account,
      place,
      tags,
      entries: () => this.#entries.get(account) ?? [],
      add: (made) => add(made.map(entryOf)),
      remove,
      begin: async (resource) => {
        const fresh = unrecorded(resource, await this.#read(account));
        await add([{ ...entryOf(resource), ...(resource.kind !== 'objects' && { isBegun: true }) }]);
        return async () => (fresh ? remove(fresh) : undefined);
      },
      made: async (resource, denied) => {
        await add([{ ...entryOf(resource), ...(denied === undefined && isTaggable(resource) && { tags }) }]);
        if (denied !== undefined && !this.#toldUntagged.has(`${account} ${denied}`)) {
          this.#toldUntagged.add(`${account} ${denied}`);
          this.#options.onUntagged(denied);
        }
      },
    };
  }

  /** With what other windows have made meanwhile. */
  async #read(account: string): Promise<readonly LedgerEntry[]> {
    const { journal, earlier } = this.#memory;
    const kept = readEntries(earlier.get<readonly (LedgerEntry | LabResource)[]>(account, []));
    if (kept.length > 0) {
      await journal.append(account, { added: kept }); // Should it be done twice, it is the same once.
      await earlier.update(account, undefined);
    }
    const entries = await journal.read(account);
    this.#entries.set(account, entries);
    return entries;
  }

  #change(account: string, change: LedgerChange): Promise<void> {
    const next = this.#last.then(() => this.#append(account, change));
    this.#last = next.catch(() => undefined); // Whoever asked is told; the next change goes its own way.
    return next;
  }

  async #append(account: string, change: LedgerChange): Promise<void> {
    const { journal } = this.#memory;
    await journal.append(account, change);
    this.#entries.set(account, await journal.read(account));
  }
}

/** What of it the record has not yet. */
function unrecorded(resource: LabResource, entries: readonly LedgerEntry[]): LabResource | undefined {
  const same = entries.find((entry) => resourceId(entry.resource) === resourceId(resource))?.resource;
  if (same?.kind === 'objects' && resource.kind === 'objects') {
    const recorded = new Set(same.names);
    return { ...resource, names: resource.names.filter((name) => !recorded.has(name)) };
  }
  return same ? undefined : resource;
}

/** Objects are too many to be tagged one by one. */
function isTaggable({ kind }: LabResource): boolean {
  return kind !== 'objects';
}

function keyOf(place: LabPlace): string {
  switch (place.kind) {
    case 'local':
      return `ledger local ${place.accountId}${place.storage ? ` ${place.storage.session}` : ''}`; // Elsewhere, buckets are others.
    case 'aws':
      return `ledger ${place.accountId} ${place.region}`;
  }
}

async function placeOf(target: Target, services: Services, signal: AbortSignal): Promise<LabPlace> {
  if (target.kind === 'local') {
    const { server, storage } = target;
    const { accountId, region, endpoint } = server;
    const elsewhere = storage && { storage: { session: storage.session, name: storageName(storage.storage) } };
    return { kind: 'local', accountId, region, endpoint, ...elsewhere };
  }
  const { accountId } = await services.account.identity(signal);
  const { region, profile } = target;
  return { kind: 'aws', accountId, region, ...(profile !== undefined && { profile }) };
}
