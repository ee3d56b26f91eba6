import { posix } from 'node:path';
import * as vscode from 'vscode';
import type { UploadFile } from '../../core/uploads/upload.js';

// What systems leave in folders; nobody means to upload it.
const clutter = new Set(['.DS_Store', 'Thumbs.db', 'desktop.ini', '.git', 'node_modules', '__MACOSX']);

/** The files, and all that is in the folders; a folder keeps its name, as when it is dropped on a console's page. */
export async function filesToUpload(
  sources: readonly vscode.Uri[],
  prefix: string,
  signal: AbortSignal,
): Promise<readonly UploadFile[]> {
  const files = new Map<string, UploadFile>(); // Two selected items may be one inside the other.
  for (const uri of sources) {
    const { type } = await vscode.workspace.fs.stat(uri);
    const name = posix.basename(uri.path);
    if ((type & vscode.FileType.Directory) === 0) {
      files.set(prefix + name, toFile(uri, prefix + name));
      continue;
    }
    for await (const file of filesIn(uri, name === '' ? prefix : `${prefix}${name}/`, signal)) {
      files.set(file.key, file);
    }
  }
  return [...files.values()].toSorted((a, b) => (a.key < b.key ? -1 : 1));
}

async function* filesIn(folder: vscode.Uri, prefix: string, signal: AbortSignal): AsyncGenerator<UploadFile> {
  signal.throwIfAborted();
  const entries = await vscode.workspace.fs.readDirectory(folder);
  for (const [name, type] of entries.filter(([it]) => !clutter.has(it))) {
    const uri = vscode.Uri.joinPath(folder, name);
    if ((type & vscode.FileType.File) !== 0) {
      yield toFile(uri, prefix + name);
    } else if (type === vscode.FileType.Directory) {
      yield* filesIn(uri, `${prefix}${name}/`, signal); // A link to a folder could lead round in a ring.
    }
  }
}

function toFile(uri: vscode.Uri, key: string): UploadFile {
  return {
    key,
    async read(signal) {
      signal.throwIfAborted();
      return vscode.workspace.fs.readFile(uri);
    },
  };
}
