import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import {
  CreateMultipartUploadCommand,
  DeleteBucketPolicyCommand,
  DeleteObjectsCommand,
  ListObjectVersionsCommand,
  PutBucketPolicyCommand,
} from '@aws-sdk/client-s3';
import { createAwsServices } from '../../src/aws/services.js';
import { Failure } from '../../src/core/failure.js';
import type { ObjectVersion } from '../../src/core/lab/bucketContents.js';
import { deleteResource } from '../../src/core/lab/deleteResource.js';
import type { LocalServer, Services } from '../../src/core/ports.js';
import { aws } from '../support/awsCli.js';
import { hasten } from '../support/faults/hasten.js';
import { s3Suite } from '../support/s3.js';
import { versionedSuite } from '../support/versionedBucket.js';
import { type KeptVersion, type Refusals, startVersionedS3, type VersionedS3 } from '../support/versionedS3.js';

const { signal } = new AbortController();
const resource = { kind: 'bucket', name: 'versioned' } as const;
const keys = 900;

/** By a server that has S3's documented replies and no more: it tells what it was asked, and refuses what it is told to. */
describe('deleting a bucket that keeps versions', () => {
  let s3: VersionedS3;
  let services: Services;

  async function open(refusals: Refusals = {}, status: 'Enabled' | 'Suspended' = 'Enabled'): Promise<void> {
    const uploads = ['u1', 'u2', 'u3', 'u4', 'u5'].map((id) => ({ key: 'half', id }));
    s3 = await startVersionedS3({ versions: manyVersions(), uploads, status }, refusals);
    services = servicesOf(s3.server);
  }

  afterEach(async () => {
    services.dispose();
    await s3.stop();
  });

  for (const status of ['Enabled', 'Suspended'] as const) {
    it(`deletes versions, delete markers and unfinished uploads, page by page: ${status}`, async () => {
      await open({}, status);
      const counts: number[] = [];
      await deleteResource({ services, resource, onDeleted: (count) => counts.push(count) }, signal);
      assert.deepEqual([s3.bucket.versions, s3.bucket.uploads], [[], []]);
      assert.deepEqual(counts, [1_000, 2_000, 2_700]);
      assert.equal(s3.asked.at(-1), 'DELETE ');
      assert.ok(!s3.asked.includes('GET list-type'), 'deleting the objects first would only add markers');
    });
  }

  it('goes on where it was cancelled', async () => {
    await open();
    const abort = new AbortController();
    const onDeleted = () => abort.abort();
    await assert.rejects(deleteResource({ services, resource, onDeleted }, abort.signal), { name: 'AbortError' });
    assert.equal(s3.bucket.versions.length, 1_700);
    const before = s3.asked.length;
    await deleteResource({ services, resource }, signal);
    assert.deepEqual(s3.bucket.versions, []);
    assert.equal(s3.asked.slice(before).filter((what) => what === 'POST delete').length, 2);
  });

  it('asks again for what S3 was too busy for, the whole request or some of its keys', async () => {
    const busy = new Set<string>();
    await open({
      whole: new Map([['POST delete', { status: 503, code: 'SlowDown', times: 2 }]]),
      each: ({ versionId }) => {
        const isFirst = !busy.has(versionId) && Number(versionId) % 7 === 0;
        busy.add(versionId);
        return isFirst ? 'SlowDown' : undefined;
      },
    });
    await deleteResource({ services, resource }, signal);
    assert.deepEqual(s3.bucket.versions, []);
  });

  it('passes over what is locked, and says how much that is, what, and why', async () => {
    await open({ each: (version) => (isLocked(version) ? 'AccessDenied' : undefined) });
    await assert.rejects(deleteResource({ services, resource }, signal), (error) => {
      assert.ok(Failure.is(error, 'bucket.notEmptied'));
      const { left, key, reason } = error.details;
      assert.deepEqual([left, key, reason], [6, 'key-0003', 'AccessDenied: AccessDenied!']);
      return true;
    });
    assert.ok(s3.bucket.versions.every(isLocked));
  });

  it('does not go through all of a bucket in which nothing can be deleted', async () => {
    await open({ each: () => 'AccessDenied' });
    await assert.rejects(deleteResource({ services, resource }, signal), (error) =>
      Failure.is(error, 'bucket.notEmptied'),
    );
    assert.deepEqual(
      s3.asked.filter((what) => what === 'POST delete'),
      ['POST delete'],
    );
  });

  it('looks for versions, too, where nobody may ask whether there are any', async () => {
    await open({ whole: new Map([['GET versioning', { status: 403, code: 'AccessDenied', times: 9 }]]) });
    await deleteResource({ services, resource }, signal);
    assert.deepEqual(s3.bucket.versions, []);
  });

  it('is not kept from it by uploads that nobody may list', async () => {
    await open({ whole: new Map([['GET uploads', { status: 403, code: 'AccessDenied', times: 9 }]]) });
    await deleteResource({ services, resource }, signal);
    assert.equal(s3.asked.at(-1), 'DELETE ');
  });
});

