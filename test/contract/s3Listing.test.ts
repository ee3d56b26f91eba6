import assert from 'node:assert/strict';
import {
  ListObjectsCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  paginateListObjectsV2,
  type ListObjectsV2CommandInput,
} from '@aws-sdk/client-s3';
import { refuses, s3Suite } from '../support/s3.js';

describe('S3 listings', () => {
  const Bucket = 'listings';
  const suite = s3Suite(Bucket);
  const list = async (input: Omit<ListObjectsV2CommandInput, 'Bucket'>) => {
    const answer = await suite.s3.send(new ListObjectsV2Command({ Bucket, ...input }));
    return {
      ...answer,
      keys: answer.Contents?.map(({ Key }) => Key) ?? [],
      folders: answer.CommonPrefixes?.map(({ Prefix }) => Prefix) ?? [],
    };
  };

  const many = Array.from({ length: 1205 }, (_, index) => `many/${String(index).padStart(4, '0')}`);
  const few = ['cats/1.jpg', 'cats/2.jpg', 'cats/small/3.jpg', 'dogs/1.jpg', 'dogs0', 'readme'];

  before(async () => {
    const waiting = [...few, ...many];
    const putWaiting = async (): Promise<void> => {
      for (let key = waiting.pop(); key !== undefined; key = waiting.pop()) {
        await suite.put(key);
      }
    };
    await Promise.all(Array.from({ length: 16 }, putWaiting));
  });

  const cases = [
    { name: 'the top', input: { Delimiter: '/' }, keys: ['dogs0', 'readme'], folders: ['cats/', 'dogs/', 'many/'] },
    { name: 'a folder', input: { Prefix: 'cats/', Delimiter: '/' }, keys: few.slice(0, 2), folders: ['cats/small/'] },
    { name: 'a prefix that is no folder', input: { Prefix: 'dogs' }, keys: ['dogs/1.jpg', 'dogs0'], folders: [] },
    {
      name: 'a delimiter of several characters',
      input: { Prefix: 'c', Delimiter: 's/' },
      keys: [],
      folders: ['cats/'],
    },
    {
      name: 'what comes after a key',
      input: { StartAfter: 'dogs0', Delimiter: '/' },
      keys: ['readme'],
      folders: ['many/'],
    },
    { name: 'nothing', input: { Prefix: 'none' }, keys: [], folders: [] },
    { name: 'no key at all', input: { MaxKeys: 0 }, keys: [], folders: [] },
  ];

  for (const { name, input, keys, folders } of cases) {
    it(`lists ${name}`, async () => {
      const page = await list(input);
      assert.deepEqual({ keys: page.keys, folders: page.folders }, { keys, folders });
      assert.equal(page.IsTruncated, false);
      assert.equal(page.KeyCount, keys.length + folders.length);
    });
  }

  it('tells size, time and entity tag of each object', async () => {
    const { Contents } = await list({ Prefix: 'readme' });
    const [{ Size, ETag, LastModified, StorageClass, Owner } = {}] = Contents ?? [];
    assert.deepEqual(
      { Size, ETag, StorageClass, Owner },
      {
        Size: 6,
        ETag: '"3905d7917f2b3429490b01cfb60d8f5b"',
        StorageClass: 'STANDARD',
        Owner: undefined,
      },
    );
    assert.ok(LastModified instanceof Date);
    const { Contents: owned } = await list({ Prefix: 'readme', FetchOwner: true });
    assert.match(owned?.[0]?.Owner?.ID ?? '', /^[0-9a-f]{64}$/u);
  });

  it('gives 1,000 keys a page at most, and goes on where it stopped', async () => {
    const first = await list({ Prefix: 'many/', MaxKeys: 5000 });
    assert.equal(first.keys.length, 1000);
    assert.equal(first.MaxKeys, 1000);
    assert.equal(first.IsTruncated, true);
    const { NextContinuationToken } = first;
    assert.ok(NextContinuationToken);
    const second = await list({ Prefix: 'many/', ContinuationToken: NextContinuationToken });
    assert.deepEqual([...first.keys, ...second.keys], many);
    assert.equal(second.NextContinuationToken, undefined);
  });

  for (const MaxKeys of [1, 2, 3]) {
    it(`goes through folders and keys by pages of ${MaxKeys}`, async () => {
      const seen = new Set<string | undefined>();
      const pages = paginateListObjectsV2({ client: suite.s3 }, { Bucket, Delimiter: '/', MaxKeys });
      for await (const { Contents = [], CommonPrefixes = [] } of pages) {
        assert.ok(Contents.length + CommonPrefixes.length <= MaxKeys);
        [...CommonPrefixes.map(({ Prefix }) => Prefix), ...Contents.map(({ Key }) => Key)].forEach((name) => {
          assert.ok(!seen.has(name));
          seen.add(name);
        });
      }
      assert.deepEqual(seen, new Set(['cats/', 'dogs/', 'dogs0', 'many/', 'readme']));
    });
  }

  it('lists in the old way, by markers', async () => {
    const first = await suite.s3.send(new ListObjectsCommand({ Bucket, Delimiter: '/', MaxKeys: 2 }));
    assert.equal(first.NextMarker, 'dogs/');
    const Marker = first.NextMarker;
    const second = await suite.s3.send(new ListObjectsCommand({ Bucket, Delimiter: '/', Marker }));
    assert.deepEqual(
      second.Contents?.map(({ Key }) => Key),
      ['dogs0', 'readme'],
    );
    assert.deepEqual(second.CommonPrefixes, [{ Prefix: 'many/' }]);
    const plain = await suite.s3.send(new ListObjectsCommand({ Bucket, MaxKeys: 1 }));
    assert.equal(plain.NextMarker, undefined); // Without a delimiter, the last key says it.
    assert.ok(plain.Contents?.[0]?.Owner?.ID);
  });

  it('lists every object as its own latest version', async () => {
    const { Versions } = await suite.s3.send(new ListObjectVersionsCommand({ Bucket, Prefix: 'dogs' }));
    assert.deepEqual(
      Versions?.map(({ Key, VersionId, IsLatest }) => [Key, VersionId, IsLatest]),
      [
        ['dogs/1.jpg', 'null', true],
        ['dogs0', 'null', true],
      ],
    );
  });

  it('refuses a token that it has not given', async () => {
    await refuses(list({ ContinuationToken: 'nonsense' }), 'InvalidArgument', 400);
  });
});
