import * as vscode from 'vscode';
import type { MemberOutlooks } from './core/portal/memberOutlook.js';
import type { WorkerPortal } from './core/portal/workerPortal.js';
import type { LocalServer, SharedPortalSettings } from './core/ports.js';
import { type Invitations, tellOfInvitation } from './host/support/invitations.js';
import { fromHome, portalSharing, warnOfSharing } from './host/support/portalSharing.js';
import { httpMemberOutlooks } from './node/httpMemberOutlooks.js';
import { httpWorkerPortal } from './node/httpWorkerPortal.js';
import { LocalServerLauncher } from './node/localServer.js';
import { Outbox, type ReceivedInvitation } from './node/outbox.js';

const idleMinutes = 10;

/** Local Ground Truth over the data folder that the settings name when the server starts. */
export interface LocalGroundTruth extends vscode.Disposable {
  /** Finds the server, or starts it. */
  start(): Promise<LocalServer>;
  readonly invitations: Invitations;
}

export function localGroundTruth(context: vscode.ExtensionContext, log: vscode.LogOutputChannel): LocalGroundTruth {
  const program = context.asAbsolutePath('dist/local/server.js');
  const openFolder = (dataFolder: string, shared?: SharedPortalSettings) =>
    over({ dataFolder, program, log: (sentence) => log.info(sentence), ...(shared && { shared }) });
  let current = openFolder(dataFolderOf(context));
  return {
    invitations: { list: () => current.outbox.list() },
    async start() {
      const running = await current.launcher.find();
      if (running) {
        await current.outbox.watch();
        return running;
      }
      const dataFolder = dataFolderOf(context);
      const shared = portalSharing();
      if (dataFolder !== current.dataFolder || JSON.stringify(shared) !== JSON.stringify(current.shared)) {
        current.dispose();
        current = openFolder(dataFolder, shared);
      }
      const { launcher, outbox } = current;
      const server = await launcher.ensure();
      warnOfSharing(server);
      await outbox.watch();
      return server;
    },
    dispose: () => current.dispose(),
  };
}

export function openPortal({ portal }: LocalServer): WorkerPortal {
  return httpWorkerPortal(portal);
}

export function openMemberOutlooks(server: LocalServer): MemberOutlooks {
  return httpMemberOutlooks(server);
}

interface Settings {
  readonly dataFolder: string;
  readonly program: string;
  readonly log: (sentence: string) => void;
  readonly shared?: SharedPortalSettings;
}

function over(settings: Settings) {
  const { dataFolder, shared } = settings;
  const launcher = new LocalServerLauncher({ ...settings, runtime: process.execPath, idleMinutes });
  const outbox = new Outbox(dataFolder, tellWhoeverLooks);
  return {
    dataFolder,
    shared,
    launcher,
    outbox,
    dispose() {
      launcher.dispose();
      outbox.dispose();
    },
  };
}

/** Every window sees the mail come: the one in use tells of it. */
function tellWhoeverLooks(invitation: ReceivedInvitation): void {
  if (vscode.window.state.focused) {
    tellOfInvitation(invitation);
  }
}

function dataFolderOf({ globalStorageUri }: vscode.ExtensionContext): string {
  const configured = vscode.workspace.getConfiguration('groundTruth').get('local.dataFolder', '').trim();
  return configured === '' ? vscode.Uri.joinPath(globalStorageUri, 'local').fsPath : fromHome(configured);
}
