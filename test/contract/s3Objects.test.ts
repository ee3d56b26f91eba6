import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectAttributesCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  type GetObjectCommandInput,
  type PutObjectCommandInput,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { refuses, s3Suite } from '../support/s3.js';

describe('S3 objects', () => {
  const Bucket = 'objects';
  const suite = s3Suite(Bucket);
  const put = (input: Omit<PutObjectCommandInput, 'Bucket'>) =>
    suite.s3.send(new PutObjectCommand({ Bucket, ...input }));
  const get = (input: Omit<GetObjectCommandInput, 'Bucket'>) =>
    suite.s3.send(new GetObjectCommand({ Bucket, ...input }));
  const head = (Key: string) => suite.s3.send(new HeadObjectCommand({ Bucket, Key }));
  const textOf = async (Key: string) => (await get({ Key })).Body?.transformToString();

  it('gives back what was put, with its headers and metadata', async () => {
    const about = {
      CacheControl: 'max-age=60',
      ContentDisposition: 'attachment; filename="dog.txt"',
      ContentEncoding: 'identity',
      ContentLanguage: 'de',
      ContentType: 'text/plain; charset=utf-8',
      Metadata: { animal: 'dog', 'two-words': 'good boy' },
    };
    const { ETag } = await put({ Key: 'dog', Body: 'wau', ...about });
    assert.equal(ETag, `"${createHash('md5').update('wau').digest('hex')}"`);
    const got = await get({ Key: 'dog' });
    assert.equal(await got.Body?.transformToString(), 'wau');
    for (const answer of [got, await head('dog')]) {
      const { CacheControl, ContentDisposition, ContentEncoding, ContentLanguage, ContentType, Metadata } = answer;
      assert.deepEqual(
        { CacheControl, ContentDisposition, ContentEncoding, ContentLanguage, ContentType, Metadata },
        about,
      );
      assert.equal(answer.ContentLength, 3);
      assert.equal(answer.ETag, ETag);
      assert.ok(answer.LastModified instanceof Date);
    }
  });

  for (const bytes of [0, 1, 65_536, 1_048_576, 1_048_577, 5_000_000]) {
    it(`keeps ${bytes} bytes as they are`, async () => {
      const Body = randomBytes(bytes);
      await put({ Key: 'bytes', Body });
      const got = await get({ Key: 'bytes' });
      assert.ok(Body.equals((await got.Body?.transformToByteArray()) ?? Buffer.alloc(0)));
    });
  }

  it('names the type of an object that came without one', async () => {
    await put({ Key: 'typeless', Body: 'x' });
    const url = await fetch(`${suite.server.endpoint}/${Bucket}/typeless`);
    assert.equal(url.status, 403); // And lets nobody in without a key.
    assert.equal((await head('typeless')).ContentType, 'application/octet-stream'); // The SDK's own word.
  });

  it('does not let a page in a bucket act for the portal', async () => {
    await put({ Key: 'page.html', Body: '<script></script>', ContentType: 'text/html' });
    const answer = await fetch(await getSignedUrl(suite.s3, new GetObjectCommand({ Bucket, Key: 'page.html' })));
    assert.equal(answer.headers.get('content-type'), 'text/html');
    assert.match(answer.headers.get('content-security-policy') ?? '', /^sandbox(?!.*allow-same-origin)/u);
  });

  it('replaces an object as a whole', async () => {
    await put({ Key: 'replaced', Body: 'first', Metadata: { a: '1' } });
    await put({ Key: 'replaced', Body: 'second' });
    assert.equal(await textOf('replaced'), 'second');
    assert.deepEqual((await head('replaced')).Metadata, {});
  });

  it('knows nothing of an object that is not there', async () => {
    await refuses(get({ Key: 'nothing' }), 'NoSuchKey', 404);
    await refuses(head('nothing'), 'NotFound', 404);
  });

  it('deletes, also what is not there', async () => {
    await put({ Key: 'gone', Body: 'x' });
    await suite.s3.send(new DeleteObjectCommand({ Bucket, Key: 'gone' }));
    await suite.s3.send(new DeleteObjectCommand({ Bucket, Key: 'gone' }));
    await refuses(head('gone'), 'NotFound', 404);
  });

  it('deletes many at once, and says of each whether', async () => {
    const keys = ['many/1', 'many/2 & <3>', 'many/ü'];
    await Promise.all(keys.map((Key) => put({ Key, Body: 'x' })));
    const Objects = [...keys, 'many/none'].map((Key) => ({ Key }));
    const { Deleted, Errors } = await suite.s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }));
    assert.deepEqual(
      Deleted?.map(({ Key }) => Key),
      [...keys, 'many/none'],
    );
    assert.equal(Errors, undefined);
    await Promise.all(keys.map((key) => refuses(head(key), 'NotFound', 404)));
  });

  it('deletes quietly', async () => {
    const Delete = { Objects: [{ Key: 'quiet' }], Quiet: true };
    const { Deleted } = await suite.s3.send(new DeleteObjectsCommand({ Bucket, Delete }));
    assert.equal(Deleted, undefined);
  });

  it('takes no empty list to delete, and none of more than 1,000 keys', async () => {
    const Objects = Array.from({ length: 1001 }, (_, index) => ({ Key: `k${index}` }));
    await refuses(suite.s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } })), 'MalformedXML', 400);
    await refuses(suite.s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects: [] } })), 'MalformedXML', 400);
  });

  describe('ranges', () => {
    before(() => put({ Key: 'digits', Body: '0123456789' }));

    const cases = [
      { range: 'bytes=0-0', text: '0', contentRange: 'bytes 0-0/10' },
      { range: 'bytes=2-4', text: '234', contentRange: 'bytes 2-4/10' },
      { range: 'bytes=7-', text: '789', contentRange: 'bytes 7-9/10' },
      { range: 'bytes=-3', text: '789', contentRange: 'bytes 7-9/10' },
      { range: 'bytes=-99', text: '0123456789', contentRange: 'bytes 0-9/10' },
      { range: 'bytes=5-99', text: '56789', contentRange: 'bytes 5-9/10' },
      { range: 'bytes=4-2', text: '0123456789', contentRange: undefined },
      { range: 'lines=1-2', text: '0123456789', contentRange: undefined },
    ];

    for (const { range, text, contentRange } of cases) {
      it(`answers ${range}`, async () => {
        const got = await get({ Key: 'digits', Range: range });
        assert.equal(await got.Body?.transformToString(), text);
        assert.equal(got.ContentRange, contentRange);
        assert.equal(got.ContentLength, text.length);
        assert.equal(got.$metadata.httpStatusCode, contentRange === undefined ? 200 : 206);
      });
    }

    for (const range of ['bytes=10-', 'bytes=10-12', 'bytes=-0']) {
      it(`refuses ${range}, which is beyond the end`, async () => {
        await refuses(get({ Key: 'digits', Range: range }), 'InvalidRange', 416);
      });
    }

    it('reads a range across the middle of a large object', async () => {
      const Body = randomBytes(3_000_000);
      await put({ Key: 'large', Body });
      const got = await get({ Key: 'large', Range: 'bytes=1000000-2999998' });
      assert.ok(Body.subarray(1_000_000, 2_999_999).equals((await got.Body?.transformToByteArray()) ?? Body));
    });
  });

  describe('conditions', () => {
    let etag = '';
    const past = new Date(Date.now() - 3_600_000);
    const future = new Date(Date.now() + 3_600_000);

    before(async () => {
      etag = (await put({ Key: 'conditional', Body: 'x' })).ETag ?? '';
    });

    it('reads when they hold', async () => {
      await get({ Key: 'conditional', IfMatch: etag });
      await get({ Key: 'conditional', IfNoneMatch: '"other"' });
      await get({ Key: 'conditional', IfModifiedSince: past });
      await get({ Key: 'conditional', IfUnmodifiedSince: future });
      await get({ Key: 'conditional', IfMatch: etag, IfUnmodifiedSince: past });
    });

    it('says so where the client has the object already', async () => {
      await refuses(get({ Key: 'conditional', IfNoneMatch: etag }), 'Unknown', 304);
      await refuses(get({ Key: 'conditional', IfModifiedSince: new Date() }), 'Unknown', 304);
    });

    it('refuses when a precondition fails', async () => {
      await refuses(get({ Key: 'conditional', IfMatch: '"other"' }), 'PreconditionFailed', 412);
      await refuses(get({ Key: 'conditional', IfUnmodifiedSince: past }), 'PreconditionFailed', 412);
    });

    it('writes only what is not there yet, if asked', async () => {
      await refuses(put({ Key: 'conditional', Body: 'y', IfNoneMatch: '*' }), 'PreconditionFailed', 412);
      await put({ Key: 'conditional-new', Body: 'y', IfNoneMatch: '*' });
    });

    it('lets one of many writers win', async () => {
      const writers = Array.from({ length: 12 }, (_, index) =>
        put({ Key: 'won', Body: `writer ${index}`, IfNoneMatch: '*' }).then(
          () => index,
          () => undefined,
        ),
      );
      const winners = (await Promise.all(writers)).filter((index) => index !== undefined);
      assert.equal(winners.length, 1);
      assert.equal(await textOf('won'), `writer ${winners[0]}`);
    });

    it('writes over what one has seen, if asked', async () => {
      const { ETag } = await put({ Key: 'seen', Body: '1' });
      await put({ Key: 'seen', Body: '2', ...(ETag !== undefined && { IfMatch: ETag }) });
      await refuses(
        put({ Key: 'seen', Body: '3', ...(ETag !== undefined && { IfMatch: ETag }) }),
        'PreconditionFailed',
        412,
      );
      await refuses(put({ Key: 'unseen', Body: '3', IfMatch: '"e"' }), 'NoSuchKey', 404);
      assert.equal(await textOf('seen'), '2');
    });
  });

  describe('copies', () => {
    const copy = (input: { Key: string; CopySource: string; MetadataDirective?: 'COPY' | 'REPLACE' }) =>
      suite.s3.send(new CopyObjectCommand({ Bucket, ...input, Metadata: { copied: 'yes' } }));

    before(() => put({ Key: 'source ü+&', Body: 'the same', ContentType: 'text/plain', Metadata: { kept: 'yes' } }));
    const CopySource = `${Bucket}/${encodeURIComponent('source ü+&')}`;

    it('copies the bytes and the metadata', async () => {
      const { CopyObjectResult } = await copy({ Key: 'copy', CopySource });
      assert.equal(await textOf('copy'), 'the same');
      const { Metadata, ContentType, ETag } = await head('copy');
      assert.deepEqual([Metadata, ContentType], [{ kept: 'yes' }, 'text/plain']);
      assert.equal(CopyObjectResult?.ETag, ETag);
    });

    it('replaces the metadata if asked, also in place', async () => {
      await copy({ Key: 'copy-2', CopySource, MetadataDirective: 'REPLACE' });
      assert.deepEqual((await head('copy-2')).Metadata, { copied: 'yes' });
      await copy({ Key: 'copy-2', CopySource: `/${Bucket}/copy-2`, MetadataDirective: 'REPLACE' });
      assert.equal(await textOf('copy-2'), 'the same');
    });

    it('outlives its source', async () => {
      await put({ Key: 'short-lived', Body: 'kept' });
      await copy({ Key: 'long-lived', CopySource: `${Bucket}/short-lived` });
      await suite.s3.send(new DeleteObjectCommand({ Bucket, Key: 'short-lived' }));
      assert.equal(await textOf('long-lived'), 'kept');
    });

    it('refuses a copy onto itself that changes nothing', async () => {
      await refuses(copy({ Key: 'source ü+&', CopySource }), 'InvalidRequest', 400);
    });

    it('refuses a source that is not there', async () => {
      await refuses(copy({ Key: 'c', CopySource: `${Bucket}/none` }), 'NoSuchKey', 404);
      await refuses(copy({ Key: 'c', CopySource: 'nowhere/none' }), 'NoSuchBucket', 404);
      await refuses(copy({ Key: 'c', CopySource: 'nonsense' }), 'InvalidArgument', 400);
    });
  });

  it('tells the attributes that are asked for', async () => {
    await put({ Key: 'attributes', Body: '12345', ChecksumAlgorithm: 'SHA256' });
    const ObjectAttributes = ['ETag', 'Checksum', 'ObjectSize', 'StorageClass'] as const;
    const answer = await suite.s3.send(
      new GetObjectAttributesCommand({ Bucket, Key: 'attributes', ObjectAttributes: [...ObjectAttributes] }),
    );
    assert.equal(answer.ObjectSize, 5);
    assert.equal(answer.StorageClass, 'STANDARD');
    assert.equal(answer.ETag, createHash('md5').update('12345').digest('hex'));
    assert.equal(answer.Checksum?.ChecksumSHA256, createHash('sha256').update('12345').digest('base64'));
    assert.equal(answer.Checksum.ChecksumType, 'FULL_OBJECT');
  });

  it('refuses more metadata than S3 takes', async () => {
    await refuses(put({ Key: 'm', Body: 'x', Metadata: { a: 'x'.repeat(2048) } }), 'MetadataTooLarge', 400);
  });

  it('refuses keys for encryption that it does not have', async () => {
    await refuses(put({ Key: 'k', Body: 'x', ServerSideEncryption: 'aws:kms' }), 'NotImplemented', 501);
  });

  it('reads an object to its end while it is deleted and replaced', async () => {
    const Body = randomBytes(8_000_000);
    await put({ Key: 'busy', Body });
    const got = await get({ Key: 'busy' });
    await put({ Key: 'busy', Body: 'new' });
    await suite.s3.send(new DeleteObjectCommand({ Bucket, Key: 'busy' }));
    assert.ok(Body.equals((await got.Body?.transformToByteArray()) ?? Buffer.alloc(0)));
  });
});
