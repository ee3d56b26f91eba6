import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Services } from '../../../src/core/ports.js';
import { connectToLocalServer } from './connectedServer.js';

const bucket = 'host-suite-objects';
const { signal } = new AbortController();

describe('objects as files', () => {
  let services: Services;

  before(async () => {
    services = await connectToLocalServer();
    await services.objects.createBucket(bucket, signal);
    for (const key of ['notes.txt', 'folder/ünïcode name.txt']) {
      await services.objects.writeObject({ bucket, key }, Buffer.from(`This is ${key}`), {}, signal);
    }
  });

  after(() => services.dispose());

  it('open in any editor', async () => {
    const document = await vscode.workspace.openTextDocument(fileOf('folder/ünïcode name.txt'));
    assert.equal(document.getText(), 'This is folder/ünïcode name.txt');
  });

  it('are listed by folder', async () => {
    const entries = await vscode.workspace.fs.readDirectory(fileOf(''));
    assert.deepEqual(Object.fromEntries(entries), {
      folder: vscode.FileType.Directory,
      'notes.txt': vscode.FileType.File,
    });
  });

  it('cannot be written by accident', async () => {
    assert.equal(vscode.workspace.fs.isWritableFileSystem('gts3'), false);
    await assert.rejects(async () => vscode.workspace.fs.writeFile(fileOf('notes.txt'), new Uint8Array()));
  });

  it('are missing as files are', async () => {
    await assert.rejects(async () => vscode.workspace.fs.readFile(fileOf('nothing.txt')), { code: 'FileNotFound' });
  });
});

function fileOf(key: string): vscode.Uri {
  return vscode.Uri.from({ scheme: 'gts3', authority: bucket, path: `/${key}` });
}
