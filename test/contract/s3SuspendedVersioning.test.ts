import assert from 'node:assert/strict';
import {
  CopyObjectCommand,
  CreateBucketCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  DeletePublicAccessBlockCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectAclCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { refuses } from '../support/s3.js';
import { enableVersions, versionedSuite } from '../support/versionedBucket.js';

const old = '3sL4kqtJlcpXroDTDmJ.rmSpXd3dIbrH';

describe('the version "null"', () => {
  const suite = versionedSuite();
  const { at, put, read, versions } = suite;

  beforeEach(() => suite.setVersioning('Enabled'));

  it('is what was there before versions were kept, and stays when newer ones come', async () => {
    const place = { Bucket: 'from-before', Key: 'old' };
    await suite.s3.send(new CreateBucketCommand({ Bucket: place.Bucket }));
    const plain = await suite.s3.send(new PutObjectCommand({ ...place, Body: 'before' }));
    assert.equal(plain.VersionId, undefined);
    assert.equal((await suite.s3.send(new HeadObjectCommand(place))).VersionId, undefined);
    await enableVersions(suite.s3, place.Bucket);
    assert.equal((await suite.s3.send(new HeadObjectCommand(place))).VersionId, 'null');

    const newer = await suite.s3.send(new PutObjectCommand({ ...place, Body: 'newer' }));
    assert.ok(newer.VersionId);
    const first = await suite.s3.send(new GetObjectCommand({ ...place, VersionId: 'null' }));
    assert.deepEqual([await first.Body?.transformToString(), first.VersionId], ['before', 'null']);
    await suite.s3.send(new DeleteObjectCommand({ ...place, VersionId: newer.VersionId }));
    const again = await suite.s3.send(new GetObjectCommand(place));
    assert.deepEqual([await again.Body?.transformToString(), again.VersionId], ['before', 'null']);
  });

  it('is replaced by what is put while versioning is suspended; others stay', async () => {
    const key = 'suspended';
    const id = await put(key, 'kept');
    await suite.setVersioning('Suspended');
    assert.equal(await put(key, 'null one'), undefined); // S3 does not name it in this reply.
    assert.equal(await put(key, 'null two'), undefined);
    assert.equal((await suite.s3.send(new HeadObjectCommand(at(key)))).VersionId, 'null');
    assert.equal(await read(key), 'null two');
    assert.deepEqual(
      (await versions(key)).map((version) => version.id),
      ['null', id],
    );

    await suite.setVersioning('Enabled');
    const newest = await put(key, 'newest');
    assert.deepEqual([await read(key), await read(key, 'null'), await read(key, id)], ['newest', 'null two', 'kept']);
    await suite.setVersioning('Suspended');
    await suite.s3.send(new CopyObjectCommand({ ...at(key), CopySource: `${suite.bucket}/${key}?versionId=${id}` }));
    assert.deepEqual([await read(key), await read(key, 'null'), await read(key, newest)], ['kept', 'kept', 'newest']);
    assert.equal((await versions(key)).length, 3);
  });

  it('is what a deletion removes while versioning is suspended, and the id of its marker', async () => {
    const key = 'suspended-deletion';
    const id = await put(key, 'kept');
    await suite.setVersioning('Suspended');
    await put(key, 'null one');
    const { VersionId, DeleteMarker } = await suite.s3.send(new DeleteObjectCommand(at(key)));
    assert.deepEqual([VersionId, DeleteMarker], ['null', true]);
    const { Deleted } = await suite.s3.send(
      new DeleteObjectsCommand({ Bucket: suite.bucket, Delete: { Objects: [{ Key: key }] } }),
    );
    assert.deepEqual(Deleted, [{ Key: key, DeleteMarker: true, DeleteMarkerVersionId: 'null' }]);
    assert.deepEqual(await versions(key), [
      { id: 'null', isMarker: true, isLatest: true },
      { id, isMarker: false, isLatest: false },
    ]);
    await refuses(suite.s3.send(new GetObjectCommand(at(key))), 'NoSuchKey', 404);
    await refuses(suite.s3.send(new GetObjectCommand({ ...at(key), VersionId: 'null' })), 'MethodNotAllowed', 405);
    await suite.s3.send(new DeleteObjectCommand({ ...at(key), VersionId: 'null' }));
    assert.equal(await read(key), 'kept');
  });

  it('is all that a bucket has whose versioning was suspended from the beginning', async () => {
    const place = { Bucket: 'only-suspended', Key: 'one' };
    await suite.s3.send(new CreateBucketCommand({ Bucket: place.Bucket }));
    await enableVersions(suite.s3, place.Bucket, 'Suspended');
    await suite.s3.send(new PutObjectCommand({ ...place, Body: 'x' }));
    assert.equal((await suite.s3.send(new GetObjectCommand(place))).VersionId, 'null');
    const { VersionId, DeleteMarker } = await suite.s3.send(new DeleteObjectCommand({ ...place, VersionId: 'null' }));
    assert.deepEqual([VersionId, DeleteMarker], ['null', undefined]);
    await refuses(suite.s3.send(new GetObjectCommand({ ...place, VersionId: 'null' })), 'NoSuchVersion', 404);
    await refuses(suite.s3.send(new GetObjectCommand({ ...place, VersionId: old })), 'NoSuchVersion', 404);
  });

  it('has an ACL that is not the one of a newer version', async () => {
    const place = { Bucket: 'public-null', Key: 'one' };
    await suite.s3.send(new CreateBucketCommand({ Bucket: place.Bucket, ObjectOwnership: 'ObjectWriter' }));
    await suite.s3.send(new DeletePublicAccessBlockCommand({ Bucket: place.Bucket }));
    await suite.s3.send(new PutObjectCommand({ ...place, Body: 'for all' }));
    await enableVersions(suite.s3, place.Bucket);
    await suite.s3.send(new PutObjectCommand({ ...place, Body: 'for me' }));
    await suite.s3.send(new PutObjectAclCommand({ ...place, VersionId: 'null', ACL: 'public-read' }));
    const address = `${suite.server.endpoint}/${place.Bucket}/${place.Key}`;
    assert.equal(await (await fetch(`${address}?versionId=null`)).text(), 'for all');
    assert.equal((await fetch(address)).status, 403);
  });
});
