import type { Services } from '../../core/ports.js';
import { type Revivable, reviving } from './reviving.js';

interface Session {
  readonly services: Services;
}

interface SessionLinkOptions<S extends Session> {
  readonly connect: () => Promise<S>;
  readonly goneBy: Revivable<S, object>['goneBy'];
  /** A session is open at last, after one that could not be opened. */
  readonly onRecovered: () => void;
  /** The first call of a session has succeeded: it is good for something. */
  readonly onWorking?: () => void;
  /** Asks the user for what a session needs that has worked until now; resolves to whether it is there. */
  readonly renew?: (signal: AbortSignal) => Promise<boolean>;
}

/**
 * The session behind one choice of connection: opened when it is first needed, and anew where it is gone. Whoever was
 * given its services keeps them after another connection was chosen, so that what was begun ends where it began; the
 * session is closed when the last call is over.
 */
export class SessionLink<S extends Session> {
  readonly #options: SessionLinkOptions<S>;
  /** The same for everybody, whichever session is behind them. */
  readonly services: Services;
  #opening: Promise<S> | undefined;
  #opened: S | undefined;
  /** Sessions that nobody is given any more, closed when no call is under way that may be theirs. */
  readonly #retired: S[] = [];
  #calls = 0;
  #hasFailed = false;
  /** Whether any call has succeeded since the user was last asked for anything, and said no. */
  #hasWorked = false;
  /** The session that is known to work. */
  #working: S | undefined;
  #renewing: Promise<boolean> | undefined;
  #workedAt = 0;
  readonly #released = new AbortController();

  constructor(options: SessionLinkOptions<S>) {
    this.#options = options;
    this.services = {
      account: this.port(({ services }) => services.account),
      objects: this.port(({ services }) => services.objects),
      bucketContents: this.port(({ services }) => services.bucketContents),
      labelingJobs: this.port(({ services }) => services.labelingJobs),
      privateTeams: this.port(({ services }) => services.privateTeams),
      executionRoles: this.port(({ services }) => services.executionRoles),
      probes: this.port(({ services }) => services.probes),
      repairs: this.port(({ services }) => services.repairs),
      dispose: () => undefined, // The link owns what is behind them.
    };
  }

  /** When the last call succeeded, in milliseconds since 1970; 0 before the first. */
  get workedAt(): number {
    return this.#workedAt;
  }

  /** All who ask at the same time wait for one session; after one that could not be opened the next asks anew. */
  open(): Promise<S> {
    return this.#opening ?? this.#connect();
  }

  port<Port extends object>(pick: (session: S) => Port): Port {
    return reviving({
      open: () => this.open(),
      pick,
      goneBy: this.#options.goneBy,
      revive: (failed) => this.#revive(failed),
      renew: () => this.#renew(),
      during: (call) => this.#during(call),
    });
  }

  /** Nobody will ask for services any more. */
  release(): void {
    this.#released.abort();
    this.#closeUnneeded();
  }

  /** What a session is opened with may be different now: the next call opens another. */
  outdate(): void {
    if (this.#opened) {
      this.#retire(this.#opened);
      this.#closeUnneeded();
    }
  }

  #connect(): Promise<S> {
    const opening = this.#options.connect();
    this.#opening = opening;
    void this.#follow(opening);
    return opening;
  }

  /** What comes of it counts unless the session was closed or opened anew meanwhile. */
  async #follow(opening: Promise<S>): Promise<void> {
    try {
      const session = await opening;
      this.#opened = this.#opening === opening ? session : this.#opened;
      if (this.#hasFailed && !this.#released.signal.aborted) {
        this.#options.onRecovered();
      }
      this.#hasFailed = false;
    } catch {
      this.#hasFailed = true;
      this.#opening = this.#opening === opening ? undefined : this.#opening; // Whoever asked is told why.
    }
  }

  // Whoever finds the session gone first opens the next; the others, whose calls failed at the same time, wait for it.
  async #revive(failed: S): Promise<void> {
    if (this.#opened !== failed) {
      return;
    }
    this.#retire(failed);
    await this.open();
  }

  #retire(session: S): void {
    this.#retired.push(session);
    this.#opened = undefined;
    this.#opening = undefined;
  }

  /** All whose calls failed at the same time wait for one answer. Who said no is not asked again until it has worked. */
  #renew(): Promise<boolean> {
    const { renew } = this.#options;
    const { signal } = this.#released;
    if (!renew || !this.#hasWorked || signal.aborted) {
      return this.#renewing ?? Promise.resolve(false);
    }
    this.#hasWorked = false;
    this.#renewing = renew(signal).finally(() => {
      this.#renewing = undefined;
    });
    return this.#renewing;
  }

  async #during<T>(call: () => Promise<T>): Promise<T> {
    this.#calls += 1;
    try {
      const result = await call();
      this.#hasWorked = true;
      this.#workedAt = Date.now();
      this.#tellWorking();
      return result;
    } finally {
      this.#calls -= 1;
      this.#closeUnneeded();
    }
  }

  #tellWorking(): void {
    if (this.#opened !== undefined && this.#working !== this.#opened) {
      this.#working = this.#opened;
      this.#options.onWorking?.();
    }
  }

  #closeUnneeded(): void {
    if (this.#calls > 0) {
      return;
    }
    for (const { services } of this.#retired.splice(0)) {
      services.dispose();
    }
    if (!this.#released.signal.aborted) {
      return;
    }
    void this.#opening?.then(
      ({ services }) => services.dispose(),
      () => undefined, // It was never opened, so there is nothing to close.
    );
    this.#opening = undefined;
    this.#opened = undefined;
  }
}
