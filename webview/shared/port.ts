import type { Port } from '../../src/protocol/channel.js';

interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

let api: VsCodeApi | undefined;

// VS Code gives the object out once a page; a second call throws.
function vscode(): VsCodeApi {
  return (api ??= acquireVsCodeApi());
}

/** The page's end of its channel to the extension host. */
export function hostPort(): Port {
  return {
    post: (message) => vscode().postMessage(message),
    onMessage(listener) {
      // A task template's frame can post to this window too; its origin is opaque, VS Code's is the page's own.
      const receive = ({ data, origin }: MessageEvent<unknown>) => {
        if (origin === window.origin) {
          listener(data);
        }
      };
      window.addEventListener('message', receive);
      return { dispose: () => window.removeEventListener('message', receive) };
    },
  };
}

/** What the user arranged in this page (scroll, selection, filter): it survives a reload of the window. */
export const pageState = {
  get: (): unknown => vscode().getState(),
  set: (state: unknown): void => vscode().setState(state),
};
