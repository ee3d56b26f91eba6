import { createHash } from 'node:crypto';
import * as vscode from 'vscode';
import { upload, type UploadFile, type UploadOutcome } from '../../core/uploads/upload.js';
import type { S3Uri } from '../../core/s3Uri.js';
import { answered } from '../support/answered.js';
import { filesToUpload } from '../support/localFiles.js';
import { withProgress } from '../support/progress.js';
import { type NextStep, nextStep, tell } from '../support/prompts.js';
import { recordUpload } from '../support/uploadRecord.js';
import { markDone } from '../support/walkthrough.js';
import type { OnDrop } from '../views/bucketDrop.js';
import type { BucketNode } from '../views/nodes.js';
import type { Deps } from './deps.js';
import { askForDestination, askForSources } from './uploadQuestions.js';

export function uploadImages(deps: Deps) {
  return async (from?: BucketNode | vscode.Uri, selected: readonly (BucketNode | vscode.Uri)[] = []): Promise<void> => {
    const given = selected.filter((it) => it instanceof vscode.Uri);
    const sources = from instanceof vscode.Uri ? chosenInExplorer(from, given) : await sourcesFor(deps, given);
    if (sources.length === 0) {
      return;
    }
    const destination = from instanceof vscode.Uri ? undefined : destinationOf(from);
    const into = destination ?? (await askForDestination(deps, sources));
    if (!into) {
      return;
    }
    await findAndUpload(deps, into, (signal) => filesToUpload(sources, into.key, signal));
  };
}

/** What dropping files onto a row does. */
export function uploader(deps: Deps): OnDrop {
  return (into, find) => findAndUpload(deps, into, find);
}

function findAndUpload(deps: Deps, into: S3Uri, find: Parameters<OnDrop>[1]): Promise<void> {
  const title = vscode.l10n.t('Looking for files');
  return answered(
    async () => uploadFiles(deps, into, await withProgress(title, find)),
    () => vscode.l10n.t('The upload to "{0}" was cancelled. What had arrived by then stays there.', into.bucket),
  );
}

async function uploadFiles(deps: Deps, into: S3Uri, files: readonly UploadFile[]): Promise<void> {
  if (files.length === 0) {
    tell(
      vscode.l10n.t('There is no file in what was chosen, so nothing was uploaded.'),
      nextStep(vscode.l10n.t('Upload Images…'), 'groundTruth.uploadImages', nodeAt(into)),
    );
    return;
  }
  const title = vscode.l10n.t('Uploading to "{0}"', into.bucket);
  const outcome = await withProgress(title, async (signal, report) => {
    const { services, record } = await deps.ledger.open(signal);
    const { objects } = services;
    const made = recordUpload(record, into.bucket);
    const onBegin = (begun: readonly UploadFile[]) => made.begin(begun.map(({ key }) => key));
    const onWriting = ({ key }: UploadFile) => made.writing(key);
    const onUploaded = ({ key }: UploadFile) => made.add(key);
    const onProgress = ({ done, total }: { done: number; total: number }) =>
      report(done / total, vscode.l10n.t('{0} of {1} files', done, total));
    try {
      const watching = { onBegin, onWriting, onProgress, onUploaded };
      return await upload({ objects, bucket: into.bucket, files, md5, ...watching }, signal);
    } finally {
      await made.finish(); // Also of an upload that was cancelled.
      deps.buckets.refreshFolder(into);
    }
  });
  await tellOutcome(deps, into, files, outcome);
}

async function tellOutcome(
  deps: Deps,
  into: S3Uri,
  files: readonly UploadFile[],
  outcome: UploadOutcome,
): Promise<void> {
  const { uploaded, skipped, failed } = outcome;
  const place = `s3://${into.bucket}/${commonFolder(files, into.key)}`;
  if (skipped.length === files.length) {
    markDone('groundTruth.uploadImages');
    tell(
      vscode.l10n.t('All of it was in "{0}" before, so nothing had to be uploaded.', place),
      await stepAfterUpload(deps, { bucket: into.bucket, key: commonFolder(files, into.key) }),
    );
    return;
  }
  const done = [
    uploaded.length === 1
      ? vscode.l10n.t('1 file uploaded to "{0}"', place)
      : vscode.l10n.t('{0} files uploaded to "{1}"', uploaded.length, place),
    ...(skipped.length > 0 ? [vscode.l10n.t('{0} there already', skipped.length)] : []),
  ].join(', ');
  if (failed.length === 0) {
    markDone('groundTruth.uploadImages');
    tell(`${done}.`, await stepAfterUpload(deps, { bucket: into.bucket, key: commonFolder(files, into.key) }));
    return;
  }
  for (const { file, error } of failed) {
    deps.log.error(`${file.key} was not uploaded`, error);
  }
  const names = failed.slice(0, 3).map(({ file }) => file.key);
  const message = vscode.l10n.t(
    '{0}. {1} failed: {2}{3}. The log says why for each.',
    done,
    failed.length,
    names.join(', '),
    failed.length > names.length ? '…' : '',
  );
  const [retry, showLog] = [vscode.l10n.t('Retry Failed'), vscode.l10n.t('Show Log')];
  const chosen = await vscode.window.showErrorMessage(message, retry, showLog);
  if (chosen === retry) {
    const again = failed.map(({ file }) => file);
    await uploadFiles(deps, into, again);
  } else if (chosen === showLog) {
    deps.log.show();
  }
}

/** In the lab's order: whoever has no team yet needs one first. */
async function stepAfterUpload(deps: Deps, folder: S3Uri): Promise<NextStep> {
  return (await hasTeam(deps))
    ? nextStep(vscode.l10n.t('Create Labeling Job…'), 'groundTruth.createLabelingJob', nodeAt(folder))
    : nextStep(vscode.l10n.t('Create Private Team…'), 'groundTruth.createPrivateTeam');
}

async function hasTeam({ connection, log }: Deps): Promise<boolean> {
  try {
    const { privateTeams } = await connection.services();
    return (await privateTeams.list(new AbortController().signal)).length > 0;
  } catch (error) {
    log.error('The teams could not be listed', error instanceof Error ? error : String(error));
    return false; // The upload is done all the same, and creating a team says what is wrong.
  }
}

function nodeAt({ bucket, key }: S3Uri): BucketNode {
  return key === '' ? { kind: 'bucket', bucket: { name: bucket } } : { kind: 'folder', bucket, prefix: key };
}

async function sourcesFor({ memory }: Deps, given: readonly vscode.Uri[]): Promise<readonly vscode.Uri[]> {
  return given.length > 0 ? given : askForSources(memory);
}

function chosenInExplorer(clicked: vscode.Uri, selected: readonly vscode.Uri[]): readonly vscode.Uri[] {
  return selected.some((uri) => uri.toString() === clicked.toString()) ? selected : [clicked];
}

function destinationOf(node: BucketNode | undefined): S3Uri | undefined {
  switch (node?.kind) {
    case 'bucket':
      return { bucket: node.bucket.name, key: '' };
    case 'folder':
      return { bucket: node.bucket, key: node.prefix };
    case 'object':
    case 'more':
    case 'empty':
    case 'problem':
    case undefined:
      return undefined;
  }
}

/** The folder that all files went to, where it is one: what a job would take as its input. */
function commonFolder(files: readonly UploadFile[], destination: string): string {
  const folders = new Set(files.map(({ key }) => key.slice(0, key.indexOf('/', destination.length) + 1)));
  const [only = ''] = folders;
  return folders.size === 1 && only !== '' ? only : destination;
}

function md5(bytes: Uint8Array): string {
  return createHash('md5').update(bytes).digest('hex');
}
