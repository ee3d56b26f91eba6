import type { Clock } from '../clock.js';
import { Refusal } from '../labeling/refusal.js';

/** A team may come in all at once from one address, and each of them mistype. */
const freeAttempts = 100;
const oneMoreEveryMs = 6_000;

/**
 * How often one address may fail to sign in, whoever it says that it is: many names guessed once each would be free
 * otherwise. It lasts as long as the server; each name's own lock is on disk.
 */
export class AttemptLimit {
  readonly #clock: Clock;
  readonly #used = new Map<string, { readonly attempts: number; readonly atMs: number }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Counted before the password is looked at, and given back by `succeed`. */
  begin(address: string): void {
    this.#forgetOld();
    const attempts = this.#attemptsOf(address);
    if (attempts >= freeAttempts) {
      const seconds = Math.ceil(((attempts - freeAttempts + 1) * oneMoreEveryMs) / 1_000);
      throw new Refusal('TooManyAttempts', `Too many attempts. Try again in ${seconds} seconds.`, seconds);
    }
    this.#set(address, attempts + 1);
  }

  succeed(address: string): void {
    this.#set(address, this.#attemptsOf(address) - 1);
  }

  #attemptsOf(address: string): number {
    const used = this.#used.get(address);
    return used === undefined ? 0 : Math.max(0, used.attempts - (this.#nowMs - used.atMs) / oneMoreEveryMs);
  }

  #set(address: string, attempts: number): void {
    this.#used.set(address, { attempts, atMs: this.#nowMs });
  }

  #forgetOld(): void {
    for (const address of this.#used.keys()) {
      if (this.#attemptsOf(address) <= 0) {
        this.#used.delete(address);
      }
    }
  }

  get #nowMs(): number {
    return this.#clock.now().getTime();
  }
}
