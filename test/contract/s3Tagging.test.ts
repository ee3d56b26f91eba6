import assert from 'node:assert/strict';
import {
  DeleteBucketTaggingCommand,
  DeleteObjectTaggingCommand,
  GetBucketTaggingCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  PutBucketTaggingCommand,
  PutObjectCommand,
  PutObjectTaggingCommand,
  type Tag,
} from '@aws-sdk/client-s3';
import { refuses, s3Suite } from '../support/s3.js';

describe('S3 tags', () => {
  const Bucket = 'tags';
  const suite = s3Suite(Bucket);
  const at = { Bucket, Key: 'tagged' };
  const tag = (TagSet: Tag[]) => suite.s3.send(new PutObjectTaggingCommand({ ...at, Tagging: { TagSet } }));
  const tagsOf = async () => (await suite.s3.send(new GetObjectTaggingCommand(at))).TagSet;

  it('come with an object', async () => {
    await suite.s3.send(new PutObjectCommand({ ...at, Body: 'x', Tagging: 'animal=dog&of=my%20house' }));
    assert.deepEqual(await tagsOf(), [
      { Key: 'animal', Value: 'dog' },
      { Key: 'of', Value: 'my house' },
    ]);
    const { TagCount, Body } = await suite.s3.send(new GetObjectCommand(at));
    assert.equal(TagCount, 2);
    assert.equal(await Body?.transformToString(), 'x');
  });

  it('are replaced and deleted, and leave the bytes as they are', async () => {
    await tag([{ Key: 'ü', Value: '<&>' }]);
    assert.deepEqual(await tagsOf(), [{ Key: 'ü', Value: '<&>' }]);
    await suite.s3.send(new DeleteObjectTaggingCommand(at));
    assert.deepEqual(await tagsOf(), []);
    const { Body } = await suite.s3.send(new GetObjectCommand(at));
    assert.equal(await Body?.transformToString(), 'x');
  });

  it('are refused where S3 refuses them', async () => {
    const eleven = Array.from({ length: 11 }, (_, index) => ({ Key: `k${index}`, Value: 'v' }));
    await refuses(tag(eleven), 'BadRequest', 400);
    await refuses(tag([{ Key: 'k'.repeat(129), Value: 'v' }]), 'InvalidTag', 400);
    await refuses(tag([{ Key: 'k', Value: 'v'.repeat(257) }]), 'InvalidTag', 400);
    await refuses(tag([{ Key: 'aws:k', Value: 'v' }]), 'InvalidTag', 400);
    await refuses(
      tag([
        { Key: 'k', Value: '1' },
        { Key: 'k', Value: '2' },
      ]),
      'InvalidTag',
      400,
    );
  });

  it('are a bucket’s too', async () => {
    await refuses(suite.s3.send(new GetBucketTaggingCommand({ Bucket })), 'NoSuchTagSet', 404);
    const TagSet = [{ Key: 'project', Value: 'lab' }];
    await suite.s3.send(new PutBucketTaggingCommand({ Bucket, Tagging: { TagSet } }));
    assert.deepEqual((await suite.s3.send(new GetBucketTaggingCommand({ Bucket }))).TagSet, TagSet);
    await suite.s3.send(new DeleteBucketTaggingCommand({ Bucket }));
    await refuses(suite.s3.send(new GetBucketTaggingCommand({ Bucket })), 'NoSuchTagSet', 404);
  });
});
