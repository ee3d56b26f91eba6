import * as vscode from 'vscode';
import type { S3Uri } from '../../core/s3Uri.js';
import type { UploadFile } from '../../core/uploads/upload.js';
import { filesToUpload } from '../support/localFiles.js';
import type { BucketNode } from './nodes.js';

const uriList = 'text/uri-list';

/** Uploads what is dropped; `find` may take long and may fail. */
export type OnDrop = (into: S3Uri, find: (signal: AbortSignal) => Promise<readonly UploadFile[]>) => Promise<void>;

/** Files and folders from VS Code's Explorer or the desktop, dropped onto a bucket or a folder, are uploaded to it. */
export class BucketDrop implements vscode.TreeDragAndDropController<BucketNode> {
  readonly dragMimeTypes: readonly string[] = [];
  readonly dropMimeTypes = [uriList, 'files'];
  readonly #onDrop: OnDrop;

  constructor(onDrop: OnDrop) {
    this.#onDrop = onDrop;
  }

  async handleDrop(target: BucketNode | undefined, data: vscode.DataTransfer): Promise<void> {
    const into = target && destination(target);
    if (!into) {
      return;
    }
    const addresses = await droppedAddresses(data);
    const contents = droppedFiles(data, into.key);
    // The drop is over when this returns; looking for files and uploading them has its own progress and its own end.
    void this.#onDrop(into, async (signal) =>
      addresses.length > 0 ? filesToUpload(addresses.map(parseAddress), into.key, signal) : contents,
    );
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
    case 'empty':
      return destination(node.parent);
    case 'problem':
      return node.parent && destination(node.parent);
  }
}

async function droppedAddresses(data: vscode.DataTransfer): Promise<readonly string[]> {
  const text = (await data.get(uriList)?.asString()) ?? '';
  return text.split(/\r?\n/u).filter((line) => line !== '' && !line.startsWith('#'));
}

function parseAddress(line: string): vscode.Uri {
  return vscode.Uri.parse(line, true);
}

/** In a browser a file from the desktop has content, but no address. */
function droppedFiles(data: vscode.DataTransfer, prefix: string): readonly UploadFile[] {
  return [...data].flatMap(([, item]) => {
    const file = item.asFile();
    return file ? [{ key: prefix + file.name, read: () => Promise.resolve(file.data()) }] : [];
  });
}
