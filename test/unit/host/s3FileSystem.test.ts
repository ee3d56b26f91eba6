import assert from 'node:assert/strict';
import type { Uri } from 'vscode';
import { Failure } from '../../../src/core/failure.js';
import type { S3FileSystem } from '../../../src/host/support/s3FileSystem.js';
import { fakeVscode } from '../../support/fakeVscode.js';
import { connectionTo } from '../../support/hostConnection.js';
import { MemoryObjectStore } from '../../support/memoryObjectStore.js';

const uri = { scheme: 'gts3', authority: 'gone', path: '/a.txt' } as Uri;

describe('objects as files', () => {
  let files: S3FileSystem;
  const objects = new MemoryObjectStore();
  before(async () => {
    fakeVscode();
    const { S3FileSystem: FileSystem } = await import('../../../src/host/support/s3FileSystem.js');
    files = new FileSystem(connectionTo({ objects }));
  });
  after(() => files.dispose());

  const ways = {
    'is looked up': () => files.stat(uri),
    'is listed': () => files.readDirectory(uri),
    'is read': () => files.readFile(uri),
  };
  for (const [way, ask] of Object.entries(ways)) {
    it(`says in words that there is no such bucket where a file of it ${way}`, async () => {
      await assert.rejects(ask(), (error) => {
        assert.ok(error instanceof Error && !Failure.is(error));
        assert.match(error.message, /^There is no bucket "gone"/u);
        return true;
      });
    });
  }

  it('are missing where there is no object', async () => {
    await objects.createBucket('gone', new AbortController().signal);
    await assert.rejects(files.readFile(uri), { code: 'FileNotFound' });
  });
});
