import * as vscode from 'vscode';
import type { ManifestBytes } from './core/manifest/manifestScan.js';
import { createHandlers } from './host/commands/handlers.js';
import { registerCommands } from './host/commands/register.js';
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
import { connect, renderTemplate } from './lateBundles.js';
import { localGroundTruth, openPortal } from './localGroundTruth.js';
import { readAwsProfiles } from './node/awsProfiles.js';
import { startManifestThread } from './node/manifestThread.js';
import { getSampleImages } from './node/sampleImages.js';

export function activate(context: vscode.ExtensionContext): void {
  const own = <T extends vscode.Disposable>(item: T): T => {
    context.subscriptions.push(item);
    return item;
  };
  const log = own(vscode.window.createOutputChannel('Ground Truth', { log: true }));
  const notifier = new Notifier(log);

  const local = own(localGroundTruth(context, log));
  const connectors = { startLocal: () => local.start(), connect, openPortal };
  const connection = own(new SwitchableConnection(connectors, context.workspaceState));
  own(showConnection(connection));

  const files = own(new S3FileSystem(connection));
  own(files.register());

  const buckets = own(new BucketTree(connection, vscode.Uri.joinPath(context.globalStorageUri, 'hovers')));
  const labelingJobs = own(new LabelingJobTree(connection));
  const privateTeams = own(new PrivateTeamTree(connection));
  own(labelingJobs.onDidChangeJob(({ after }) => after.outputManifest && files.announceChange(after.outputManifest)));

  const pictures = context.asAbsolutePath('media/samples/traindata_cat_dog_images_20');
  const ledger = new Ledger(connection, context.globalState);
  const { invitations } = local;
  const common = { connection, ledger, memory: context.workspaceState, log, labelingJobs, renderTemplate };
  const deps = {
    ...common,
    buckets,
    privateTeams,
    invitations,
    awsProfiles: readAwsProfiles,
    sampleImages: { get: (url: string, signal: AbortSignal) => getSampleImages(url, pictures, signal) },
    labelingPanels: own(new LabelingPanel(context.extensionUri, { ...common, invitations, secrets: context.secrets })),
    jobSetupPanels: own(new JobSetupPanel(context.extensionUri, common)),
  };
  own(registerCommands(createHandlers(deps), notifier));
  const scanner = context.asAbsolutePath('dist/node/manifestWorker.js');
  const start = (bytes: ManifestBytes) => startManifestThread(scanner, bytes);
  const { extensionUri: extension } = context;
  const manifests = new ManifestEditorProvider({ extension, connection, start, log: (error) => log.error(error) });
  own(vscode.window.registerCustomEditorProvider(ManifestEditorProvider.viewType, manifests));
  own(registerViews({ ...deps, onDrop: notifier.reporting(uploader(deps)) }));
}
