import * as vscode from 'vscode';
import { awsCredentials } from './awsCredentials.js';
import { contributedCommands } from './host/commands/register.js';
import { type LoadedLint, registerManifestLint } from './host/lint/registerManifestLint.js';
import { type OnDemand, registerOnDemand } from './host/registerOnDemand.js';
import { showConnection } from './host/support/connectionStatus.js';
import { Notifier } from './host/support/notifier.js';
import { S3FileSystem } from './host/support/s3FileSystem.js';
import { SwitchableConnection } from './host/support/switchableConnection.js';
import { BucketTree } from './host/views/bucketTree.js';
import { LabelingJobTree } from './host/views/labelingJobTree.js';
import { PrivateTeamTree } from './host/views/privateTeamTree.js';
import { registerViews } from './host/views/registerViews.js';
import { loadManifestLint, loadOnDemand } from './lateBundles.js';
import { localGroundTruth, openMemberOutlooks, openPortal } from './localGroundTruth.js';
import { storageConnection } from './storageConnection.js';

export function activate(context: vscode.ExtensionContext): void {
  const own = <T extends vscode.Disposable>(item: T): T => {
    context.subscriptions.push(item);
    return item;
  };
  const { extension, globalStorageUri, workspaceState: memory, secrets } = context;
  const log = own(vscode.window.createOutputChannel('Ground Truth', { log: true }));
  const notifier = new Notifier(log);

  const local = own(localGroundTruth(context, log));
  const { invitations, labelingEvents } = local;
  const ofLocal = { startLocal: () => local.start(), openPortal, openMemberOutlooks };
  const connectors = { ...ofLocal, ...awsCredentials, ...storageConnection(secrets) };
  const connection = own(new SwitchableConnection(connectors, memory));
  own(showConnection(connection));

  const files = own(new S3FileSystem(connection));
  own(files.register());

  const buckets = own(new BucketTree(connection, vscode.Uri.joinPath(globalStorageUri, 'hovers')));
  const labelingJobs = own(new LabelingJobTree(connection));
  const privateTeams = own(new PrivateTeamTree(connection));
  own(connection.onDidRecover(() => [buckets, labelingJobs, privateTeams].forEach((tree) => tree.refresh())));
  own(labelingJobs.onDidChangeJob(({ after }) => after.outputManifest && files.announceChange(after.outputManifest)));

  let lint: Promise<LoadedLint> | undefined;
  const loadLint = () =>
    (lint ??= loadManifestLint().then(({ createManifestLint }) => createManifestLint(context, { connection, log })));
  own(registerManifestLint(loadLint, notifier));

  const shown = { connection, log, buckets, labelingJobs, privateTeams, invitations, labelingEvents, loadLint };
  let onDemand: Promise<OnDemand> | undefined;
  const load = () => (onDemand ??= loadOnDemand().then(({ createOnDemand }) => createOnDemand(context, shown)));
  own(registerOnDemand({ commandIds: contributedCommands(extension), load, notifier }));
  const onDrop = notifier.reporting<Parameters<OnDemand['onDrop']>>(async (...drop) => (await load()).onDrop(...drop));
  const onFailed = notifier.reporting(async (...end: Parameters<OnDemand['onFailed']>) => {
    (await load()).onFailed(...end);
  });
  own(registerViews({ ...shown, memory, onDrop, onFailed }));
}
