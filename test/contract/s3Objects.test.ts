import assert from 'node:assert/strict';
import {
  CreateBucketCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { startTestServer, type TestServer } from '../support/localServer.js';

describe('S3 objects', () => {
  let server: TestServer;
  let s3: S3Client;
  const Bucket = 'objects';

  before(async () => {
    server = await startTestServer();
    s3 = new S3Client(server.clientConfig);
    await s3.send(new CreateBucketCommand({ Bucket }));
  });

  after(async () => {
    s3.destroy();
    await server.stop();
  });

  it('gives back what was put, with its headers and metadata', async () => {
    const Metadata = { animal: 'dog' };
    await s3.send(new PutObjectCommand({ Bucket, Key: 'dog', Body: 'wau', ContentType: 'text/plain', Metadata }));
    const got = await s3.send(new GetObjectCommand({ Bucket, Key: 'dog' }));
    assert.equal(await got.Body?.transformToString(), 'wau');
    assert.equal(got.ContentType, 'text/plain');
    assert.deepEqual(got.Metadata, Metadata);
    assert.equal(got.ETag, '"565048e16b8c72dbbe81902e20f223d3"');
  });

  it('lists folders and objects', async () => {
    await s3.send(new PutObjectCommand({ Bucket, Key: 'a/b', Body: '' }));
    const { Contents, CommonPrefixes } = await s3.send(new ListObjectsV2Command({ Bucket, Delimiter: '/' }));
    assert.deepEqual(CommonPrefixes, [{ Prefix: 'a/' }]);
    assert.deepEqual(
      Contents?.map(({ Key }) => Key),
      ['dog'],
    );
  });
});
