import type { MessagePort, Worker } from 'node:worker_threads';
import type { Port } from '../protocol/channel.js';

/** A thread's or a message channel's end, as the port of a typed channel. */
export function threadPort(end: MessagePort | Worker): Port {
  return {
    post: (message) => end.postMessage(message),
    onMessage(listener) {
      end.on('message', listener);
      return { dispose: () => void end.off('message', listener) };
    },
  };
}
