import assert from 'node:assert/strict';
import { formatS3Uri, objectName, parseObjectAddress, parseS3Uri } from '../../../src/core/s3Uri.js';

describe('S3 URIs', () => {
  const kept = [
    's3://bucket/folder/picture.jpg',
    's3://bucket/',
    's3://bucket/with space+plus#hash%25?question',
    's3://bucket//starts/with//slashes/',
    's3://bucket/línea\nnueva/😀:colon',
  ];
  for (const text of kept) {
    it(`keeps the raw key of ${JSON.stringify(text)}`, () => {
      const uri = parseS3Uri(text);
      assert.ok(uri);
      assert.equal(formatS3Uri(uri), text);
    });
  }

  it('takes a bucket alone as its root', () =>
    assert.deepEqual(parseS3Uri('s3://bucket'), { bucket: 'bucket', key: '' }));

  for (const text of ['', 'bucket/key', 'http://bucket/key', 's3:///key', 'S3//bucket/key']) {
    it(`refuses ${JSON.stringify(text)}`, () => assert.equal(parseS3Uri(text), undefined));
  }
});

describe('an object’s web address', () => {
  const object = { bucket: 'my-bucket', key: 'cats/100 a.jpg' };
  const addresses = [
    'https://s3.amazonaws.com/my-bucket/cats/100%20a.jpg',
    'https://s3.eu-west-1.amazonaws.com/my-bucket/cats/100%20a.jpg',
    'https://s3-us-west-2.amazonaws.com/my-bucket/cats/100%20a.jpg?versionId=1',
    'https://my-bucket.s3.us-east-1.amazonaws.com/cats/100%20a.jpg',
    'https://my-bucket.s3.amazonaws.com/cats/100%20a.jpg#top',
    's3://my-bucket/cats/100 a.jpg',
  ];
  for (const address of addresses) {
    it(`is read from ${address}`, () => assert.deepEqual(parseObjectAddress(address), object));
  }

  it('is refused when its percent signs are broken', () =>
    assert.equal(parseObjectAddress('https://s3.amazonaws.com/b/100%.jpg'), undefined));
  it('is refused on any other host', () => assert.equal(parseObjectAddress('https://example.com/b/k.jpg'), undefined));
});

describe('an object’s name', () => {
  const cases = [
    { key: 'a/b/c.jpg', name: 'c.jpg' },
    { key: 'c.jpg', name: 'c.jpg' },
    { key: 'a/b/', name: 'b/' },
    { key: '', name: '' },
  ];
  for (const { key, name } of cases) {
    it(`of ${JSON.stringify(key)} is ${JSON.stringify(name)}`, () =>
      assert.equal(objectName({ bucket: 'b', key }), name));
  }
});
