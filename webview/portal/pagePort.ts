import type { Port } from '../../src/protocol/channel.js';

const stateKey = 'page';

/** Stands in for VS Code around a page: gives it what VS Code gives, and resolves to the host's end of its port. */
export function standInForVsCode(): Port {
  const listeners = new Set<(message: unknown) => void>();
  const api = {
    postMessage: (message: unknown) => {
      const copy: unknown = structuredClone(message);
      queueMicrotask(() => listeners.forEach((listener) => listener(copy))); // As a message: not before this returns.
    },
    getState: (): unknown => JSON.parse(sessionStorage.getItem(stateKey) ?? 'null') ?? undefined,
    setState: (state: unknown) => sessionStorage.setItem(stateKey, JSON.stringify(state)),
  };
  Object.assign(window, { acquireVsCodeApi: () => api });
  return {
    post: (message) => window.postMessage(message, window.origin),
    onMessage(listener) {
      listeners.add(listener);
      return { dispose: () => void listeners.delete(listener) };
    },
  };
}
