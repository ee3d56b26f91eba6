import { Failure } from '../core/failure.js';
import { type Client, type Contract, connect, type Handlers, type Port, serve } from '../protocol/channel.js';

/** A thread that is to be started, here or in a process of its own. */
export interface WorkerOrder<Asked extends Contract> {
  /** The bundle that it runs. What a process needs besides is beside it. */
  readonly script: string;
  /** What it is told at its start: nothing but data. */
  readonly workerData: unknown;
  /** What it may ask of whoever starts it. */
  readonly answers: Handlers<Asked>;
  /**
   * Whether it lets messages in all the time that it works. Then it may run in the first thread of a process of its own,
   * which hears that it is to end: it is there sooner, and takes less memory.
   */
  readonly isAllEars?: boolean;
  /** About how many bytes it will go through. */
  readonly bytes: (signal: AbortSignal) => Promise<number>;
}

/**
 * Starts a thread and connects with it. It ends when the client is disposed of; where it ends by itself, all that is
 * asked of it is rejected with `worker.died`.
 */
export type StartWorker = <C extends Contract, Asked extends Contract>(order: WorkerOrder<Asked>) => Client<C>;

/** Both directions of one port: what is asked of the worker, and what it asks. */
export function workerClient<C extends Contract, Asked extends Contract>(
  port: Port,
  answers: Handlers<Asked>,
  end: () => void,
): Client<C> {
  const client = connect<C>(port);
  const served = serve<Asked>(port, answers);
  return {
    ...client,
    dispose(reason) {
      client.dispose(reason);
      served.dispose();
      end();
    },
  };
}

/** What is told of a worker that has ended by itself: out of memory, say. */
export function workerDied(reason: string): Failure {
  return new Failure('worker.died', { reason });
}
