import assert from 'node:assert/strict';
import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  GetBucketEncryptionCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketLocationCommand,
  GetBucketVersioningCommand,
  HeadBucketCommand,
  ListBucketsCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { refuses, s3Suite } from '../support/s3.js';

describe('S3 buckets', () => {
  const suite = s3Suite('first');
  const send: typeof suite.s3.send = (command: never) => suite.s3.send(command);
  const create = (Bucket: string) => suite.s3.send(new CreateBucketCommand({ Bucket }));

  const badNames = [
    { name: 'ab', why: 'too short' },
    { name: 'a'.repeat(64), why: 'too long' },
    { name: 'Upper', why: 'capital letters' },
    { name: 'under_score', why: 'an underscore' },
    { name: '-dash', why: 'a dash at the beginning' },
    { name: 'dash-', why: 'a dash at the end' },
    { name: 'two..dots', why: 'two dots' },
    { name: '192.168.5.4', why: 'an address' },
    { name: 'xn--name', why: 'a reserved beginning' },
    { name: 'name-s3alias', why: 'a reserved end' },
  ];

  for (const { name, why } of badNames) {
    it(`refuses a name with ${why}`, async () => {
      await refuses(create(name), 'InvalidBucketName', 400);
    });
  }

  for (const name of ['abc', 'a'.repeat(63), 'with.dots.and-dashes', '0digits9']) {
    it(`takes the name "${name}"`, async () => {
      await create(name);
      await send(new HeadBucketCommand({ Bucket: name }));
      await send(new DeleteBucketCommand({ Bucket: name }));
      await refuses(send(new HeadBucketCommand({ Bucket: name })), 'NotFound', 404);
    });
  }

  it('lists buckets by name, page by page', async () => {
    await create('list-b');
    await create('list-a');
    const first = await suite.s3.send(new ListBucketsCommand({ Prefix: 'list-', MaxBuckets: 1 }));
    assert.deepEqual(
      first.Buckets?.map(({ Name, BucketRegion }) => [Name, BucketRegion]),
      [['list-a', 'us-east-1']],
    );
    assert.ok(first.Buckets?.[0]?.CreationDate instanceof Date);
    const { ContinuationToken } = first;
    const second = await suite.s3.send(new ListBucketsCommand({ Prefix: 'list-', ContinuationToken }));
    assert.deepEqual(
      second.Buckets?.map(({ Name }) => Name),
      ['list-b'],
    );
    assert.equal(second.ContinuationToken, undefined);
  });

  it('takes a bucket of one’s own again, in the first region', async () => {
    await create('again');
    await create('again');
  });

  it('says that one owns it already, in another region', async () => {
    const CreateBucketConfiguration = { LocationConstraint: 'eu-west-1' } as const;
    const Bucket = 'elsewhere';
    await send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration }));
    const repeated = send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration }));
    await refuses(repeated, 'BucketAlreadyOwnedByYou', 409);
    const { LocationConstraint } = await suite.s3.send(new GetBucketLocationCommand({ Bucket }));
    assert.equal(LocationConstraint, 'eu-west-1');
    const { BucketRegion } = await suite.s3.send(new HeadBucketCommand({ Bucket }));
    assert.equal(BucketRegion, 'eu-west-1');
  });

  it('has no name for the first region', async () => {
    const { LocationConstraint } = await suite.s3.send(new GetBucketLocationCommand({ Bucket: 'first' }));
    assert.equal(LocationConstraint, undefined);
  });

  it('keeps a bucket that is not empty', async () => {
    const Bucket = 'full';
    await create(Bucket);
    await send(new PutObjectCommand({ Bucket, Key: 'one', Body: '1' }));
    await refuses(send(new DeleteBucketCommand({ Bucket })), 'BucketNotEmpty', 409);
    await send(new DeleteObjectCommand({ Bucket, Key: 'one' }));
    await send(new DeleteBucketCommand({ Bucket }));
  });

  it('knows nothing of a bucket that is not there', async () => {
    const Bucket = 'nowhere';
    await refuses(send(new GetBucketLocationCommand({ Bucket })), 'NoSuchBucket', 404);
    await refuses(send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'x' })), 'NoSuchBucket', 404);
    await refuses(send(new DeleteBucketCommand({ Bucket })), 'NoSuchBucket', 404);
  });

  it('refuses whoever expects another owner', async () => {
    const foreign = send(new HeadBucketCommand({ Bucket: 'first', ExpectedBucketOwner: '000000000000' }));
    await refuses(foreign, 'Unknown', 403); // A HEAD has no body that could say more.
    await send(new HeadBucketCommand({ Bucket: 'first', ExpectedBucketOwner: suite.server.accountId }));
  });

  it('answers of settings that cannot be made what AWS answers of an untouched bucket', async () => {
    const Bucket = 'first';
    const { Status } = await suite.s3.send(new GetBucketVersioningCommand({ Bucket }));
    assert.equal(Status, undefined);
    const encryption = await suite.s3.send(new GetBucketEncryptionCommand({ Bucket }));
    const [rule] = encryption.ServerSideEncryptionConfiguration?.Rules ?? [];
    assert.equal(rule?.ApplyServerSideEncryptionByDefault?.SSEAlgorithm, 'AES256');
    const lifecycle = send(new GetBucketLifecycleConfigurationCommand({ Bucket }));
    await refuses(lifecycle, 'NoSuchLifecycleConfiguration', 404);
  });
});
