import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import type { TaskAsset } from '../../src/core/portal/taskAsset.js';
import type { DeskPorts, Place } from '../../src/core/portal/deskPlace.js';
import { WorkerDesk } from '../../src/core/portal/workerDesk.js';
import type { PortalSession, WorkerPortal } from '../../src/core/portal/workerPortal.js';
import { formatS3Uri, type S3Uri } from '../../src/core/s3Uri.js';
import { renderTemplate } from '../../src/core/templates/renderTemplate.js';
import { labelingHandlers } from '../../src/protocol/labelingHandlers.js';

/** A worker's desk with everything around it in memory, as the extension keeps it in VS Code. */
export class TestDesk {
  readonly portal: WorkerPortal;
  /** Where objects come from; memory, unless a test brings another place. */
  readAsset: DeskPorts['readAsset'] = ({ bucket, key }) => Promise.resolve(this.#asset({ bucket, key }));
  readonly objects = new Map<string, Uint8Array | string>();
  readonly sessions = new Map<string, PortalSession>();
  readonly asked: string[] = [];
  readonly places = new Map<string, Place | undefined>();
  autoAdvance = false;
  isTrusted = true;
  invitation: string | undefined;
  /** Whose invitation is chosen when they are shown. */
  chosenInvitation: string | undefined;
  onConnection: DeskPorts['onConnection'] = () => undefined;
  onSignedOut = (): void => undefined;

  constructor(portal: WorkerPortal) {
    this.portal = portal;
  }

  /** A desk over what is kept: after a reload of the window there is a new one. */
  desk(): WorkerDesk {
    return new WorkerDesk({
      portal: () => Promise.resolve(this.portal),
      renderTemplate: (template, input) => Promise.resolve(renderTemplate(template, input)),
      readAsset: (asset, signal) => this.readAsset(asset, signal),
      sessions: {
        get: (email) => Promise.resolve(this.sessions.get(email)),
        set: (email, session) => {
          if (session) {
            this.sessions.set(email, session);
          } else {
            this.sessions.delete(email);
          }
          return Promise.resolve();
        },
      },
      placeOf: (email) => ({
        get: () => this.places.get(email),
        set: (place) => void this.places.set(email, place),
      }),
      invitation: () => Promise.resolve(this.invitation),
      autoAdvance: () => this.autoAdvance,
      mayRunTemplates: () => this.isTrusted,
      onConnection: (state) => this.onConnection(state),
      onSignedOut: () => this.onSignedOut(),
      wait: (_ms, signal) => pause(5, undefined, { signal }),
    });
  }

  handlers(desk: WorkerDesk) {
    const note = (what: string) => {
      this.asked.push(what);
      return Promise.resolve();
    };
    return labelingHandlers(desk, {
      bundle: () => readFile('dist/webview/crowd.js', 'utf8'),
      openLink: (url) => note(`link ${url}`),
      showOutput: () => note('output'),
      manageTrust: () => note('trust'),
      chooseInvitation: async () => {
        await note('invitations');
        return this.chosenInvitation;
      },
    });
  }

  #asset(uri: S3Uri): TaskAsset {
    const content = this.objects.get(formatS3Uri(uri));
    return content instanceof Uint8Array
      ? { ...uri, kind: 'read', bytes: content, contentType: 'image/png' }
      : { ...uri, kind: 'failed', reason: content ?? `There is no object "${formatS3Uri(uri)}".` };
  }
}
