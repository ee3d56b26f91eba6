import { setTimeout as delay } from 'node:timers/promises';
import type { OpenStorage, Storage, StorageKeys } from '../core/storage.js';
import type { LocalStorages } from './httpStorages.js';

export interface StorageKeeperOptions {
  readonly storages: LocalStorages;
  readonly storage: Storage;
  readonly certificateAuthorities?: string;
  /** The keys as they are now. Whoever waits for them may be asked for something, such as a code. */
  readonly resolve: (how: { readonly mayAsk: boolean }) => Promise<StorageKeys>;
  readonly lookEveryMs?: number;
}

export interface KeptStorage extends OpenStorage {
  /** From now on the server is given no more keys. */
  dispose(): void;
}

const usualLookMs = 5_000;
/** Keys that end so soon are asked for again. */
const earlyMs = 5 * 60_000;
/** Some keys come from a program or over the network: they are not asked for more often, unless somebody needs them. */
const retryMs = 60_000;
/** Whoever opens a connection waits no longer for keys: some come over the network. */
const firstWaitMs = 2_000;

/**
 * Tells Local Ground Truth of a storage, and sees to it that it has keys: also when they expire, and when the server was
 * started anew, which then has none. Where there are no keys, all else works; whoever asks the storage is told.
 */
export async function keepStorage(options: StorageKeeperOptions): Promise<KeptStorage> {
  const { storages, storage, certificateAuthorities, lookEveryMs = usualLookMs } = options;
  const authorities = certificateAuthorities === undefined ? {} : { certificateAuthorities };
  const keyring = new Keyring(options.resolve);
  const closing = new AbortController();
  let given: StorageKeys | undefined;
  const give = async (): Promise<string> => {
    const keys = keyring.held;
    const { session } = await storages.give({ storage, ...authorities, ...(keys && { keys }) }, closing.signal);
    given = keys;
    return session;
  };
  await Promise.race([keyring.refresh(), delay(firstWaitMs, undefined, { ref: false })]);
  const session = await give();
  const look = async (): Promise<void> => {
    await keyring.refresh();
    const standing = await storages.standing(session, closing.signal);
    if (standing === undefined || standing.needsKeys === true || given !== keyring.held) {
      await give();
    }
  };
  let timer: NodeJS.Timeout | undefined;
  const schedule = (): void => {
    timer = setTimeout(() => {
      look()
        .catch(() => undefined) // The server is gone: whoever asks it is told.
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
  readonly #resolve: StorageKeeperOptions['resolve'];
  #asking: Promise<void> | undefined;
  #askedAt = Number.NEGATIVE_INFINITY;
  /** The newest. */
  held: StorageKeys | undefined;

  constructor(resolve: StorageKeeperOptions['resolve']) {
    this.#resolve = resolve;
  }

  /** Asks nobody; where there are none to be had so, the old ones stay. */
  async refresh(): Promise<void> {
    if (!this.#isGood && Date.now() >= this.#askedAt + retryMs) {
      await this.#ask({ mayAsk: false }).catch(() => undefined); // Whoever needs them is told why.
    }
  }

  async keys(): Promise<StorageKeys> {
    if (!this.#isGood) {
      await this.#asking?.catch(() => undefined);
    }
    if (!this.#isGood) {
      await this.#ask({ mayAsk: true });
    }
    const { held } = this;
    if (held === undefined) {
      throw new Error('Keys were resolved, and there are none');
    }
    return held;
  }

  get #isGood(): boolean {
    const end = this.held?.expiration?.getTime() ?? Number.POSITIVE_INFINITY;
    return this.held !== undefined && end > Date.now() + earlyMs;
  }

  #ask(how: { readonly mayAsk: boolean }): Promise<void> {
    this.#asking ??= this.#take(how).finally(() => {
      this.#asking = undefined;
    });
    return this.#asking;
  }

  async #take(how: { readonly mayAsk: boolean }): Promise<void> {
    this.#askedAt = Date.now();
    this.held = await this.#resolve(how);
  }
}
