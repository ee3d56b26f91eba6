import type { Port } from '../../src/protocol/channel.js';

/** Two ends of a message channel; structured cloning shows what would not survive `postMessage`. */
export function portPair(): [Port, Port] {
  const listeners: [Set<(message: unknown) => void>, Set<(message: unknown) => void>] = [new Set(), new Set()];
  const end = (own: 0 | 1, other: 0 | 1): Port => ({
    post(message) {
      const copy: unknown = structuredClone(message);
      queueMicrotask(() => listeners[other].forEach((listener) => listener(copy)));
    },
    onMessage(listener) {
      listeners[own].add(listener);
      return { dispose: () => void listeners[own].delete(listener) };
    },
  });
  return [end(0, 1), end(1, 0)];
}
