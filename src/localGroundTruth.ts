import * as vscode from 'vscode';
import type { MemberOutlooks } from './core/portal/memberOutlook.js';
import type { WorkerPortal } from './core/portal/workerPortal.js';
import type { SharedPortalSettings } from './core/portal/sharedPortalSettings.js';
import type { LocalServer } from './core/ports.js';
import type { LabelingEvents } from './host/commands/deps.js';
import { type Invitations, tellOfInvitation } from './host/support/invitations.js';
import { fromHome, portalSharing, warnOfSharing } from './host/support/portalSharing.js';
import { httpMemberOutlooks } from './node/httpMemberOutlooks.js';
import { httpWorkerPortal } from './node/httpWorkerPortal.js';
import { LabelingEventFile } from './node/labelingEventFile.js';
import { LocalServerLauncher } from './node/localServer.js';
import { Outbox, type ReceivedInvitation } from './node/outbox.js';

const idleMinutes = 10;

/** Local Ground Truth over the data folder that the settings name when the server starts. */
export interface LocalGroundTruth extends vscode.Disposable {
  /** Finds the server, or starts it. */
  start(): Promise<LocalServer>;
  readonly invitations: Invitations;
  readonly labelingEvents: LabelingEvents;
}

export function localGroundTruth(context: vscode.ExtensionContext, log: vscode.LogOutputChannel): LocalGroundTruth {
  const program = context.asAbsolutePath('dist/local/server.js');
  const openFolder = (dataFolder: string, shared?: SharedPortalSettings) =>
    over({ dataFolder, program, log: (sentence) => log.info(sentence), ...(shared && { shared }) });
  let current = openFolder(dataFolderOf(context));
  return {
    invitations: { list: () => current.outbox.list() },
    labelingEvents: { show: () => current.showEvents() },
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
  let events: { readonly channel: vscode.OutputChannel; readonly file: LabelingEventFile } | undefined;
  return {
    dataFolder,
    shared,
    launcher,
    outbox,
    async showEvents() {
      events ??= eventsOf(dataFolder);
      events.channel.show();
      await events.file.follow();
    },
    dispose() {
      launcher.dispose();
      outbox.dispose();
      events?.file.dispose();
      events?.channel.dispose();
    },
  };
}

function eventsOf(dataFolder: string) {
  const channel = vscode.window.createOutputChannel(vscode.l10n.t('Ground Truth Events'), 'jsonl');
  const file = new LabelingEventFile(dataFolder, (text) => channel.append(text));
  channel.appendLine(vscode.l10n.t('What AWS would tell EventBridge and CloudWatch, from the file "{0}":', file.path));
  return { channel, file };
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
