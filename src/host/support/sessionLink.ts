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
  #calls = 0;
  #isReleased = false;
  #hasFailed = false;

  constructor(options: SessionLinkOptions<S>) {
    this.#options = options;
    this.services = {
      account: this.port(({ services }) => services.account),
      objects: this.port(({ services }) => services.objects),
      labelingJobs: this.port(({ services }) => services.labelingJobs),
      privateTeams: this.port(({ services }) => services.privateTeams),
      executionRoles: this.port(({ services }) => services.executionRoles),
      dispose: () => undefined, // The link owns what is behind them.
    };
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
      during: (call) => this.#during(call),
    });
  }

  /** Nobody will ask for services any more. */
  release(): void {
    this.#isReleased = true;
    this.#closeUnneeded();
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
      if (this.#hasFailed && !this.#isReleased) {
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
    this.#opened = undefined;
    this.#opening = undefined;
    try {
      await this.open();
    } finally {
      failed.services.dispose();
    }
  }

  async #during<T>(call: () => Promise<T>): Promise<T> {
    this.#calls += 1;
    try {
      return await call();
    } finally {
      this.#calls -= 1;
      this.#closeUnneeded();
    }
  }

  #closeUnneeded(): void {
    if (!this.#isReleased || this.#calls > 0) {
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
