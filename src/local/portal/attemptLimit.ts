import { isIPv6 } from 'node:net';
import type { Clock } from '../clock.js';
import { Refusal } from '../labeling/refusal.js';

/** A team may come in all at once from one address, and each of them mistype. */
const freeAttempts = 100;
const oneMoreEveryMs = 6_000;

interface Used {
  readonly attempts: number;
  readonly atMs: number;
}

/**
 * How often one address may fail to sign in, whoever it says that it is: many names guessed once each would be free
 * otherwise. All addresses of an IPv6 network count as one. It lasts as long as the server; each name's own lock is on
 * disk.
 */
export class AttemptLimit {
  readonly #clock: Clock;
  readonly #used = new Map<string, Used>();

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
    return this.#left(this.#used.get(networkOf(address)));
  }

  #left(used: Used | undefined): number {
    return used === undefined ? 0 : Math.max(0, used.attempts - (this.#nowMs - used.atMs) / oneMoreEveryMs);
  }

  #set(address: string, attempts: number): void {
    this.#used.set(networkOf(address), { attempts, atMs: this.#nowMs });
  }

  #forgetOld(): void {
    for (const [network, used] of this.#used) {
      if (this.#left(used) <= 0) {
        this.#used.delete(network);
      }
    }
  }

  get #nowMs(): number {
    return this.#clock.now().getTime();
  }
}

/** An IPv4 address as it is; of an IPv6 address the first 64 bits, below which everybody gives themselves what they like. */
function networkOf(address: string): string {
  if (!isIPv6(address)) {
    return address;
  }
  const [number = '', zone = ''] = address.split('%');
  const groups = groupsOf(number);
  const isMapped = groups.slice(0, 6).join(':') === '0:0:0:0:0:ffff';
  return isMapped
    ? groups
        .slice(6)
        .flatMap((group) => [Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 0xff])
        .join('.')
    : `${groups.slice(0, 4).join(':')}%${zone}`;
}

/** The eight groups of an IPv6 address, in lower case and without zeros in front. */
function groupsOf(address: string): readonly string[] {
  // A URL's host is written in the one short form that the standard says, with an IPv4 part as two groups.
  const [head = '', tail] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::');
  const [first, last] = [head, tail ?? ''].map((part) => (part === '' ? [] : part.split(':')));
  const missing = 8 - (first?.length ?? 0) - (last?.length ?? 0);
  return [...(first ?? []), ...Array.from({ length: missing }, () => '0'), ...(last ?? [])];
}
