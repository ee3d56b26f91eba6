import { WorkerDesk } from '../../src/core/portal/workerDesk.js';
import type { PortalSession } from '../../src/core/portal/workerPortal.js';
import { renderTemplate } from '../../src/core/templates/renderTemplate.js';
import { type Host, type Port, serve } from '../../src/protocol/channel.js';
import { labelingHandlers } from '../../src/protocol/labelingHandlers.js';
import type { LabelingPage } from '../../src/protocol/labelingPage.js';
import { browserPortal } from './browserPortal.js';
import { keptPlaceOf, lastWorker } from './kept.js';

export interface PortalHostOptions {
  /** The portal's address. */
  readonly api: string;
  /** Where the page's files are, with a slash at the end. */
  readonly files: string;
}

/** The server ends when nobody asked it anything for some minutes; an open page counts as somebody. */
const keepAliveMs = 4 * 60_000;

/** The labeling page's host in a browser: the extension's own desk, whose portal is the server that the page is from. */
export function startPortalHost(port: Port, { api, files }: PortalHostOptions): void {
  const portal = browserPortal(api);
  let session: PortalSession | undefined;
  let seating: Promise<void> | undefined;
  const desk = new WorkerDesk({
    portal: () => Promise.resolve(portal),
    renderTemplate: (template, taskInput) => Promise.resolve(renderTemplate(template, taskInput)),
    readAsset: async (asset, signal) =>
      session ? portal.readObject(session, asset, signal) : { ...asset, kind: 'failed', reason: 'You are signed out.' },
    // The browser keeps the session itself, in a cookie.
    sessions: {
      get: () => Promise.resolve(session),
      set(_email, next) {
        session = next;
        if (next) {
          lastWorker.set(next.email);
        }
        return Promise.resolve();
      },
    },
    placeOf: keptPlaceOf,
    invitation: () => Promise.resolve(undefined),
    autoAdvance: () => false,
    mayRunTemplates: () => true,
    onConnection: (state) => host.emit('connection.changed', state),
    onSignedOut: () => void desk.view(new AbortController().signal).then((view) => host.emit('view.changed', view)),
    wait: pause,
  });

  /** Whoever this browser is signed in as sits down; asked again where the server could not be reached. */
  const seat = async (): Promise<void> => {
    const found = await portal.session(new AbortController().signal);
    session = found.kind === 'signedIn' ? found.session : undefined;
    await desk.sit(session?.email ?? lastWorker.get(), undefined);
  };
  const seated = (): Promise<void> =>
    (seating ??= seat().catch((error: unknown) => {
      seating = undefined;
      throw error;
    }));

  const handlers = labelingHandlers(desk, {
    bundle: async () => (await fetch(`${files}crowd.js`)).text(),
    openLink: (url) => Promise.resolve(openLink(url)),
    // None of these is offered in a browser.
    showOutput: () => Promise.resolve(),
    chooseInvitation: () => Promise.resolve(undefined),
    manageTrust: () => Promise.resolve(),
  });
  const host: Host<LabelingPage> = serve<LabelingPage>(port, {
    ...handlers,
    async 'view.get'(params, signal) {
      await seated();
      return handlers['view.get'](params, signal);
    },
  });
  setInterval(() => {
    if (document.visibilityState === 'visible') {
      portal.session(new AbortController().signal).catch(() => undefined); // What is wrong shows where it is in the way.
    }
  }, keepAliveMs);
}

/** A template may ask for any address at any key that is pressed, and tell it what it knows: the worker decides. */
function openLink(url: string): void {
  if (window.confirm(`The task asks to open another page:\n\n${url}\n\nOpen it?`)) {
    window.open(url, '_blank', 'noopener,noreferrer');
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const giveUp = (): void => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', giveUp);
      resolve();
    }, ms);
    signal.addEventListener('abort', giveUp, { once: true });
  });
}
