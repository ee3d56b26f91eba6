import { type MessagePort, parentPort, Worker, workerData } from 'node:worker_threads';
import type { Client, Contract, Port } from '../protocol/channel.js';
import { inProcess } from './ownProcess.js';
import { workerClient, workerDied, type WorkerOrder } from './startWorker.js';

/** Starts the worker as a thread of this process. */
export function startThread<C extends Contract, Asked extends Contract>(order: WorkerOrder<Asked>): Client<C> {
  const worker = newThread(order.script, order.workerData);
  const client = workerClient<C, Asked>(threadPort(worker), order.answers, () => void worker.terminate());
  worker.once('error', (error: unknown) => client.dispose(workerDied(String(error))));
  worker.once('exit', (code) => client.dispose(workerDied(`exit code ${code}`)));
  return client;
}

/** A bundle needs nothing of what the process was started with, which may take long to load. */
export function newThread(script: string, data: unknown): Worker {
  return new Worker(script, { workerData: data, execArgv: [] });
}

/** The worker's own end, in a thread or in a process: begins with what it was told, and the port to its parent. */
export function inWorker(begin: (data: unknown, port: Port) => void): void {
  if (parentPort) {
    begin(workerData, threadPort(parentPort));
  } else {
    inProcess(begin);
  }
}

/** A thread's end, or the end that it has itself, as the port of a typed channel. */
export function threadPort(end: MessagePort | Worker): Port {
  return {
    post: (message) => end.postMessage(message),
    onMessage(listener) {
      end.on('message', listener);
      return { dispose: () => void end.off('message', listener) };
    },
  };
}
