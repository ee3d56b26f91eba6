const atOnce = 8;

interface QueueOptions<W, T> {
  /** What has the same key is read once for all who want it. */
  readonly keyOf: (wanted: W) => string;
  readonly read: (wanted: W, signal: AbortSignal) => Promise<T>;
}

interface Waiter<T> {
  readonly isAhead: boolean;
  readonly resolve: (result: T) => void;
  readonly reject: (error: unknown) => void;
}

interface Job<W, T> {
  readonly wanted: W;
  readonly waiters: Set<Waiter<T>>;
  readonly giveUp: AbortController;
}

/**
 * Reads what is wanted, a few at a time, in the order in which it was asked for, what is only wanted ahead at last. What
 * nobody waits for any more is not begun, and given up where it was.
 */
export class ThumbnailQueue<W, T> {
  readonly #options: QueueOptions<W, T>;
  readonly #jobs = new Map<string, Job<W, T>>();
  readonly #queued: Job<W, T>[] = [];
  #running = 0;
  #holding: ReturnType<typeof setTimeout> | undefined;

  constructor(options: QueueOptions<W, T>) {
    this.#options = options;
  }

  want(wanted: W, { isAhead }: { readonly isAhead: boolean }, signal: AbortSignal): Promise<T> {
    return new Promise((resolve, reject) => {
      signal.throwIfAborted();
      const job = this.#jobFor(wanted);
      const leave = () => {
        job.waiters.delete(waiter);
        reject(signal.reason);
        if (job.waiters.size === 0) {
          this.#drop(job);
        }
      };
      const settled = () => signal.removeEventListener('abort', leave);
      const waiter: Waiter<T> = {
        isAhead,
        resolve(result) {
          settled();
          resolve(result);
        },
        reject(error) {
          settled();
          reject(error);
        },
      };
      job.waiters.add(waiter);
      signal.addEventListener('abort', leave, { once: true });
      this.#next();
    });
  }

  /** Begins nothing for so long: whoever scrolls on would have no use for it, and waits for something else. */
  hold(ms: number): void {
    clearTimeout(this.#holding);
    this.#holding = setTimeout(() => {
      this.#holding = undefined;
      this.#next();
    }, ms);
  }

  #jobFor(wanted: W): Job<W, T> {
    const key = this.#options.keyOf(wanted);
    const found = this.#jobs.get(key);
    if (found) {
      return found;
    }
    const job: Job<W, T> = { wanted, waiters: new Set(), giveUp: new AbortController() };
    this.#jobs.set(key, job);
    this.#queued.push(job);
    return job;
  }

  #next(): void {
    while (this.#holding === undefined && this.#running < atOnce && this.#queued.length > 0) {
      const urgent = this.#queued.findIndex(({ waiters }) => [...waiters].some(({ isAhead }) => !isAhead));
      const [job] = this.#queued.splice(Math.max(0, urgent), 1);
      if (job) {
        void this.#run(job);
      }
    }
  }

  async #run(job: Job<W, T>): Promise<void> {
    this.#running++;
    try {
      const result = await this.#options.read(job.wanted, job.giveUp.signal);
      job.waiters.forEach(({ resolve }) => resolve(result));
    } catch (error) {
      job.waiters.forEach(({ reject }) => reject(error));
    }
    this.#running--;
    this.#forget(job);
    this.#next();
  }

  #drop(job: Job<W, T>): void {
    this.#forget(job);
    job.giveUp.abort();
    const place = this.#queued.indexOf(job);
    if (place !== -1) {
      this.#queued.splice(place, 1);
    }
  }

  /** Another of the same key may have been begun since this one was dropped. */
  #forget(job: Job<W, T>): void {
    const key = this.#options.keyOf(job.wanted);
    if (this.#jobs.get(key) === job) {
      this.#jobs.delete(key);
    }
  }
}
