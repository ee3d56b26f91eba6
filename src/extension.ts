import * as vscode from 'vscode';
import type { JsonObject } from './core/json.js';
import type { LocalServer, Services, Target } from './core/ports.js';
import type { RenderedTemplate } from './core/templates/renderTemplate.js';
import { createHandlers } from './host/commands/handlers.js';
import { registerCommands } from './host/commands/register.js';
import { tellOfInvitation } from './host/commands/showInvitations.js';
import { uploader } from './host/commands/uploadImages.js';
import { ManifestEditorProvider } from './host/editors/manifestEditor.js';
import { showConnection } from './host/support/connectionStatus.js';
import { Ledger } from './host/support/ledger.js';
import { Notifier } from './host/support/notifier.js';
import { S3FileSystem } from './host/support/s3FileSystem.js';
import { SwitchableConnection } from './host/support/switchableConnection.js';
import { BucketTree } from './host/views/bucketTree.js';
import { LabelingJobTree } from './host/views/labelingJobTree.js';
import { PrivateTeamTree } from './host/views/privateTeamTree.js';
import { registerViews } from './host/views/registerViews.js';
import { JobSetupPanel } from './host/panels/jobSetupPanel.js';
import { LabelingPanel } from './host/panels/labelingPanel.js';
import { readAwsProfiles } from './node/awsProfiles.js';
import { httpWorkerPortal } from './node/httpWorkerPortal.js';
import { LocalServerLauncher } from './node/localServer.js';
import { startManifestThread } from './node/manifestThread.js';
import { Outbox } from './node/outbox.js';
import { getSampleImages } from './node/sampleImages.js';

export function activate(context: vscode.ExtensionContext): void {
  const own = <T extends vscode.Disposable>(item: T): T => {
    context.subscriptions.push(item);
    return item;
  };
  const log = own(vscode.window.createOutputChannel('Ground Truth', { log: true }));
  const notifier = new Notifier(log);

  const dataFolder = dataFolderOf(context);
  const program = context.asAbsolutePath('dist/local/server.js');
  const launcher = own(new LocalServerLauncher({ program, runtime: process.execPath, dataFolder, idleMinutes: 10 }));
  const invitations = own(new Outbox(dataFolder, tellOfInvitation));
  const startLocal = async () => {
    await invitations.watch();
    return launcher.ensure();
  };
  const connectors = { startLocal, connect, openPortal: ({ portal }: LocalServer) => httpWorkerPortal(portal) };
  const connection = own(new SwitchableConnection(connectors, context.workspaceState));
  own(showConnection(connection));

  const files = own(new S3FileSystem(connection));
  own(vscode.workspace.registerFileSystemProvider(S3FileSystem.scheme, files, { isReadonly: true }));

  const buckets = own(new BucketTree(connection));
  const labelingJobs = own(new LabelingJobTree(connection));
  const privateTeams = own(new PrivateTeamTree(connection));
  own(labelingJobs.onDidChangeJob(({ after }) => after.outputManifest && files.announceChange(after.outputManifest)));

  const pictures = context.asAbsolutePath('media/samples/traindata_cat_dog_images_20');
  const ledger = new Ledger(connection, context.globalState);
  const common = { connection, ledger, memory: context.workspaceState, log, labelingJobs };
  const deps = {
    ...common,
    buckets,
    privateTeams,
    invitations,
    awsProfiles: readAwsProfiles,
    sampleImages: { get: (url: string, signal: AbortSignal) => getSampleImages(url, pictures, signal) },
    labelingPanels: own(
      new LabelingPanel(context.extensionUri, { ...common, invitations, renderTemplate, secrets: context.secrets }),
    ),
    jobSetupPanels: own(new JobSetupPanel(context.extensionUri, { ...common, renderTemplate })),
  };
  own(registerCommands(createHandlers(deps), notifier));
  const scanner = context.asAbsolutePath('dist/node/manifestWorker.js');
  const manifests = new ManifestEditorProvider(context.extensionUri, connection, (b) =>
    startManifestThread(scanner, b),
  );
  own(vscode.window.registerCustomEditorProvider(ManifestEditorProvider.viewType, manifests));
  own(registerViews({ ...deps, onDrop: notifier.reporting(uploader(deps)) }));
}

function dataFolderOf({ globalStorageUri }: vscode.ExtensionContext): string {
  const configured = vscode.workspace.getConfiguration('groundTruth').get('local.dataFolder', '');
  return configured === '' ? vscode.Uri.joinPath(globalStorageUri, 'local').fsPath : configured;
}

// The SDK would be most of the cost of activation, so it is its own bundle, loaded when first needed.
async function connect(target: Target): Promise<Services> {
  const { createAwsServices } = await import('./aws/services.js');
  return createAwsServices(target);
}

// Liquid is as large as the rest, so it is a bundle of its own as well.
async function renderTemplate(template: string, taskInput: JsonObject): Promise<RenderedTemplate> {
  const liquid = await import('./core/templates/renderTemplate.js');
  return liquid.renderTemplate(template, taskInput);
}
