import * as vscode from 'vscode';

/**
 * Asks for a folder, and names a new one in it after the manifest and what is made of it, with a number where there is
 * one already: nothing is overwritten. `undefined` where the user changed their mind.
 */
export async function freeFolder(title: string, manifest: vscode.Uri, what: string): Promise<vscode.Uri | undefined> {
  const beside = manifest.scheme === 'file' ? vscode.Uri.joinPath(manifest, '..') : undefined;
  const defaultUri = beside ?? vscode.workspace.workspaceFolders?.[0]?.uri;
  const [parent] =
    (await vscode.window.showOpenDialog({
      title,
      openLabel: vscode.l10n.t('Write Here'),
      canSelectFiles: false,
      canSelectFolders: true,
      ...(defaultUri && { defaultUri }),
    })) ?? [];
  if (!parent) {
    return undefined;
  }
  const taken = new Set((await vscode.workspace.fs.readDirectory(parent)).map(([name]) => name.toLowerCase()));
  const first = `${nameOf(manifest)}-${what}`;
  let name = first;
  for (let number = 2; taken.has(name.toLowerCase()); number += 1) {
    name = `${first}-${number}`;
  }
  return vscode.Uri.joinPath(parent, name);
}

/** A job's output manifest is always called the same: there the job's name says more. */
function nameOf({ path }: vscode.Uri): string {
  const job = /([^/]+)\/manifests\/(?:output|intermediate\/\d+)\/[^/]+$/u.exec(path)?.[1];
  return job ?? path.slice(path.lastIndexOf('/') + 1).replace(/\.[^.]*$/u, '');
}
