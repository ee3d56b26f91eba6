import assert from 'node:assert/strict';
import { onlyPictureFolder } from '../../../src/core/jobs/onlyPictureFolder.js';
import { MemoryObjectStore } from '../../support/memoryObjectStore.js';

const { signal } = new AbortController();

describe('onlyPictureFolder', () => {
  const cases = [
    { name: 'no bucket', keys: [], expected: undefined },
    { name: 'two buckets', keys: ['a/cats/1.jpg', 'b/cats/1.jpg'], expected: undefined },
    { name: 'one folder', keys: ['a/cats/1.jpg', 'a/readme.txt'], expected: { bucket: 'a', prefix: 'cats/' } },
    { name: 'two folders', keys: ['a/cats/1.jpg', 'a/dogs/1.jpg'], expected: { bucket: 'a', prefix: '' } },
    { name: 'pictures beside a folder', keys: ['a/cats/1.jpg', 'a/1.jpg'], expected: { bucket: 'a', prefix: '' } },
  ];
  for (const { name, keys, expected } of cases) {
    it(`looks at ${name}`, async () => {
      const objects = new MemoryObjectStore();
      for (const text of keys) {
        const [bucket = '', ...key] = text.split('/');
        await objects.createBucket(bucket, signal);
        await objects.writeObject({ bucket, key: key.join('/') }, new Uint8Array(1), {}, signal);
      }
      assert.deepEqual(await onlyPictureFolder(objects, signal), expected);
    });
  }
});
