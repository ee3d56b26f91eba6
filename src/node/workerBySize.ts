import { stat } from 'node:fs/promises';
import type { ManifestBytes } from '../core/manifest/manifestScan.js';
import type { Client, Contract } from '../protocol/channel.js';
import type { WorkerOrder } from './startWorker.js';
import { startProcess } from './workerProcess.js';
import { startThread } from './workerThread.js';

/** What goes through a thread of the extension host's own process may take a few times its size of memory there. */
export const mostBytesInThread = 16 << 20;

/** Starts a thread where there is little to do: it is there sooner. For the rest, a process that has its own memory. */
export function startBySize<C extends Contract, Asked extends Contract>(order: WorkerOrder<Asked>): Client<C> {
  const closing = new AbortController();
  const { signal } = closing;
  const closed = new Promise<never>((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
  const starting = Promise.race([order.bytes(signal), closed]).then((bytes): Client<C> => {
    signal.throwIfAborted();
    return bytes <= mostBytesInThread ? startThread(order) : startProcess(order);
  });
  starting.catch(() => undefined); // Whoever asks is told.
  return {
    async call(method, params, giveUp) {
      const client = await untilGivenUp(starting, giveUp);
      return client.call(method, params, giveUp);
    },
    on(event, listener) {
      // What is asked after this is asked after this: nothing is missed.
      const listening = starting.then((client) => client.on(event, listener));
      listening.catch(() => undefined); // Nothing was started, and so nothing is told.
      return { dispose: () => void listening.then((heard) => heard.dispose()).catch(() => undefined) };
    },
    dispose(reason = new Error('Nobody waits for it any more')) {
      closing.abort(reason);
      void starting.then((client) => client.dispose(reason)).catch(() => undefined); // It was not started.
    },
  };
}

/** How large manifests are together. Why a file cannot be read is told by whoever reads it. */
export async function bytesOf(manifests: readonly ManifestBytes[], signal: AbortSignal): Promise<number> {
  const sizes = manifests.map(async (bytes) =>
    bytes.kind === 'file'
      ? await stat(bytes.path).then(
          ({ size }) => size,
          () => 0,
        )
      : await bytes.source.size(signal),
  );
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

/** Whoever gives up does not wait for a size that is slow to come. */
function untilGivenUp<T>(waiting: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  return new Promise((resolve, reject) => {
    const giveUp = () => reject(signal?.reason instanceof Error ? signal.reason : new Error('It was given up'));
    if (signal?.aborted === true) {
      giveUp();
    }
    signal?.addEventListener('abort', giveUp, { once: true });
    void waiting.then(resolve, reject).finally(() => signal?.removeEventListener('abort', giveUp));
  });
}
