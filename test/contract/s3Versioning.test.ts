import assert from 'node:assert/strict';
import {
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  DeleteObjectTaggingCommand,
  GetBucketVersioningCommand,
  GetObjectAclCommand,
  GetObjectAttributesCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  PutObjectTaggingCommand,
  UploadPartCommand,
  UploadPartCopyCommand,
  type S3ServiceException,
} from '@aws-sdk/client-s3';
import { refuses } from '../support/s3.js';
import { versionedSuite } from '../support/versionedBucket.js';

describe('a bucket that keeps versions', () => {
  const suite = versionedSuite();
  const { at, put, read, versions } = suite;

  it('says whether it does', async () => {
    const state = async () => (await suite.s3.send(new GetBucketVersioningCommand({ Bucket: suite.bucket }))).Status;
    assert.equal(await state(), 'Enabled');
    await suite.setVersioning('Suspended');
    assert.equal(await state(), 'Suspended');
    await suite.setVersioning('Enabled');
    assert.equal(await state(), 'Enabled');
  });

  it('gives each object that is put an id of its own, and keeps all of them', async () => {
    const key = 'kept';
    const ids = [await put(key, 'one'), await put(key, 'two'), await put(key, 'three')];
    assert.equal(new Set(ids).size, 3);
    assert.equal(await read(key), 'three');
    assert.deepEqual(await Promise.all(ids.map((id) => read(key, id))), ['one', 'two', 'three']);
    const head = await suite.s3.send(new HeadObjectCommand({ ...at(key), VersionId: ids[0] }));
    assert.deepEqual([head.VersionId, head.ContentLength, head.DeleteMarker], [ids[0], 3, undefined]);
    assert.equal((await suite.s3.send(new HeadObjectCommand(at(key)))).VersionId, ids[2]);
    const { Contents } = await suite.s3.send(new ListObjectsV2Command({ Bucket: suite.bucket, Prefix: key }));
    assert.deepEqual(
      Contents?.map(({ Key, Size }) => [Key, Size]),
      [[key, 5]],
    );
  });

  it('hides an object behind a delete marker, and shows it again without', async () => {
    const key = 'hidden';
    const id = await put(key, 'here');
    const deletion = await suite.s3.send(new DeleteObjectCommand(at(key)));
    assert.equal(deletion.DeleteMarker, true);
    assert.notEqual(deletion.VersionId, id);
    const missing = await refuses(suite.s3.send(new GetObjectCommand(at(key))), 'NoSuchKey', 404);
    assert.deepEqual(markerOf(missing), ['true', deletion.VersionId]);
    assert.deepEqual(await suite.keys(key), []);
    assert.equal(await read(key, id), 'here');
    assert.deepEqual(await versions(key), [
      { id: deletion.VersionId, isMarker: true, isLatest: true },
      { id, isMarker: false, isLatest: false },
    ]);

    const undone = await suite.s3.send(new DeleteObjectCommand({ ...at(key), VersionId: deletion.VersionId }));
    assert.deepEqual([undone.DeleteMarker, undone.VersionId], [true, deletion.VersionId]);
    assert.equal(await read(key), 'here');
    assert.deepEqual(await suite.keys(key), [key]);
  });

  it('makes a delete marker for what was never there, and one more each time', async () => {
    const key = 'never';
    await suite.s3.send(new DeleteObjectCommand(at(key)));
    await suite.s3.send(new DeleteObjectCommand(at(key)));
    assert.deepEqual(
      (await versions(key)).map(({ isMarker, isLatest }) => [isMarker, isLatest]),
      [
        [true, true],
        [true, false],
      ],
    );
  });

  it('has nothing to be read of a delete marker', async () => {
    const key = 'marker';
    await put(key, 'x');
    const { VersionId } = await suite.s3.send(new DeleteObjectCommand(at(key)));
    const marker = { ...at(key), VersionId };
    const readings = [
      () => suite.s3.send(new GetObjectCommand(marker)),
      () => suite.s3.send(new GetObjectTaggingCommand(marker)),
      () => suite.s3.send(new GetObjectAclCommand(marker)),
    ];
    for (const reading of readings) {
      const error = await refuses(reading(), 'MethodNotAllowed', 405);
      assert.deepEqual(markerOf(error), ['true', VersionId]);
      assert.ok(error.$response?.headers['last-modified']);
    }
    // A reply to HEAD has no body that would name the error.
    const head: unknown = await suite.s3.send(new HeadObjectCommand(marker)).catch((error: unknown) => error);
    assert.deepEqual(markerOf(head as S3ServiceException), ['true', VersionId]);
    assert.equal((head as S3ServiceException).$metadata.httpStatusCode, 405);
  });

  it('deletes a version for good, and makes the one before it the latest', async () => {
    const key = 'popped';
    const [one, two, three] = [await put(key, 'one'), await put(key, 'two'), await put(key, 'three')];
    const { VersionId, DeleteMarker } = await suite.s3.send(new DeleteObjectCommand({ ...at(key), VersionId: three }));
    assert.deepEqual([VersionId, DeleteMarker], [three, undefined]);
    assert.equal(await read(key), 'two');
    await suite.s3.send(new DeleteObjectCommand({ ...at(key), VersionId: one }));
    assert.deepEqual(await versions(key), [{ id: two, isMarker: false, isLatest: true }]);
    await refuses(suite.s3.send(new GetObjectCommand({ ...at(key), VersionId: one })), 'NoSuchVersion', 404);
  });

  it('deletes many at once: objects behind markers, versions and markers for good', async () => {
    const [a, b] = [await put('many/a', 'a'), await put('many/b', 'b')];
    const hidden = await suite.s3.send(
      new DeleteObjectsCommand({ Bucket: suite.bucket, Delete: { Objects: [{ Key: 'many/a' }, { Key: 'many/c' }] } }),
    );
    const [first, second] = hidden.Deleted ?? [];
    assert.deepEqual(
      [first, second].map((each) => [each?.Key, each?.DeleteMarker, each?.VersionId]),
      [
        ['many/a', true, undefined],
        ['many/c', true, undefined],
      ],
    );
    const marker = first?.DeleteMarkerVersionId;
    const Objects = [
      { Key: 'many/a', VersionId: marker },
      { Key: 'many/b', VersionId: b },
      { Key: 'many/b', VersionId: a }, // It is no version of that key.
    ];
    const { Deleted, Errors } = await suite.s3.send(
      new DeleteObjectsCommand({ Bucket: suite.bucket, Delete: { Objects } }),
    );
    assert.equal(Errors, undefined);
    assert.deepEqual(Deleted, [
      { Key: 'many/a', VersionId: marker, DeleteMarker: true, DeleteMarkerVersionId: marker },
      { Key: 'many/b', VersionId: b },
      { Key: 'many/b', VersionId: a },
    ]);
    assert.equal(await read('many/a'), 'a');
    assert.deepEqual(await versions('many/b'), []);
  });

  it('copies a version, and brings an old one back by copying it over the new one', async () => {
    const key = 'copied';
    const old = await put(key, 'old', { color: 'red' });
    const now = await put(key, 'new');
    const CopySource = `${suite.bucket}/${key}?versionId=${old}`;
    const copy = await suite.s3.send(new CopyObjectCommand({ ...at(key), CopySource }));
    assert.equal(copy.CopySourceVersionId, old);
    assert.ok(copy.VersionId !== undefined && copy.VersionId !== old && copy.VersionId !== now);
    const back = await suite.s3.send(new HeadObjectCommand(at(key)));
    assert.deepEqual([back.VersionId, back.Metadata], [copy.VersionId, { color: 'red' }]);
    assert.equal(await read(key), 'old');
    assert.equal((await versions(key)).length, 3);
    const whole = { ...at(key), CopySource: `${suite.bucket}/${key}` };
    await refuses(suite.s3.send(new CopyObjectCommand(whole)), 'InvalidRequest', 400); // To itself, as it is.
  });

  it('copies nothing from a delete marker, or from what was deleted', async () => {
    const key = 'gone';
    await put(key, 'x');
    const { VersionId } = await suite.s3.send(new DeleteObjectCommand(at(key)));
    const copy = (CopySource: string) => suite.s3.send(new CopyObjectCommand({ ...at('copy'), CopySource }));
    await refuses(copy(`${suite.bucket}/${key}`), 'NoSuchKey', 404);
    await refuses(copy(`${suite.bucket}/${key}?versionId=${VersionId}`), 'InvalidRequest', 400);
    await refuses(copy(`${suite.bucket}/${key}?versionId=3sL4kqtJlcpXroDTDmJ.rmSpXd3dIbrH`), 'NoSuchVersion', 404);
    await refuses(copy(`${suite.bucket}/${key}?versionId=odd`), 'InvalidArgument', 400);
  });

  it('makes one version of what is uploaded in parts', async () => {
    const key = 'parts';
    const source = await put('source', 'from a version');
    await put('source', 'newer');
    const before = await put(key, 'before');
    const { UploadId } = await suite.s3.send(new CreateMultipartUploadCommand(at(key)));
    const part = { ...at(key), UploadId, PartNumber: 1 };
    await suite.s3.send(new UploadPartCommand({ ...part, Body: 'replaced' }));
    const CopySource = `${suite.bucket}/source?versionId=${source}`;
    const copied = await suite.s3.send(new UploadPartCopyCommand({ ...part, CopySource }));
    assert.equal(copied.CopySourceVersionId, source);
    const MultipartUpload = { Parts: [{ PartNumber: 1, ETag: copied.CopyPartResult?.ETag }] };
    const complete = () => suite.s3.send(new CompleteMultipartUploadCommand({ ...at(key), UploadId, MultipartUpload }));
    const { VersionId } = await complete();
    assert.equal((await complete()).VersionId, VersionId); // The reply was lost: it is asked for again.
    assert.deepEqual(
      (await versions(key)).map(({ id }) => id),
      [VersionId, before],
    );
    assert.equal(await read(key), 'from a version');
  });

  it('has tags and attributes of each version', async () => {
    const key = 'tagged';
    const old = { ...at(key), VersionId: await put(key, 'old') };
    await put(key, 'newer');
    const Tagging = { TagSet: [{ Key: 'age', Value: 'old' }] };
    assert.equal((await suite.s3.send(new PutObjectTaggingCommand({ ...old, Tagging }))).VersionId, old.VersionId);
    const tagsOf = async (which: ReturnType<typeof at>) =>
      (await suite.s3.send(new GetObjectTaggingCommand(which))).TagSet;
    assert.deepEqual([await tagsOf(old), await tagsOf(at(key))], [Tagging.TagSet, []]);
    const attributes = await suite.s3.send(
      new GetObjectAttributesCommand({ ...old, ObjectAttributes: ['ObjectSize'] }),
    );
    assert.deepEqual([attributes.ObjectSize, attributes.VersionId], [3, old.VersionId]);
    await suite.s3.send(new DeleteObjectTaggingCommand(old));
    assert.deepEqual(await tagsOf(old), []);
    assert.equal(await read(key), 'newer');
  });

  it('asks whether there is an object, not whether there was one', async () => {
    const key = 'conditional';
    const id = await put(key, 'x');
    const again = new PutObjectCommand({ ...at(key), Body: 'y', IfNoneMatch: '*' });
    await refuses(suite.s3.send(again), 'PreconditionFailed', 412);
    assert.equal((await versions(key)).length, 1);
    await suite.s3.send(new DeleteObjectCommand(at(key)));
    await suite.s3.send(again); // Nothing is there now.
    assert.equal(await read(key), 'y');
    assert.equal(await read(key, id), 'x');
  });

  it('is deleted when its last version is', async () => {
    const Bucket = 'full-of-versions';
    const place = { Bucket, Key: 'only' };
    await suite.makeBucket(Bucket);
    const { VersionId } = await suite.s3.send(new PutObjectCommand({ ...place, Body: 'x' }));
    const marker = await suite.s3.send(new DeleteObjectCommand(place));
    const error = await refuses(suite.s3.send(new DeleteBucketCommand({ Bucket })), 'BucketNotEmpty', 409);
    assert.match(error.message, /You must delete all versions in the bucket\.$/u);
    await suite.s3.send(new DeleteObjectCommand({ ...place, VersionId }));
    await refuses(suite.s3.send(new DeleteBucketCommand({ Bucket })), 'BucketNotEmpty', 409);
    await suite.s3.send(new DeleteObjectCommand({ ...place, VersionId: marker.VersionId }));
    await suite.s3.send(new DeleteBucketCommand({ Bucket }));
  });
});

function markerOf(error: S3ServiceException): readonly [string | undefined, string | undefined] {
  const { headers = {} } = error.$response ?? {};
  return [headers['x-amz-delete-marker'], headers['x-amz-version-id']];
}
