import { stat } from 'node:fs/promises';
import { Turns } from '../../core/turns.js';
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
  readonly #turns = new Turns(threadsAtOnce);
  #isDisposed = false;

  constructor(options: ModuleThreadOptions, clock: Clock) {
    this.#options = options;
    this.#clock = clock;
  }

  /** Has `call` use a thread that nobody else uses meanwhile. */
  async run<T>(call: (thread: ModuleThread) => Promise<T>): Promise<T> {
    return this.#turns.take(async () => {
      const changedAt = await this.#changedAt();
      const thread = this.#idleThread(changedAt) ?? new ModuleThread(this.#options);
      try {
        return await call(thread);
      } finally {
        this.#rest(thread, changedAt);
      }
    });
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#drop(() => true);
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
