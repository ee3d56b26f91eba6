import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import {
  GetObjectCommand,
  PutObjectCommand,
  type ChecksumAlgorithm,
  type PutObjectCommandInput,
} from '@aws-sdk/client-s3';
import { refuses, s3Suite } from '../support/s3.js';

describe('S3 checksums', () => {
  const Bucket = 'checksums';
  const suite = s3Suite(Bucket);
  const Body = '123456789';
  const put = (input: Partial<PutObjectCommandInput>) =>
    suite.s3.send(new PutObjectCommand({ Bucket, Key: 'checked', Body, ...input }));

  // The check values of these algorithms for "123456789", as their catalogues have them.
  const values = {
    CRC32: Buffer.from('cbf43926', 'hex').toString('base64'),
    CRC32C: Buffer.from('e3069283', 'hex').toString('base64'),
    CRC64NVME: Buffer.from('ae8b14860a799888', 'hex').toString('base64'),
    SHA1: createHash('sha1').update(Body).digest('base64'),
    SHA256: createHash('sha256').update(Body).digest('base64'),
  } satisfies Partial<Record<ChecksumAlgorithm, string>>;

  const claims = [
    { algorithm: 'CRC32', claim: (value: string) => ({ ChecksumCRC32: value }) },
    { algorithm: 'CRC32C', claim: (value: string) => ({ ChecksumCRC32C: value }) },
    { algorithm: 'CRC64NVME', claim: (value: string) => ({ ChecksumCRC64NVME: value }) },
    { algorithm: 'SHA1', claim: (value: string) => ({ ChecksumSHA1: value }) },
    { algorithm: 'SHA256', claim: (value: string) => ({ ChecksumSHA256: value }) },
  ] as const;

  for (const { algorithm, claim } of claims) {
    it(`keeps and tells a ${algorithm}`, async () => {
      const answer = await put(claim(values[algorithm]));
      assert.equal(answer[`Checksum${algorithm}`], values[algorithm]);
      const got = await suite.s3.send(new GetObjectCommand({ Bucket, Key: 'checked', ChecksumMode: 'ENABLED' }));
      assert.equal(got[`Checksum${algorithm}`], values[algorithm]);
      assert.equal(got.ChecksumType, 'FULL_OBJECT');
      assert.equal(await got.Body?.transformToString(), Body);
    });

    it(`refuses bytes that do not agree with their ${algorithm}`, async () => {
      await refuses(put({ Body: '123456780', ...claim(values[algorithm]) }), 'BadDigest', 400);
    });

    it(`refuses a ${algorithm} of the wrong length`, async () => {
      await refuses(put(claim('AAA=')), 'InvalidRequest', 400);
    });
  }

  it('checks what the SDK sends by itself', async () => {
    assert.equal((await put({})).ChecksumCRC32, values.CRC32);
  });

  for (const ChecksumAlgorithm of ['CRC32', 'SHA256'] as const) {
    it(`decodes a stream in chunks with a ${ChecksumAlgorithm} after it`, async () => {
      const text = 'chunk '.repeat(50_000);
      const body = Readable.from([text.slice(0, 70_001), text.slice(70_001)]);
      const input = { Key: 'stream', Body: body, ContentLength: text.length, ChecksumAlgorithm };
      const answer = await put({ ...input, ContentEncoding: 'gzip' });
      assert.ok(answer[`Checksum${ChecksumAlgorithm}`]);
      const got = await suite.s3.send(new GetObjectCommand({ Bucket, Key: 'stream' }));
      assert.equal(await got.Body?.transformToString(), text);
      assert.equal(got.ContentEncoding, 'gzip'); // Without the "aws-chunked" of the way here.
    });
  }

  it('refuses bytes that do not agree with their MD5', async () => {
    await refuses(put({ ContentMD5: createHash('md5').update('other').digest('base64') }), 'BadDigest', 400);
    await refuses(put({ ContentMD5: 'nonsense' }), 'InvalidDigest', 400);
    await put({ ContentMD5: createHash('md5').update(Body).digest('base64') });
  });

  it('keeps the old object where the new one is refused', async () => {
    await put({ Key: 'kept', Body: 'old' });
    await refuses(put({ Key: 'kept', Body: 'new', ChecksumCRC32: values.CRC32 }), 'BadDigest', 400);
    const got = await suite.s3.send(new GetObjectCommand({ Bucket, Key: 'kept' }));
    assert.equal(await got.Body?.transformToString(), 'old');
  });
});
