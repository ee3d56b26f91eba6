import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { DatabaseSync } from 'node:sqlite';
import { BlobFiles, type Blob } from '../../../../src/local/store/blobFiles.js';
import { writeBlob } from '../../../../src/local/store/writeBlob.js';

describe('BlobFiles', () => {
  let folder = '';
  let database: DatabaseSync;
  let files: BlobFiles;
  const open = () => BlobFiles.open(join(folder, 'objects'), database, 3);
  const write = (text: string) => writeBlob(files, Readable.from([Buffer.from(text)]));
  const read = async (blobs: readonly Blob[], first: number, last: number) =>
    (await buffer(files.read(blobs, { first, last }))).toString();
  const isThere = ({ name }: Blob) =>
    stat(join(folder, 'objects', name)).then(
      () => true,
      () => false,
    );

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'blob-files-'));
    database = new DatabaseSync(':memory:');
    files = await open();
  });

  afterEach(async () => {
    await files.idle();
    database.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('reads across several files', async () => {
    const blobs = [await write('abc'), await write(''), await write('defg'), await write('h')];
    assert.equal(await read(blobs, 0, 7), 'abcdefgh');
    assert.equal(await read(blobs, 2, 3), 'cd');
    assert.equal(await read(blobs, 3, 3), 'd');
    assert.equal(await read(blobs, 7, 7), 'h');
    assert.equal(await read([], 0, -1), '');
  });

  it('begins a new folder when one is full, also for many at once', async () => {
    const blobs = await Promise.all(Array.from({ length: 20 }, (_, index) => write(`blob ${index}`)));
    assert.equal(new Set(blobs.map(({ name }) => name)).size, 20);
    assert.equal(await read(blobs.slice(-1), 0, 6), 'blob 19');
    await write('one more');
    assert.ok((await readdir(join(folder, 'objects'))).length > 1);
  });

  it('sweeps at the next start what no commit has named', async () => {
    const [kept, forgotten] = [await write('kept'), await write('forgotten')];
    files.keep(kept.name);
    files = await open();
    assert.deepEqual([await isThere(kept), await isThere(forgotten)], [true, false]);
    assert.equal(await read([kept], 0, 3), 'kept');
    assert.notEqual((await write('new')).name, forgotten.name);
  });

  it('deletes released files at once, or at the next start', async () => {
    const [now, later] = [await write('now'), await write('later')];
    [now, later].forEach(({ name }) => files.keep(name));
    files.release(now.name);
    await files.sweep();
    assert.deepEqual([await isThere(now), await isThere(later)], [false, true]);
    files.release(later.name);
    files = await open();
    assert.equal(await isThere(later), false);
  });

  it('keeps a released file until it has been read', async () => {
    const blob = await write('still read');
    files.keep(blob.name);
    const reading = files.read([blob], { first: 0, last: 9 });
    files.release(blob.name);
    await files.sweep();
    assert.equal((await buffer(reading)).toString(), 'still read');
    await files.sweep();
    assert.equal(await isThere(blob), false);
  });

  it('lets go of a file whose reading was given up, even before it began', async () => {
    const [blob, other] = [await write('never read'), await write('half read')];
    [blob, other].forEach(({ name }) => files.keep(name));
    const unread = files.read([blob], { first: 0, last: 9 });
    const halfRead = files.read([other], { first: 0, last: 8 });
    await halfRead.next();
    [blob, other].forEach(({ name }) => files.release(name));
    await Promise.all([unread.return?.(), halfRead.return?.()]);
    await files.sweep();
    assert.deepEqual([await isThere(blob), await isThere(other)], [false, false]);
  });

  it('puts a folder on disk later where that has failed', async () => {
    await write('here');
    const [name = ''] = await readdir(join(folder, 'objects'));
    const [here, away] = [join(folder, 'objects', name), join(folder, 'away')];
    await rename(here, away);
    for (const attempt of ['first', 'second']) {
      await assert.rejects(files.syncFolders(), { code: 'ENOENT' }, attempt);
    }
    await rename(away, here);
    await files.syncFolders();
  });

  it('starts with as many commits, however many files were released', async () => {
    const path = join(folder, 'counted.sqlite');
    const counted = new DatabaseSync(path);
    // The database file counts its changes in its head.
    const commits = async () => (await readFile(path)).readUInt32BE(24);
    const commitsOfStart = async (released: number): Promise<number> => {
      const other = await BlobFiles.open(join(folder, String(released)), counted);
      for (let index = 0; index < released; index++) {
        const { name } = await writeBlob(other, Readable.from([Buffer.from('x')]));
        other.keep(name);
        other.release(name);
      }
      const before = await commits();
      await BlobFiles.open(join(folder, String(released)), counted);
      return (await commits()) - before;
    };
    assert.equal(await commitsOfStart(20), await commitsOfStart(2));
    counted.close();
  });
});
