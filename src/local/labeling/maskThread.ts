import { Worker } from 'node:worker_threads';
import type { Clock } from '../clock.js';
import type { FromMasks, ToMasks } from './maskMessages.js';
import { type AnsweredMask, type MaskAnswer, type Masks, MasksBrokenOff, type MergedMask } from './masks.js';

/** After so long without a mask the thread's memory is worth more than another start. */
const idleMs = 10_000;

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (reason: unknown) => void;
}

/** Works on masks in a thread of its own, one after the other, while the server answers everybody else. */
export class MaskThread implements Masks {
  readonly #program: string;
  readonly #clock: Clock;
  readonly #waiting = new Map<number, Waiting>();
  #nextId = 0;
  #worker: Worker | undefined;
  #idle: { dispose(): void } | undefined;

  /** `program` is `maskProgram.js`, or its source. */
  constructor(program: string, clock: Clock) {
    this.#program = program;
    this.#clock = clock;
  }

  async check(answer: MaskAnswer): Promise<string | undefined> {
    return (await this.#ask((id) => ({ kind: 'check', id, answer }))) as string | undefined;
  }

  async merge(object: AnsweredMask): Promise<MergedMask> {
    return (await this.#ask((id) => ({ kind: 'merge', id, object }))) as MergedMask;
  }

  dispose(): void {
    this.#end(new MasksBrokenOff('The thread that works on masks was ended.'));
  }

  async #ask(messageOf: (id: number) => ToMasks): Promise<unknown> {
    this.#idle?.dispose();
    this.#worker ??= this.#start();
    const worker = this.#worker;
    const id = this.#nextId;
    this.#nextId += 1;
    try {
      return await new Promise<unknown>((resolve, reject) => {
        this.#waiting.set(id, { resolve, reject });
        worker.postMessage(messageOf(id));
      });
    } finally {
      this.#waiting.delete(id);
      this.#rest();
    }
  }

  #start(): Worker {
    const worker = new Worker(this.#program);
    worker.unref(); // The listening server keeps the process alive, not this.
    worker.on('message', (answer: FromMasks) => this.#take(answer));
    worker.on('error', (error) => this.#endOf(worker, error));
    worker.on('exit', () => this.#endOf(worker, new Error('The thread that works on masks has ended.')));
    return worker;
  }

  #take(answer: FromMasks): void {
    const waiting = this.#waiting.get(answer.id);
    switch (answer.kind) {
      case 'done':
        waiting?.resolve(answer.value);
        return;
      case 'failed':
        waiting?.reject(answer.error);
        return;
    }
  }

  #rest(): void {
    if (this.#waiting.size === 0 && this.#worker !== undefined) {
      this.#idle = this.#clock.after(idleMs, () => this.dispose());
    }
  }

  #endOf(worker: Worker, reason: unknown): void {
    if (worker === this.#worker) {
      this.#end(reason);
    }
  }

  #end(reason: unknown): void {
    this.#idle?.dispose();
    const worker = this.#worker;
    this.#worker = undefined;
    this.#waiting.forEach(({ reject }) => reject(reason));
    void worker?.terminate();
  }
}
