import * as vscode from 'vscode';
import { bytesSource } from '../../core/manifest/byteSource.js';
import type { ManifestBytes } from '../../core/manifest/manifestScan.js';
import type { ObjectStore } from '../../core/ports.js';
import { documentOf } from '../commands/explorer.js';
import { manifestBytes } from '../editors/manifestContent.js';

/** The one that a command came with, or that is in front; where there is none, the user chooses a file. */
export async function chosenManifest(
  title: string,
  from: Parameters<typeof documentOf>[0],
): Promise<vscode.Uri | undefined> {
  const document = documentOf(from);
  if (document) {
    return document;
  }
  const filters = { [vscode.l10n.t('Manifests')]: ['manifest', 'jsonl'], [vscode.l10n.t('All Files')]: ['*'] };
  const [chosen] = (await vscode.window.showOpenDialog({ title, filters })) ?? [];
  return chosen;
}

/** As an editor has it, where it is not saved yet. */
export async function currentBytes(uri: vscode.Uri, store: () => Promise<ObjectStore>): Promise<ManifestBytes> {
  const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
  return open && (open.isDirty || open.isUntitled)
    ? { kind: 'source', source: bytesSource(new TextEncoder().encode(open.getText())) }
    : manifestBytes(uri, store);
}

export function nameOf({ path }: vscode.Uri): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
