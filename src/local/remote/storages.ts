import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { DatabaseSync } from 'node:sqlite';
import { type Storage, storageEndpoint, storageKey, type StorageKeys } from '../../core/storage.js';
import type { Clock } from '../clock.js';
import { query, run } from '../records.js';
import { type ObjectStorage, type ObjectStorages, storagePrefix } from '../store/objectStorage.js';
import { remoteObjectStorage } from './remoteObjectStorage.js';
import type { StorageAway } from './storageAway.js';
import { keysExpired, keysMissing } from './storageProblems.js';
import { StoreClient } from './storeClient.js';

export interface StoragesDependencies {
  readonly database: DatabaseSync;
  readonly clock: Clock;
  /** Local Ground Truth's own objects. */
  readonly own: ObjectStorage;
  /** A storage may be used again, perhaps: jobs that wait for it can be tried. */
  readonly onBack: (id: string) => void;
}

/** What a client gives of a storage: where it is, which is kept, and its keys, which are not. */
export interface GivenStorage {
  readonly storage: Storage;
  readonly certificateAuthorities?: string;
  readonly keys?: StorageKeys;
}

interface Opened {
  readonly endpoint: string;
  readonly client: StoreClient;
  readonly objects: ObjectStorage;
  readonly certificateAuthorities: string | undefined;
  keys: StorageKeys | undefined;
  problem: StorageAway | undefined;
  /** While it is looked whether the storage is back. */
  looking: { dispose(): void } | undefined;
}

const lookAgainMs = 5_000;

interface StorageRow {
  readonly id: string;
  readonly storage: string;
  readonly certificate_authorities: string | null;
}

/**
 * The storages elsewhere that labeling jobs use. Where they are is a record; their keys are in memory alone, so that a
 * server that was started anew waits for whoever has them.
 */
export class Storages implements ObjectStorages {
  readonly #dependencies: StoragesDependencies;
  readonly #opened = new Map<string, Opened>();

  constructor(dependencies: StoragesDependencies) {
    this.#dependencies = dependencies;
    dependencies.database.exec(
      'CREATE TABLE IF NOT EXISTS storages (id TEXT PRIMARY KEY, storage TEXT NOT NULL, certificate_authorities TEXT)',
    );
  }

  /** Resolves to what calls are signed with that mean this storage, as a session token. */
  give({ storage, certificateAuthorities, keys }: GivenStorage): string {
    const id = `${storagePrefix}${createHash('sha256').update(storageKey(storage)).digest('hex').slice(0, 20)}`;
    run(
      this.#dependencies.database,
      'INSERT OR REPLACE INTO storages (id, storage, certificate_authorities) VALUES (?, ?, ?)',
      id,
      JSON.stringify(storage),
      certificateAuthorities ?? null,
    );
    if (this.#opened.get(id)?.certificateAuthorities !== certificateAuthorities) {
      this.#close(id);
    }
    const opened = this.#open(id);
    if (opened && keys && !isDeepStrictEqual(keys, opened.keys)) {
      opened.keys = keys;
      opened.problem = undefined;
      this.#dependencies.onBack(id);
    }
    return id;
  }

  has(id: string): boolean {
    return this.#open(id) !== undefined;
  }

  of(id: string | undefined): ObjectStorage {
    if (id === undefined) {
      return this.#dependencies.own;
    }
    const opened = this.#open(id);
    if (opened === undefined) {
      throw new Error(`There is no storage "${id}".`); // No job was accepted with another one.
    }
    return opened.objects;
  }

  /** What keeps the storage as a whole from being used, as far as is known. */
  problem(id: string | undefined): StorageAway | undefined {
    const opened = id === undefined ? undefined : this.#open(id);
    return opened && (this.#keysProblem(opened) ?? opened.problem);
  }

  dispose(): void {
    for (const id of this.#opened.keys()) {
      this.#close(id);
    }
  }

  #close(id: string): void {
    this.#opened.get(id)?.looking?.dispose();
    this.#opened.get(id)?.client.dispose();
    this.#opened.delete(id);
  }

  #open(id: string): Opened | undefined {
    const known = this.#opened.get(id);
    const row = known ? undefined : this.#row(id);
    if (row === undefined) {
      return known;
    }
    const location = JSON.parse(row.storage) as Storage;
    const certificateAuthorities = row.certificate_authorities ?? undefined;
    const client = new StoreClient({
      location,
      ...(certificateAuthorities !== undefined && { certificateAuthorities }),
      keys: () => this.#keysOf(opened),
      clock: this.#dependencies.clock,
      onOutcome: (problem, bucket) => this.#note(id, problem?.isOfAll === true ? problem : undefined, bucket),
    });
    const endpoint = storageEndpoint(location);
    const opened: Opened = {
      endpoint,
      client,
      objects: remoteObjectStorage(client, endpoint),
      certificateAuthorities,
      keys: undefined,
      problem: undefined,
      looking: undefined,
    };
    this.#opened.set(id, opened);
    return opened;
  }

  /** What is in the way may pass without anybody's doing: then it is not said any longer than it is so. */
  #note(id: string, problem: StorageAway | undefined, bucket: string): void {
    const opened = this.#opened.get(id);
    if (opened === undefined) {
      return; // It is given anew, with other authorities.
    }
    const isBack = opened.problem !== undefined && problem === undefined;
    opened.problem = problem;
    if (problem?.needsKeys === false) {
      opened.looking ??= this.#dependencies.clock.after(lookAgainMs, () => {
        opened.looking = undefined;
        void opened.objects.findBucket(bucket).catch(() => undefined); // Its outcome is noted here.
      });
    }
    if (isBack) {
      this.#dependencies.onBack(id);
    }
  }

  #keysOf(opened: Opened): StorageKeys {
    const { endpoint, keys } = opened;
    if (keys === undefined) {
      throw keysMissing(endpoint);
    }
    const problem = this.#keysProblem(opened);
    if (problem !== undefined) {
      throw problem;
    }
    return keys;
  }

  #keysProblem({ endpoint, keys }: Opened): StorageAway | undefined {
    if (keys === undefined) {
      return keysMissing(endpoint);
    }
    const isOver = keys.expiration !== undefined && keys.expiration <= this.#dependencies.clock.now();
    return isOver ? keysExpired(endpoint) : undefined;
  }

  #row(id: string): StorageRow | undefined {
    return query<StorageRow>(this.#dependencies.database, 'SELECT * FROM storages WHERE id = ?').one(id);
  }
}
