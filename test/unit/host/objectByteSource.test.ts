import assert from 'node:assert/strict';
import { Failure } from '../../../src/core/failure.js';
import type { ObjectStore } from '../../../src/core/ports.js';
import { objectByteSource } from '../../../src/host/editors/objectByteSource.js';

const { signal } = new AbortController();
const uri = { bucket: 'b', key: 'k' };

/** A store with one object, whose ETag is its text. */
function storeOf(object: { text: string | undefined }): ObjectStore {
  const store: Pick<ObjectStore, 'headObject' | 'readObject'> = {
    headObject: async () =>
      object.text === undefined ? undefined : { bytes: object.text.length, etag: object.text, metadata: {} },
    async readObject(_uri, { range = { offset: 0, bytes: 0 }, ifMatch }) {
      const { text = '' } = object;
      if (ifMatch !== text) {
        throw new Failure('object.changed', { uri: 's3://b/k' });
      }
      assert.ok(range.bytes > 0 && range.offset < text.length, 'S3 refuses such a range');
      const bytes = new TextEncoder().encode(text.slice(range.offset, range.offset + range.bytes));
      return { bytes, etag: text, totalBytes: text.length };
    },
  };
  return store as ObjectStore;
}

describe("an object's bytes", () => {
  it('are read in ranges', async () => assert.equal(await read('abcdef', 2, 3), 'cde'));
  it('end where the object ends', async () => assert.equal(await read('abcdef', 4, 10), 'ef'));
  it('are none behind its end', async () => assert.equal(await read('abcdef', 6, 10), ''));
  it('are none of an empty object', async () => assert.equal(await read('', 0, 10), ''));

  it('are those of one version: a replaced object is noticed', async () => {
    const object = { text: 'old' };
    const source = objectByteSource(async () => storeOf(object), uri);
    assert.equal(await source.size(signal), 3);
    object.text = 'new';
    await assert.rejects(source.read(new Uint8Array(3), 0, signal), (error) => Failure.is(error, 'object.changed'));
  });

  it('are missing where there is no object', async () => {
    const source = objectByteSource(async () => storeOf({ text: undefined }), uri);
    await assert.rejects(source.size(signal), (error) => Failure.is(error, 'object.notFound'));
  });
});

async function read(text: string, offset: number, length: number): Promise<string> {
  const into = new Uint8Array(length);
  const filled = await objectByteSource(async () => storeOf({ text }), uri).read(into, offset, signal);
  return new TextDecoder().decode(into.subarray(0, filled));
}
