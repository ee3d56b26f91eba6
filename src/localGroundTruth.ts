import * as vscode from 'vscode';
import type { WorkerPortal } from './core/portal/workerPortal.js';
import type { LocalServer } from './core/ports.js';
import { tellOfInvitation } from './host/commands/showInvitations.js';
import { httpWorkerPortal } from './node/httpWorkerPortal.js';
import { LocalServerLauncher } from './node/localServer.js';
import { Outbox } from './node/outbox.js';

const idleMinutes = 10;

/** Local Ground Truth over this extension's data folder. */
export interface LocalGroundTruth extends vscode.Disposable {
  /** Finds the server, or starts it. */
  start(): Promise<LocalServer>;
  readonly invitations: Outbox;
}

export function localGroundTruth(context: vscode.ExtensionContext): LocalGroundTruth {
  const dataFolder = dataFolderOf(context);
  const program = context.asAbsolutePath('dist/local/server.js');
  const launcher = new LocalServerLauncher({ program, runtime: process.execPath, dataFolder, idleMinutes });
  const invitations = new Outbox(dataFolder, tellOfInvitation);
  return {
    invitations,
    async start() {
      await invitations.watch();
      return launcher.ensure();
    },
    dispose() {
      launcher.dispose();
      invitations.dispose();
    },
  };
}

export function openPortal({ portal }: LocalServer): WorkerPortal {
  return httpWorkerPortal(portal);
}

function dataFolderOf({ globalStorageUri }: vscode.ExtensionContext): string {
  const configured = vscode.workspace.getConfiguration('groundTruth').get('local.dataFolder', '');
  return configured === '' ? vscode.Uri.joinPath(globalStorageUri, 'local').fsPath : configured;
}
