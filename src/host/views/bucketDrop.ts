import * as vscode from 'vscode';
import type { S3Uri } from '../../core/s3Uri.js';
import type { UploadFile } from '../../core/uploads/upload.js';
import { filesToUpload } from '../support/localFiles.js';
import type { BucketNode } from './nodes.js';

const uriList = 'text/uri-list';

/** Files and folders from VS Code's Explorer or the desktop, dropped onto a bucket or a folder, are uploaded to it. */
export class BucketDrop implements vscode.TreeDragAndDropController<BucketNode> {
  readonly dragMimeTypes: readonly string[] = [];
  readonly dropMimeTypes = [uriList, 'files'];
  readonly #onDrop: (into: S3Uri, files: readonly UploadFile[]) => Promise<void>;

  constructor(onDrop: (into: S3Uri, files: readonly UploadFile[]) => Promise<void>) {
    this.#onDrop = onDrop;
  }

  async handleDrop(target: BucketNode | undefined, data: vscode.DataTransfer, token: vscode.CancellationToken) {
    const into = target && destination(target);
    if (!into) {
      return;
    }
    const abort = new AbortController();
    const listening = token.onCancellationRequested(() => abort.abort());
    try {
      const uris = await droppedUris(data);
      const files = uris.length > 0 ? await filesToUpload(uris, into.key, abort.signal) : droppedFiles(data, into.key);
      // The drop is over when this returns; the upload has its own progress and its own end.
      void this.#onDrop(into, files);
    } finally {
      listening.dispose();
    }
  }
}

function destination(node: BucketNode): S3Uri | undefined {
  switch (node.kind) {
    case 'bucket':
      return { bucket: node.bucket.name, key: '' };
    case 'folder':
      return { bucket: node.bucket, key: node.prefix };
    case 'object': {
      const { bucket, key } = node.object;
      return { bucket, key: key.slice(0, key.lastIndexOf('/') + 1) };
    }
    case 'more':
      return destination(node.parent);
    case 'problem':
      return node.parent && destination(node.parent);
  }
}

async function droppedUris(data: vscode.DataTransfer): Promise<readonly vscode.Uri[]> {
  const text = (await data.get(uriList)?.asString()) ?? '';
  return text
    .split(/\r?\n/u)
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => vscode.Uri.parse(line, true));
}

/** In a browser a file from the desktop has content, but no address. */
function droppedFiles(data: vscode.DataTransfer, prefix: string): readonly UploadFile[] {
  return [...data].flatMap(([, item]) => {
    const file = item.asFile();
    return file ? [{ key: prefix + file.name, read: () => Promise.resolve(file.data()) }] : [];
  });
}
