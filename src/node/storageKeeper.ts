import type { OpenStorage, Storage, StorageKeys } from '../core/storage.js';
import type { LocalStorages } from './httpStorages.js';

export interface StorageKeeperOptions {
  readonly storages: LocalStorages;
  readonly storage: Storage;
  readonly certificateAuthorities?: string;
  /** The keys as they are now. It may ask the user. */
  readonly resolve: () => Promise<StorageKeys>;
  readonly lookEveryMs?: number;
}

export interface KeptStorage extends OpenStorage {
  /** From now on the server is given no more keys. */
  dispose(): void;
}

const usualLookMs = 5_000;
/** Keys that end so soon are asked for again. */
const earlyMs = 5 * 60_000;

/**
 * Tells Local Ground Truth of a storage, and sees to it that it has keys: also when they expire, and when the server was
 * started anew, which then has none. Where there are no keys, all else works; whoever asks the storage is told.
 */
export async function keepStorage(options: StorageKeeperOptions): Promise<KeptStorage> {
  const { storages, storage, certificateAuthorities, lookEveryMs = usualLookMs } = options;
  const authorities = certificateAuthorities === undefined ? {} : { certificateAuthorities };
  const keyring = new Keyring(options.resolve);
  const closing = new AbortController();
  const give = async (keys: StorageKeys | undefined): Promise<string> => {
    const { session } = await storages.give({ storage, ...authorities, ...(keys && { keys }) }, closing.signal);
    given = keys;
    return session;
  };
  let given: StorageKeys | undefined;
  const session = await give(await keyring.keys().catch(() => undefined));
  const look = async (): Promise<void> => {
    const standing = await storages.standing(session, closing.signal);
    const isWanted = standing === undefined || standing.needsKeys === true || given !== keyring.held;
    if (isWanted || keyring.endsSoon) {
      await give(keyring.hasFailed ? keyring.held : await keyring.keys());
    }
  };
  let timer: NodeJS.Timeout | undefined;
  const schedule = (): void => {
    timer = setTimeout(() => {
      look()
        .catch(() => undefined) // The server is gone, or there are no keys: whoever asks either is told.
        .finally(() => closing.signal.aborted || schedule());
    }, lookEveryMs);
    timer.unref();
  };
  schedule();
  return {
    storage,
    session,
    keys: () => keyring.keys(),
    ...authorities,
    dispose() {
      closing.abort();
      clearTimeout(timer);
    },
  };
}

/** Keys, kept until shortly before they expire, so that nobody is asked twice for the same. */
class Keyring {
  readonly #resolve: () => Promise<StorageKeys>;
  #asking: Promise<StorageKeys> | undefined;
  /** The newest. */
  held: StorageKeys | undefined;
  /** The last time that they were asked for; then they are not asked for again unless somebody needs them. */
  hasFailed = false;

  constructor(resolve: () => Promise<StorageKeys>) {
    this.#resolve = resolve;
  }

  get endsSoon(): boolean {
    const end = this.held?.expiration;
    return end !== undefined && end.getTime() <= Date.now() + earlyMs && !this.hasFailed;
  }

  async keys(): Promise<StorageKeys> {
    const { held } = this;
    if (held !== undefined && (held.expiration?.getTime() ?? Number.POSITIVE_INFINITY) > Date.now() + earlyMs) {
      return held;
    }
    this.#asking ??= this.#ask().finally(() => {
      this.#asking = undefined;
    });
    return this.#asking;
  }

  async #ask(): Promise<StorageKeys> {
    try {
      this.held = await this.#resolve();
      this.hasFailed = false;
      return this.held;
    } catch (error) {
      this.hasFailed = true;
      throw error;
    }
  }
}
