import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import {
  AbortMultipartUploadCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  paginateListObjectsV2,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { deleteDataFolder, makeDataFolder, spawnTestServer } from '../support/localServer.js';
import { enableVersions, readVersions } from '../support/versionedBucket.js';

const Bucket = 'crash';

describe('S3’s data folder', () => {
  let dataFolder = '';

  beforeEach(async () => {
    dataFolder = await makeDataFolder();
  });

  afterEach(() => deleteDataFolder(dataFolder));

  it('loses nothing acknowledged, and shows nothing torn, when the server is killed', async () => {
    const acknowledged = new Map<string, string>();
    for (let round = 0; round < 4; round++) {
      const server = await spawnTestServer({ dataFolder });
      const s3 = new S3Client({ ...server.clientConfig, maxAttempts: 1 });
      await s3.send(new CreateBucketCommand({ Bucket }));
      await checkObjects(s3, acknowledged);
      const enough = 40 + 25 * round; // So that the kill falls into different moments.
      let count = 0;
      const writers = [2_000, 60_000, 60_000, 700_000, 3_000_000].map(async (bytes, writer) => {
        for (let index = 0; ; index++) {
          const Body = randomBytes(bytes);
          const Key = `${writer}/${index % 9}`; // Old objects are replaced, too.
          // What is under way when the server dies may have been kept or not.
          acknowledged.delete(Key);
          await s3.send(new PutObjectCommand({ Bucket, Key, Body }));
          acknowledged.set(Key, md5(Body));
          if (++count === enough) {
            await server.kill();
          }
        }
      });
      const ends = await Promise.allSettled(writers);
      assert.ok(ends.every(({ status }) => status === 'rejected'));
      assert.ok(count >= enough);
      s3.destroy();
    }

    const server = await spawnTestServer({ dataFolder });
    const s3 = new S3Client(server.clientConfig);
    const objects = await checkObjects(s3, acknowledged);
    s3.destroy();
    assert.equal(await server.end(), 0);
    assert.equal(await countFiles(dataFolder), objects); // All leftovers of torn writes have been swept.
  });

  it('loses no version that was acknowledged, and has no file too many, when the server is killed', async () => {
    const texts = new Map<string, string>();
    const gone = new Set<string>();
    for (let round = 0; round < 3; round++) {
      const server = await spawnTestServer({ dataFolder });
      const s3 = new S3Client({ ...server.clientConfig, maxAttempts: 1 });
      await s3.send(new CreateBucketCommand({ Bucket }));
      await enableVersions(s3, Bucket);
      await checkVersions(s3, texts, gone);
      const enough = 30 + 17 * round; // So that the kill falls into different moments.
      let count = 0;
      const writers = ['a', 'b', 'c', 'd'].map(async (Key) => {
        const own: string[] = [];
        for (let index = 0; ; index++) {
          const Body = `${Key} ${round} ${index}`;
          const { VersionId: id = '' } = await s3.send(new PutObjectCommand({ Bucket, Key, Body }));
          texts.set(id, Body);
          own.push(id);
          if (index % 3 === 2) {
            await s3.send(new DeleteObjectCommand({ Bucket, Key }));
            const VersionId = own.shift() ?? '';
            texts.delete(VersionId); // If the server dies now, it may have been deleted or not.
            await s3.send(new DeleteObjectCommand({ Bucket, Key, VersionId }));
            gone.add(VersionId);
          }
          if (++count === enough) {
            await server.kill();
          }
        }
      });
      const ends = await Promise.allSettled(writers);
      assert.ok(ends.every(({ status }) => status === 'rejected'));
      assert.ok(count >= enough);
      s3.destroy();
    }

    const server = await spawnTestServer({ dataFolder });
    const s3 = new S3Client(server.clientConfig);
    const versions = await checkVersions(s3, texts, gone);
    s3.destroy();
    assert.equal(await server.end(), 0);
    assert.equal(await countFiles(dataFolder), versions);
  });

  it('holds no file of what was replaced, deleted or given up', async () => {
    const server = await spawnTestServer({ dataFolder });
    const s3 = new S3Client(server.clientConfig);
    await s3.send(new CreateBucketCommand({ Bucket }));
    for (const Key of ['kept', 'kept', 'deleted']) {
      await s3.send(new PutObjectCommand({ Bucket, Key, Body: Key }));
    }
    await s3.send(new DeleteObjectCommand({ Bucket, Key: 'deleted' }));
    const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ Bucket, Key: 'parts' }));
    await s3.send(new UploadPartCommand({ Bucket, Key: 'parts', UploadId, PartNumber: 1, Body: 'x' }));
    await s3.send(new AbortMultipartUploadCommand({ Bucket, Key: 'parts', UploadId }));
    s3.destroy();
    assert.equal(await server.end(), 0);
    assert.equal(await countFiles(dataFolder), 1);
  });

  it('keeps parts that were uploaded before the server was killed', async () => {
    const first = await spawnTestServer({ dataFolder });
    const before = new S3Client(first.clientConfig);
    await before.send(new CreateBucketCommand({ Bucket }));
    const { UploadId } = await before.send(new CreateMultipartUploadCommand({ Bucket, Key: 'parts' }));
    const to = { Bucket, Key: 'parts', UploadId };
    await before.send(new UploadPartCommand({ ...to, PartNumber: 1, Body: 'first' }));
    before.destroy();
    await first.kill();

    const second = await spawnTestServer({ dataFolder });
    const s3 = new S3Client(second.clientConfig);
    const { ETag } = await s3.send(new UploadPartCommand({ ...to, PartNumber: 2, Body: 'second' }));
    assert.ok(ETag);
    assert.equal(await countFiles(dataFolder), 2);
    s3.destroy();
    assert.equal(await second.end(), 0);
  });
});

/** Reads every object: whole, and what was acknowledged is what is there. Resolves to how many they are. */
async function checkObjects(s3: S3Client, acknowledged: ReadonlyMap<string, string>): Promise<number> {
  const found = new Map<string, string>();
  for await (const { Contents = [] } of paginateListObjectsV2({ client: s3 }, { Bucket })) {
    for (const { Key = '', ETag, Size } of Contents) {
      const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
      const bytes = Buffer.from((await Body?.transformToByteArray()) ?? []);
      assert.equal(bytes.length, Size);
      assert.equal(ETag, `"${md5(bytes)}"`);
      found.set(Key, md5(bytes));
    }
  }
  for (const [key, hash] of acknowledged) {
    assert.equal(found.get(key), hash, key);
  }
  return found.size;
}

/** Reads every version: what was acknowledged is there, what was deleted is not. Resolves to how many they are. */
async function checkVersions(
  s3: S3Client,
  texts: ReadonlyMap<string, string>,
  gone: ReadonlySet<string>,
): Promise<number> {
  const found = new Map<string, string | undefined>();
  for await (const { Key, VersionId = '' } of readVersions(s3, Bucket, 7)) {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key, VersionId }));
    assert.ok(!found.has(VersionId));
    found.set(VersionId, await Body?.transformToString());
  }
  for (const [id, text] of texts) {
    assert.equal(found.get(id), text);
  }
  assert.deepEqual(
    [...gone].filter((id) => found.has(id)),
    [],
  );
  return found.size;
}

async function countFiles(dataFolder: string): Promise<number> {
  const entries = await readdir(join(dataFolder, 'objects'), { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).length;
}

function md5(bytes: Uint8Array): string {
  return createHash('md5').update(bytes).digest('hex');
}