describe('a bucket of Local Ground Truth that keeps no versions', () => {
  const suite = s3Suite('plain');

  it('is deleted with its objects and what was begun to be uploaded', async () => {
    const bucket = 'half-uploaded';
    const services = servicesOf(suite.server);
    try {
      await services.objects.createBucket(bucket, signal);
      await services.objects.writeObject({ bucket, key: 'a' }, new Uint8Array(1), {}, signal);
      for (const Key of ['x', 'x', 'y']) {
        await suite.s3.send(new CreateMultipartUploadCommand({ Bucket: bucket, Key }));
      }
      assert.equal(await services.bucketContents.isVersioned(bucket, signal), false);
      assert.equal(await services.bucketContents.abortUploads(bucket, signal), 3);
      assert.equal(await services.bucketContents.abortUploads(bucket, signal), 0);
      await deleteResource({ services, resource: { kind: 'bucket', name: bucket } }, signal);
      assert.ok(!(await services.objects.listBuckets(signal)).some(({ name }) => name === bucket));
    } finally {
      services.dispose();
    }
  });

  it('is listed and emptied as one of versions "null", and of no other', async () => {
    const { s3, bucket: Bucket } = suite;
    await suite.put('one');
    const ids = ['3sL4kqtJlcpXroDTDmJ.rmSpXd3dIbrH', 'older']; // One that might be, and one that cannot.
    const other = { Objects: ids.map((VersionId) => ({ Key: 'one', VersionId })) };
    const { Deleted, Errors } = await s3.send(new DeleteObjectsCommand({ Bucket, Delete: other }));
    assert.deepEqual(Deleted, other.Objects.slice(0, 1));
    assert.deepEqual(
      Errors?.map(({ VersionId, Code }) => [VersionId, Code]),
      [['older', 'NoSuchVersion']],
    );
    const { Versions } = await s3.send(new ListObjectVersionsCommand({ Bucket }));
    assert.deepEqual(
      Versions?.map(({ Key, VersionId }) => [Key, VersionId]),
      [['one', 'null']],
    );
    const Delete = JSON.stringify({ Objects: [{ Key: 'one', VersionId: 'null' }] });
    const { stdout } = await aws(suite.server, 's3api', 'delete-objects', '--bucket', Bucket, '--delete', Delete);
    assert.deepEqual(JSON.parse(stdout), { Deleted: [{ Key: 'one', VersionId: 'null' }] });
  });
});

