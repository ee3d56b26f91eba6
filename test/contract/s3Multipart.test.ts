import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListPartsCommand,
  UploadPartCommand,
  UploadPartCopyCommand,
  type CompletedPart,
  type CreateMultipartUploadCommandInput,
} from '@aws-sdk/client-s3';
import { refuses, s3Suite } from '../support/s3.js';

const md5 = (bytes: Buffer) => createHash('md5').update(bytes).digest();
const smallestPart = 5 * 1024 * 1024;

describe('S3 uploads in parts', () => {
  const Bucket = 'parts';
  const suite = s3Suite(Bucket);
  const first = randomBytes(smallestPart);
  const last = randomBytes(100_000);

  const create = async (Key: string, input: Partial<CreateMultipartUploadCommandInput> = {}) => {
    const { UploadId } = await suite.s3.send(new CreateMultipartUploadCommand({ Bucket, Key, ...input }));
    assert.ok(UploadId);
    return { Bucket, Key, UploadId };
  };
  type Upload = Awaited<ReturnType<typeof create>>;
  const upload = async (to: Upload, PartNumber: number, Body: Buffer): Promise<CompletedPart> => {
    const { ETag, ChecksumCRC32 } = await suite.s3.send(new UploadPartCommand({ ...to, PartNumber, Body }));
    return { PartNumber, ETag, ChecksumCRC32 };
  };
  const complete = (to: Upload, Parts: CompletedPart[]) =>
    suite.s3.send(new CompleteMultipartUploadCommand({ ...to, MultipartUpload: { Parts } }));

  it('makes one object of its parts', async () => {
    const to = await create('whole', { ContentType: 'image/jpeg', Metadata: { a: 'b' } });
    const parts = await Promise.all([upload(to, 1, first), upload(to, 2, last)]);
    await refuses(suite.s3.send(new HeadObjectCommand({ Bucket, Key: 'whole' })), 'NotFound', 404);
    const { ETag } = await complete(to, parts);
    assert.equal(
      ETag,
      `"${createHash('md5')
        .update(Buffer.concat([md5(first), md5(last)]))
        .digest('hex')}-2"`,
    );
    const got = await suite.s3.send(new GetObjectCommand({ Bucket, Key: 'whole' }));
    assert.ok(Buffer.concat([first, last]).equals((await got.Body?.transformToByteArray()) ?? first));
    assert.deepEqual([got.ContentType, got.Metadata, got.ETag], ['image/jpeg', { a: 'b' }, ETag]);
    const { Uploads } = await suite.s3.send(new ListMultipartUploadsCommand({ Bucket, Prefix: 'whole' }));
    assert.equal(Uploads, undefined);
  });

  it('reads one part, and a range across two', async () => {
    const part = await suite.s3.send(new GetObjectCommand({ Bucket, Key: 'whole', PartNumber: 2 }));
    assert.ok(last.equals((await part.Body?.transformToByteArray()) ?? first));
    assert.equal(part.PartsCount, 2);
    const Range = `bytes=${smallestPart - 10}-${smallestPart + 9}`;
    const range = await suite.s3.send(new GetObjectCommand({ Bucket, Key: 'whole', Range }));
    const expected = Buffer.concat([first.subarray(-10), last.subarray(0, 10)]);
    assert.ok(expected.equals((await range.Body?.transformToByteArray()) ?? first));
  });

  it('answers a repeated completion as the first', async () => {
    const to = await create('repeated');
    const parts = [await upload(to, 1, last)];
    const answer = await complete(to, parts);
    assert.equal((await complete(to, parts)).ETag, answer.ETag);
  });

  it('lists uploads and parts', async () => {
    const to = await create('listed');
    await upload(to, 3, last);
    await upload(to, 1, last);
    const uploads = await suite.s3.send(new ListMultipartUploadsCommand({ Bucket, Prefix: 'listed' }));
    assert.deepEqual(
      uploads.Uploads?.map(({ Key, UploadId }) => [Key, UploadId]),
      [['listed', to.UploadId]],
    );
    const page = await suite.s3.send(new ListPartsCommand({ ...to, MaxParts: 1 }));
    assert.deepEqual([page.Parts?.[0]?.PartNumber, page.IsTruncated], [1, true]);
    const PartNumberMarker = page.NextPartNumberMarker ?? '';
    const rest = await suite.s3.send(new ListPartsCommand({ ...to, PartNumberMarker }));
    assert.deepEqual(
      rest.Parts?.map(({ PartNumber, Size }) => [PartNumber, Size]),
      [[3, last.length]],
    );
  });

  it('takes a part again in the place of the one before', async () => {
    const to = await create('corrected');
    await upload(to, 1, first);
    await complete(to, [await upload(to, 1, last)]);
    const got = await suite.s3.send(new GetObjectCommand({ Bucket, Key: 'corrected' }));
    assert.ok(last.equals((await got.Body?.transformToByteArray()) ?? first));
  });

  it('copies a range of another object as a part', async () => {
    const to = await create('copied');
    const { CopyPartResult } = await suite.s3.send(
      new UploadPartCopyCommand({
        ...to,
        PartNumber: 1,
        CopySource: `${Bucket}/whole`,
        CopySourceRange: `bytes=${smallestPart - 5}-${smallestPart + 4}`,
      }),
    );
    await complete(to, [{ PartNumber: 1, ETag: CopyPartResult?.ETag }]);
    const got = await suite.s3.send(new GetObjectCommand({ Bucket, Key: 'copied' }));
    const expected = Buffer.concat([first.subarray(-5), last.subarray(0, 5)]);
    assert.ok(expected.equals((await got.Body?.transformToByteArray()) ?? first));
  });

  it('makes the checksum of all bytes, or of the parts’ checksums', async () => {
    const whole = await create('full', { ChecksumAlgorithm: 'CRC64NVME', ChecksumType: 'FULL_OBJECT' });
    const parts = [
      await suite.s3.send(
        new UploadPartCommand({ ...whole, PartNumber: 1, Body: first, ChecksumAlgorithm: 'CRC64NVME' }),
      ),
    ];
    const full = await complete(whole, [{ PartNumber: 1, ETag: parts[0]?.ETag }]);
    assert.equal(full.ChecksumType, 'FULL_OBJECT');
    assert.equal(full.ChecksumCRC64NVME, parts[0]?.ChecksumCRC64NVME);

    const byParts = await create('composite', { ChecksumAlgorithm: 'CRC32' });
    const composite = await complete(byParts, [await upload(byParts, 1, first), await upload(byParts, 2, last)]);
    assert.equal(composite.ChecksumType, 'COMPOSITE');
    assert.match(composite.ChecksumCRC32 ?? '', /-2$/u);
  });

  it('refuses what does not fit together', async () => {
    const to = await create('refused');
    const one = await upload(to, 1, last);
    const two = await upload(to, 2, last);
    await refuses(complete(to, [one, two]), 'EntityTooSmall', 400);
    await refuses(complete(to, [two, one]), 'InvalidPartOrder', 400);
    await refuses(complete(to, [one, one]), 'InvalidPartOrder', 400);
    await refuses(complete(to, [{ ...one, ETag: '"other"' }]), 'InvalidPart', 400);
    await refuses(complete(to, [{ ...one, PartNumber: 7 }]), 'InvalidPart', 400);
    await refuses(complete(to, []), 'MalformedXML', 400);
    await refuses(upload(to, 0, last), 'InvalidArgument', 400);
    await refuses(upload(to, 10_001, last), 'InvalidArgument', 400);
    await refuses(upload({ ...to, UploadId: 'none' }, 1, last), 'NoSuchUpload', 404);
  });

  it('forgets an upload that is given up', async () => {
    const to = await create('aborted');
    await upload(to, 1, last);
    await suite.s3.send(new AbortMultipartUploadCommand(to));
    await refuses(suite.s3.send(new ListPartsCommand(to)), 'NoSuchUpload', 404);
    await refuses(suite.s3.send(new AbortMultipartUploadCommand(to)), 'NoSuchUpload', 404);
  });
});
