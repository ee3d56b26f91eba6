import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import type { DatabaseSync } from 'node:sqlite';
import { systemClock } from '../../../../src/local/clock.js';
import { openDatabase } from '../../../../src/local/store/database.js';
import { localObjectStorage } from '../../../../src/local/store/localObjectStorage.js';
import type { ObjectRange, ObjectStorage } from '../../../../src/local/store/objectStorage.js';
import { S3Store } from '../../../../src/local/store/s3Store.js';

describe('the engine’s way to the objects', () => {
  let folder = '';
  let database: DatabaseSync;
  let store: S3Store;
  let objects: ObjectStorage;
  const bucket = 'b';

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'object-storage-'));
    database = openDatabase(join(folder, 'records.sqlite'));
    store = await S3Store.open(folder, database, assert.fail);
    objects = localObjectStorage(store, systemClock, []);
    await store.commit(() =>
      store.buckets.insert({ name: bucket, region: 'us-east-1', createdAt: 0, settings: { acl: [] } }),
    );
  });

  after(async () => {
    await store.settle();
    database.close();
    await rm(folder, { recursive: true, force: true });
  });

  const write = (key: string, body: Uint8Array | AsyncIterable<Uint8Array>) =>
    objects.write(bucket, key, body, { contentType: 'text/plain' });

  const text = async (key: string, range?: ObjectRange) =>
    Buffer.from((await objects.read(bucket, key, range)).bytes).toString();

  it('knows which buckets there are', async () => {
    assert.deepEqual(await objects.findBucket(bucket), { region: 'us-east-1' });
    assert.equal(await objects.findBucket('other'), undefined);
  });

  it('reads what was written, whole, in part and in pieces', async () => {
    await write('k', Buffer.from('0123456789'));
    const { bytes, totalBytes, contentType } = await objects.read(bucket, 'k', { offset: 3, length: 4 });
    assert.deepEqual({ totalBytes, contentType }, { totalBytes: 10, contentType: 'text/plain' });
    assert.equal(Buffer.from(bytes).toString(), '3456');
    assert.equal(await text('k'), '0123456789');
    assert.equal(await text('k', { offset: 8, length: 40 }), '89');
    assert.equal(await text('k', { offset: 10, length: 1 }), '');
    assert.equal((await buffer(objects.stream(bucket, 'k'))).toString(), '0123456789');
  });

  it('keeps what was there where the bucket keeps versions, and reads the latest', async () => {
    const versioned = {
      name: 'v',
      region: 'us-east-1',
      createdAt: 0,
      settings: { acl: [], versioning: 'Enabled' },
    } as const;
    await store.commit(() => store.buckets.insert(versioned));
    const twice = ['first', 'second'];
    for (const content of twice) {
      await objects.write('v', 'k', Buffer.from(content), { contentType: 'text/plain' });
    }
    assert.equal((await buffer(objects.stream('v', 'k'))).toString(), 'second');
    const kept = [...store.versions.list({ bucket: 'v', prefix: '' })];
    assert.deepEqual(
      kept.map(({ isLatest }) => isLatest),
      [true, false],
    );
  });

  it('writes a stream, however long', async () => {
    await write('long', pieces());
    const { bytes } = await objects.read(bucket, 'long');
    assert.equal(bytes.length, 5_000_000);
    assert.equal(bytes[4_999_999], 49);
  });

  it('leaves the old object where the new one’s stream fails', async () => {
    await write('broken', Buffer.from('old'));
    await assert.rejects(write('broken', broken()), /cut/u);
    assert.equal(await text('broken'), 'old');
  });

  it('refuses what is not there', async () => {
    await assert.rejects(objects.read(bucket, 'none'), { code: 'NoSuchKey', status: 404 });
    await assert.rejects(objects.write('other', 'k', Buffer.from('x'), { contentType: 'a/b' }), {
      code: 'NoSuchBucket',
    });
  });
});

async function* pieces(): AsyncGenerator<Uint8Array> {
  for (let index = 0; index < 50; index++) {
    yield Buffer.alloc(100_000, index);
  }
}

async function* broken(): AsyncGenerator<Uint8Array> {
  yield Buffer.from('half');
  throw new Error('cut');
}
