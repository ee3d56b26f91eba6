import * as vscode from 'vscode';
import { bytesSource } from '../../core/manifest/byteSource.js';
import type { ManifestBytes } from '../../core/manifest/manifestScan.js';
import { fromObjectUri, objectScheme } from '../../core/objectUri.js';
import type { ObjectStore } from '../../core/ports.js';
import { objectByteSource } from './objectByteSource.js';

/** How often an object is asked whether it was replaced: S3 tells nobody. */
const pollMs = 3_000;
/** A file that is being written changes many times in a row. */
const settleMs = 300;

/** The bytes of the manifest behind `uri`, as they are now. */
export async function manifestBytes(uri: vscode.Uri, store: () => Promise<ObjectStore>): Promise<ManifestBytes> {
  switch (uri.scheme) {
    case 'file':
      return { kind: 'file', path: uri.fsPath };
    case objectScheme:
      return { kind: 'source', source: objectByteSource(store, fromObjectUri(uri)) };
    default:
      // Other file systems have no ranges: there the file is held in memory.
      return { kind: 'source', source: bytesSource(await vscode.workspace.fs.readFile(uri)) };
  }
}

/** Tells when the manifest behind `uri` was written anew. While `isVisible` says no, objects are not asked for. */
export function watchManifest(
  uri: vscode.Uri,
  store: () => Promise<ObjectStore>,
  { isVisible, onChange }: { readonly isVisible: () => boolean; readonly onChange: () => void },
): vscode.Disposable {
  return uri.scheme === objectScheme ? pollObject(uri, store, isVisible, onChange) : watchFile(uri, onChange);
}

function watchFile(uri: vscode.Uri, onChange: () => void): vscode.Disposable {
  const folder = vscode.Uri.joinPath(uri, '..');
  const name = uri.path.slice(uri.path.lastIndexOf('/') + 1);
  // In a glob some characters mean something; a class of one character stands for itself.
  const pattern = name.replaceAll(/[[\]{}*?]/gu, '[$&]');
  const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(folder, pattern));
  let settling: NodeJS.Timeout | undefined;
  const settle = () => {
    clearTimeout(settling);
    settling = setTimeout(onChange, settleMs);
  };
  return vscode.Disposable.from(watcher, watcher.onDidChange(settle), watcher.onDidCreate(settle), {
    dispose: () => clearTimeout(settling),
  });
}

function pollObject(
  uri: vscode.Uri,
  store: () => Promise<ObjectStore>,
  isVisible: () => boolean,
  onChange: () => void,
): vscode.Disposable {
  const closing = new AbortController();
  let lastTag: string | undefined;
  let isFirst = true;
  const look = async () => {
    if (isVisible()) {
      try {
        const head = await (await store()).headObject(fromObjectUri(uri), closing.signal);
        if (!isFirst && head?.etag !== lastTag && head !== undefined) {
          onChange();
        }
        lastTag = head?.etag;
        isFirst = false;
      } catch {
        // Out of reach for now; the next look may succeed, and reading the manifest says what is wrong.
      }
    }
    if (!closing.signal.aborted) {
      timer = setTimeout(() => void look(), pollMs);
    }
  };
  let timer = setTimeout(() => void look(), 0);
  return new vscode.Disposable(() => {
    closing.abort();
    clearTimeout(timer);
  });
}
