import { stat } from 'node:fs/promises';
import type { Clock } from '../clock.js';
import { FunctionUnavailable } from './labelingFunctions.js';
import { ModuleThread, type ModuleThreadOptions } from './moduleThread.js';

const threadsAtOnce = 4;
const idleMs = 10_000;

interface Idle {
  readonly thread: ModuleThread;
  /** When the module's file was changed, as the thread has it. */
  readonly changedAt: number;
  readonly timer: { dispose(): void };
}

/** The threads of one module. They wait a while for the next call; one that has an old version of the file goes. */
export class ModulePool {
  readonly #options: ModuleThreadOptions;
  readonly #clock: Clock;
  #idle: Idle[] = [];
  #free = threadsAtOnce;
  #isDisposed = false;
  readonly #waiting: (() => void)[] = [];

  constructor(options: ModuleThreadOptions, clock: Clock) {
    this.#options = options;
    this.#clock = clock;
  }

  /** Has `call` use a thread that nobody else uses meanwhile. */
  async run<T>(call: (thread: ModuleThread) => Promise<T>): Promise<T> {
    await this.#enter();
    try {
      const changedAt = await this.#changedAt();
      const thread = this.#idleThread(changedAt) ?? new ModuleThread(this.#options);
      try {
        return await call(thread);
      } finally {
        this.#rest(thread, changedAt);
      }
    } finally {
      this.#leave();
    }
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#drop(() => true);
  }

  async #enter(): Promise<void> {
    if (this.#free > 0) {
      this.#free -= 1;
      return;
    }
    await new Promise<void>((enter) => {
      this.#waiting.push(enter);
    });
  }

  /** Whoever waits longest takes the place that was left. */
  #leave(): void {
    const next = this.#waiting.shift();
    if (next === undefined) {
      this.#free += 1;
    } else {
      next();
    }
  }

  async #changedAt(): Promise<number> {
    try {
      return (await stat(this.#options.module)).mtimeMs;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new FunctionUnavailable(`The function's module cannot be read: ${reason}`, { cause: error });
    }
  }

  #idleThread(changedAt: number): ModuleThread | undefined {
    this.#drop((idle) => idle.thread.isOver || idle.changedAt !== changedAt);
    const idle = this.#idle.pop();
    idle?.timer.dispose();
    return idle?.thread;
  }

  #rest(thread: ModuleThread, changedAt: number): void {
    if (this.#isDisposed) {
      thread.dispose();
    } else if (!thread.isOver) {
      const timer = this.#clock.after(idleMs, () => this.#drop((idle) => idle.thread === thread));
      this.#idle.push({ thread, changedAt, timer });
    }
  }

  #drop(isUnwanted: (idle: Idle) => boolean): void {
    for (const { thread, timer } of this.#idle.filter(isUnwanted)) {
      timer.dispose();
      thread.dispose();
    }
    this.#idle = this.#idle.filter((idle) => !isUnwanted(idle));
  }
}
