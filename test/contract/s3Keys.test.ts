import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DeleteObjectCommand, GetObjectCommand, ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3';
import { refuses, s3Suite } from '../support/s3.js';

describe('S3 keys', () => {
  const Bucket = 'keys';
  const suite = s3Suite(Bucket);

  const keys = [
    'plain',
    'with space',
    ' leading and trailing ',
    'plus+and%percent%20%2F',
    'query?and#hash&amp;',
    'quotes"\'`and\\backslash',
    '<xml>&entities;',
    'ümläut/ß',
    '日本語/犬',
    '🐕/🐈',
    'caf\u00e9 composed',
    'cafe\u0301 decomposed',
    'UPPER',
    'upper',
    'a',
    'a/',
    'a/b',
    'a//b',
    '/leading',
    'trailing/',
    '.',
    '..',
    './a',
    '../../../../outside',
    'a/../../b',
    '..\\..\\windows',
    'C:\\con',
    'aux.txt',
    'tab\tand\nnewline',
    'carriage\rreturn',
    "!'()*~-_.",
    '$@=;:,',
    '_local/health',
    'k'.repeat(1024),
    'ü'.repeat(512),
    `${'long segment '.repeat(20)}/x`,
  ];

  before(() => Promise.all(keys.map((key) => suite.put(key, `content of ${key}`))));

  for (const key of keys) {
    const shown = JSON.stringify(key.length > 40 ? `${key.slice(0, 40)}…` : key);
    it(`keeps ${shown} apart from all others`, async () => {
      const { Body } = await suite.s3.send(new GetObjectCommand({ Bucket, Key: key }));
      assert.equal(await Body?.transformToString(), `content of ${key}`);
      const Prefix = key;
      const { Contents } = await suite.s3.send(new ListObjectsV2Command({ Bucket, Prefix, EncodingType: 'url' }));
      assert.ok(Contents?.some(({ Key = '' }) => decodeURIComponent(Key) === key));
    });
  }

  it('lists all of them in the order of their bytes', async () => {
    const { Contents = [] } = await suite.s3.send(new ListObjectsV2Command({ Bucket, EncodingType: 'url' }));
    const sorted = keys.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
    assert.deepEqual(
      Contents.map(({ Key = '' }) => decodeURIComponent(Key)),
      sorted,
    );
  });

  it('writes nothing outside of its folder', async () => {
    const beside = await readdir(dirname(suite.server.dataFolder));
    assert.ok(!beside.includes('outside'));
    const inside = await readdir(suite.server.dataFolder);
    assert.deepEqual(
      inside.filter((name) => !/^(?:identity\.json|server\.json|objects|outbox|records\.sqlite.*)$/u.test(name)),
      [],
    );
    const folders = await readdir(join(suite.server.dataFolder, 'objects'), { recursive: true });
    assert.ok(folders.every((name) => /^\d+(?:[/\\]\d+)?$/u.test(name)));
  });

  it('deletes one and leaves its neighbours', async () => {
    await suite.s3.send(new DeleteObjectCommand({ Bucket, Key: 'a/' }));
    await refuses(suite.s3.send(new GetObjectCommand({ Bucket, Key: 'a/' })), 'NoSuchKey', 404);
    await suite.s3.send(new GetObjectCommand({ Bucket, Key: 'a' }));
    await suite.s3.send(new GetObjectCommand({ Bucket, Key: 'a/b' }));
  });

  it('refuses a key of more than 1,024 bytes', async () => {
    const put = suite.s3.send(new PutObjectCommand({ Bucket, Key: 'ü'.repeat(513), Body: 'x' }));
    await refuses(put, 'KeyTooLongError', 400);
  });
});
