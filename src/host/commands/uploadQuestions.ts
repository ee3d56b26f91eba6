import * as vscode from 'vscode';
import type { S3Uri } from '../../core/s3Uri.js';
import { withServices } from '../support/withServices.js';
import { type Choice, nextStep, pickOne, tell } from '../support/prompts.js';
import type { Deps } from './deps.js';
import { sampleFolderKey } from './getSampleImages.js';

const lastBucketKey = 'uploadImages.bucket';

type Source = { readonly kind: 'folder'; readonly uri: vscode.Uri } | { readonly kind: 'folders' | 'files' };

/** Nothing where the user changed their mind. */
export async function askForSources(memory: vscode.Memento): Promise<readonly vscode.Uri[]> {
  const choices: Choice<Source>[] = [
    ...(await sampleFolder(memory)),
    ...(vscode.workspace.workspaceFolders ?? []).map(({ name, uri }) => ({
      label: `$(root-folder) ${name}`,
      description: vscode.l10n.t('all of this workspace folder'),
      value: { kind: 'folder', uri } as const,
    })),
    { label: vscode.l10n.t('$(folder-opened) Choose Folders…'), value: { kind: 'folders' } },
    { label: vscode.l10n.t('$(file-media) Choose Files…'), value: { kind: 'files' } },
  ];
  const placeholder = vscode.l10n.t('A folder is uploaded with all that is in it, under its own name');
  const source = await pickOne(vscode.l10n.t('Upload Images'), placeholder, choices);
  switch (source?.kind) {
    case undefined:
      return [];
    case 'folder':
      return [source.uri];
    case 'folders':
    case 'files':
      return openDialog(source.kind === 'folders');
  }
}

/** Where there is no bucket yet, creating one goes on with the upload of these sources. */
export async function askForDestination(
  { connection, memory }: Deps,
  sources: readonly vscode.Uri[],
): Promise<S3Uri | undefined> {
  const title = vscode.l10n.t('Looking for buckets');
  const buckets = await withServices(title, connection, ({ objects }, signal) => objects.listBuckets(signal));
  if (buckets.length === 0) {
    tell(
      vscode.l10n.t('There is no bucket yet to upload to.'),
      nextStep(vscode.l10n.t('Create Bucket…'), 'groundTruth.createBucket', sources),
    );
    return undefined;
  }
  const last = memory.get<string>(lastBucketKey);
  const newestFirst = buckets.toSorted((a, b) => (b.createdAt?.getTime() ?? 0) - (a.createdAt?.getTime() ?? 0));
  const names = newestFirst.map(({ name }) => name);
  const lastFirst = last !== undefined && names.includes(last) ? [last, ...names.filter((it) => it !== last)] : names;
  const choices = lastFirst.map((name) => ({ label: `$(archive) ${name}`, value: name }));
  const bucket = await pickOne(vscode.l10n.t('Upload Images'), vscode.l10n.t('The bucket to upload to'), choices);
  if (bucket === undefined) {
    return undefined;
  }
  await memory.update(lastBucketKey, bucket);
  return { bucket, key: '' };
}

async function sampleFolder(memory: vscode.Memento): Promise<Choice<Source>[]> {
  const remembered = memory.get<string>(sampleFolderKey);
  if (remembered === undefined) {
    return [];
  }
  const uri = vscode.Uri.parse(remembered, true);
  try {
    await vscode.workspace.fs.stat(uri);
  } catch {
    return []; // It was moved or deleted meanwhile.
  }
  const description = vscode.l10n.t('the sample images');
  const label = `$(file-media) ${vscode.workspace.asRelativePath(uri)}`;
  return [{ label, description, value: { kind: 'folder', uri } }];
}

async function openDialog(areFolders: boolean): Promise<readonly vscode.Uri[]> {
  const options = { canSelectMany: true, canSelectFolders: areFolders, canSelectFiles: !areFolders };
  return (await vscode.window.showOpenDialog({ ...options, openLabel: vscode.l10n.t('Upload') })) ?? [];
}
