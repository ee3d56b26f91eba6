import * as vscode from 'vscode';
import type { NewFile } from '../../core/newFile.js';
import { fromObjectUri, objectScheme } from '../../core/objectUri.js';
import { formatS3Uri, parseS3Uri } from '../../core/s3Uri.js';
import type { Ledger } from './ledger.js';
import { askText, pickOne } from './prompts.js';
import { objectUri } from './s3FileSystem.js';
import { writeMade } from './writeMade.js';

/** Makes a file of this machine; where it is not whole in the end, nothing of it stays. */
export type CreateFile = (path: string) => Promise<NewFile>;

/** The same for the other places that a manifest can be written to. A new object in a bucket is in the ledger. */
export async function createManifest(
  uri: vscode.Uri,
  { createFile, ledger }: { readonly createFile: CreateFile; readonly ledger: Pick<Ledger, 'open'> },
  signal: AbortSignal,
): Promise<NewFile> {
  if (uri.scheme === 'file') {
    return createFile(uri.fsPath);
  }
  const parts: Uint8Array[] = [];
  return {
    write: async (bytes) => void parts.push(bytes),
    finish: async () => {
      const whole = Buffer.concat(parts);
      if (uri.scheme !== objectScheme) {
        await vscode.workspace.fs.writeFile(uri, whole);
        return;
      }
      const made = { body: whole, options: { contentType: 'application/jsonlines' } };
      await writeMade(await ledger.open(signal), fromObjectUri(uri), made, signal);
    },
    discard: async () => void parts.splice(0),
  };
}

/**
 * Asks where a manifest that is made of another one goes: beside it, under `name`, unless the user says otherwise.
 * Never the other one itself. `undefined` where the user changed their mind.
 */
export async function askForNewManifest(
  title: string,
  manifest: vscode.Uri,
  name: string,
): Promise<vscode.Uri | undefined> {
  const place = await pickOne(title, vscode.l10n.t('Where it goes'), placesOf(manifest));
  switch (place) {
    case undefined:
      return undefined;
    case 'bucket':
      return askForObject(title, manifest, name);
    case 'file': {
      const folder = manifest.scheme === 'file' ? vscode.Uri.joinPath(manifest, '..') : homeFolder();
      const filters = { [vscode.l10n.t('Manifests')]: ['manifest'] };
      const chosen = await vscode.window.showSaveDialog({
        title,
        filters,
        ...(folder && { defaultUri: vscode.Uri.joinPath(folder, name) }),
      });
      return chosen?.toString() === manifest.toString() ? askForNewManifest(title, manifest, name) : chosen;
    }
  }
}

function placesOf(manifest: vscode.Uri) {
  const file = { label: `$(file) ${vscode.l10n.t('A File…')}`, value: 'file' as const };
  const bucket = { label: `$(database) ${vscode.l10n.t('An Object in a Bucket…')}`, value: 'bucket' as const };
  return manifest.scheme === objectScheme ? [bucket, file] : [file, bucket];
}

async function askForObject(title: string, manifest: vscode.Uri, name: string): Promise<vscode.Uri | undefined> {
  const beside = vscode.Uri.joinPath(manifest, '..', name);
  const text = await askText({
    title,
    prompt: vscode.l10n.t('The object to write'),
    value: manifest.scheme === objectScheme ? formatS3Uri(fromObjectUri(beside)) : `s3://bucket/${name}`,
    validate: (typed) => {
      const uri = parseS3Uri(typed);
      if (uri === undefined || uri.key === '' || uri.key.endsWith('/')) {
        return vscode.l10n.t('Give an object: s3://bucket/name.manifest');
      }
      return objectUri(uri).toString() === manifest.toString()
        ? vscode.l10n.t('That is the manifest itself, which stays as it is. Give another name.')
        : undefined;
    },
  });
  const uri = text === undefined ? undefined : parseS3Uri(text);
  return uri && objectUri(uri);
}

function homeFolder(): vscode.Uri | undefined {
  return vscode.workspace.workspaceFolders?.[0]?.uri;
}