describe('a bucket of Local Ground Truth that keeps versions', () => {
  const suite = versionedSuite();
  const { bucket } = suite;
  const rows = 1_350;
  let services: Services;

  before(() => {
    services = servicesOf(suite.server);
  });

  after(() => services.dispose());

  beforeEach(async () => {
    await suite.makeBucket(bucket);
    await fill(450);
  });

  /** Of each key two versions and a delete marker, and three uploads that were never finished. */
  async function fill(keyCount: number): Promise<void> {
    const names = Array.from({ length: keyCount }, (_, at) => `key-${String(at).padStart(4, '0')}`);
    for (const text of ['older', 'newer']) {
      for (let start = 0; start < keyCount; start += 50) {
        await Promise.all(names.slice(start, start + 50).map((key) => suite.put(key, text)));
      }
    }
    await services.objects.deleteObjects(bucket, names, signal);
    for (const key of ['half', 'half', 'half-2']) {
      await suite.s3.send(new CreateMultipartUploadCommand(suite.at(key)));
    }
    assert.deepEqual(await suite.keys(''), []);
    assert.equal(await countVersions(), rows);
  }

  async function countVersions(): Promise<number> {
    let count = 0;
    for await (const page of paginateVersions(services, bucket)) {
      count += page;
    }
    return count;
  }

  async function isThere(): Promise<boolean> {
    return (await services.objects.listBuckets(signal)).some(({ name }) => name === bucket);
  }

  for (const status of ['Enabled', 'Suspended'] as const) {
    it(`is emptied page by page, and deleted: ${status}`, async () => {
      await suite.setVersioning(status);
      const counts: number[] = [];
      await deleteResource(
        { services, resource: { kind: 'bucket', name: bucket }, onDeleted: (count) => counts.push(count) },
        signal,
      );
      assert.deepEqual(counts, [1_000, rows]);
      assert.equal(await isThere(), false);
    });
  }

  it('goes on where its deletion was cancelled', async () => {
    const abort = new AbortController();
    const deletion = { services, resource: { kind: 'bucket', name: bucket } as const };
    const onDeleted = () => abort.abort();
    await assert.rejects(deleteResource({ ...deletion, onDeleted }, abort.signal), { name: 'AbortError' });
    assert.equal(await countVersions(), rows - 1_000);
    const counts: number[] = [];
    await deleteResource({ ...deletion, onDeleted: (count) => counts.push(count) }, signal);
    assert.deepEqual(counts, [rows - 1_000]);
    assert.equal(await isThere(), false);
  });

  it('keeps what its policy protects, whatever page that is on, and is told as kept', async () => {
    const protectedKeys = ['key-0003', 'key-0449'];
    const Policy = JSON.stringify({
      Statement: {
        Effect: 'Deny',
        Principal: '*',
        Action: 's3:DeleteObjectVersion',
        Resource: protectedKeys.map((key) => `arn:aws:s3:::${bucket}/${key}`),
      },
    });
    await suite.s3.send(new PutBucketPolicyCommand({ Bucket: bucket, Policy }));
    const deletion = { services, resource: { kind: 'bucket', name: bucket } as const };
    await assert.rejects(deleteResource(deletion, signal), (error) => {
      assert.ok(Failure.is(error, 'bucket.notEmptied'));
      assert.deepEqual([error.details.left, error.details.key], [6, 'key-0003']);
      return true;
    });
    const left = await services.bucketContents.listVersions({ bucket }, signal);
    assert.deepEqual([...new Set(left.versions.map(({ key }) => key))].toSorted(), protectedKeys);
    await suite.s3.send(new DeleteBucketPolicyCommand({ Bucket: bucket }));
    await deleteResource(deletion, signal);
    assert.equal(await isThere(), false);
  });
});

async function* paginateVersions({ bucketContents }: Services, bucket: string): AsyncGenerator<number> {
  let token: ObjectVersion | undefined;
  do {
    const page = await bucketContents.listVersions({ bucket, ...(token && { token }) }, signal);
    yield page.versions.length;
    token = page.nextToken;
  } while (token !== undefined);
}

function isLocked({ key }: { readonly key: string }): boolean {
  return key === 'key-0003' || key === 'key-0700';
}

function servicesOf(server: LocalServer): Services {
  return createAwsServices({ kind: 'local', server }, { onClient: hasten, wait: shortly });
}

async function shortly(_: number, until: AbortSignal): Promise<void> {
  await setImmediate();
  until.throwIfAborted();
}

/** Of each key two versions and a delete marker. */
function manyVersions(): readonly KeptVersion[] {
  return Array.from({ length: keys * 3 }, (_, at) => ({
    key: `key-${String(Math.floor(at / 3)).padStart(4, '0')}`,
    versionId: String(at).padStart(5, '0'),
    isDeleteMarker: at % 3 === 0,
  }));
}
