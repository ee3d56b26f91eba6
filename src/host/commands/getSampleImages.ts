import { homedir } from 'node:os';
import * as vscode from 'vscode';
import { answered } from '../support/answered.js';
import { withProgress } from '../support/progress.js';
import { type Choice, nextStep, pickOne, tell } from '../support/prompts.js';
import { markDone } from '../support/walkthrough.js';
import type { Deps } from './deps.js';

const folderName = 'traindata_cat_dog_images_20';
const parallelWrites = 8;

/** Where the sample images were put last: the first suggestion of *Upload Images…*. */
export const sampleFolderKey = 'sampleImages.folder';

export function getSampleImages(deps: Deps) {
  return async (): Promise<void> => {
    const parent = await chooseParent();
    if (parent) {
      await answered(() => getInto(parent, deps));
    }
  };
}

async function getInto(parent: vscode.Uri, { sampleImages, memory }: Deps): Promise<void> {
  const folder = vscode.Uri.joinPath(parent, folderName);
  const { files, isBundled } = await withProgress(vscode.l10n.t('Getting the sample images'), async (signal) => {
    const url = vscode.workspace.getConfiguration('groundTruth').get('sampleImages.url', '');
    const images = await sampleImages.get(url, signal);
    await vscode.workspace.fs.createDirectory(folder);
    for (let start = 0; start < images.files.length; start += parallelWrites) {
      signal.throwIfAborted();
      const group = images.files.slice(start, start + parallelWrites);
      await Promise.all(
        group.map(({ name, bytes }) => vscode.workspace.fs.writeFile(vscode.Uri.joinPath(folder, name), bytes)),
      );
    }
    return images;
  });
  await memory.update(sampleFolderKey, folder.toString());
  markDone('groundTruth.getSampleImages');
  const path = vscode.workspace.asRelativePath(folder);
  tell(
    isBundled
      ? vscode.l10n.t('{0} pictures that come with the extension are in "{1}".', files.length, path)
      : vscode.l10n.t('{0} pictures of the lab are in "{1}".', files.length, path),
    nextStep(vscode.l10n.t('Upload Images…'), 'groundTruth.uploadImages', folder),
  );
}

async function chooseParent(): Promise<vscode.Uri | undefined> {
  const workspaceFolders = vscode.workspace.workspaceFolders ?? [];
  const home = vscode.Uri.file(homedir());
  const choices: Choice<vscode.Uri | undefined>[] = [
    ...workspaceFolders.map(({ name, uri }) => ({
      label: `$(root-folder) ${name}/${folderName}`,
      description: vscode.l10n.t('in this workspace'),
      value: uri,
    })),
    { label: `$(home) ${folderName}`, description: vscode.l10n.t('in {0}', home.fsPath), value: home },
    { label: vscode.l10n.t('$(folder-opened) Choose Folder…'), value: undefined },
  ];
  const placeholder = vscode.l10n.t('Where the folder with the 20 pictures goes');
  const picked = await pickOne(vscode.l10n.t('Get Sample Images'), placeholder, choices.map(boxed));
  if (picked?.folder) {
    return picked.folder;
  }
  return picked ? openFolder() : undefined;
}

// An unboxed `undefined` could not be told from a closed list.
function boxed({ value: folder, ...item }: Choice<vscode.Uri | undefined>): Choice<{ folder: vscode.Uri | undefined }> {
  return { ...item, value: { folder } };
}

async function openFolder(): Promise<vscode.Uri | undefined> {
  const [folder] =
    (await vscode.window.showOpenDialog({
      canSelectFolders: true,
      canSelectFiles: false,
      openLabel: vscode.l10n.t('Put Here'),
    })) ?? [];
  return folder;
}
