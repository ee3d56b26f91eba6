import assert from 'node:assert/strict';
import { Failure } from '../../../src/core/failure.js';
import { listPictures, readJobManifest } from '../../../src/core/jobs/jobInput.js';
import type { ListObjects, ObjectPage } from '../../../src/core/ports.js';
import { MemoryObjectStore } from '../../support/memoryObjectStore.js';

const { signal } = new AbortController();
const bucket = 'lab';

describe('listPictures', () => {
  it('takes the pictures of a folder and of those below it, and counts the rest', async () => {
    const objects = await bucketOf(['cats/', 'cats/1.jpg', 'cats/old/2.PNG', 'cats/dataset-1.manifest', 'dogs/3.jpg']);
    const { all, ...summary } = await listPictures(objects, { bucket, prefix: 'cats/' }, () => {}, signal);
    const pictures = ['cats/1.jpg', 'cats/old/2.PNG'].map((key) => ({ bucket, key }));
    assert.deepEqual(all, pictures);
    assert.deepEqual(summary, { pictures: 2, bytes: 20, others: 1, samples: pictures, choices: pictures });
  });

  it('goes through all pages of a listing, and tells how far it is', async () => {
    const keys = Array.from({ length: 2_500 }, (_, index) => `${String(index).padStart(4, '0')}.jpg`);
    const counts: number[] = [];
    const { pictures } = await listPictures(
      await bucketOf(keys),
      { bucket, prefix: '' },
      (n) => counts.push(n),
      signal,
    );
    assert.equal(pictures, 2_500);
    assert.deepEqual(counts, [1_000, 2_000, 2_500]);
  });

  it('samples a folder that is sorted by class all through', async () => {
    const keys = ['cat', 'dog', 'fox'].flatMap((name) => Array.from({ length: 20 }, (_, n) => `${name}${10 + n}.jpg`));
    const { samples, choices } = await listPictures(
      await bucketOf([...keys, ...keys.map((key) => `old/${key}`)]),
      { bucket, prefix: '' },
      () => {},
      signal,
    );
    assert.equal(samples.length, 12);
    assert.equal(choices.length, 60);
    assert.deepEqual([...new Set(samples.map(({ key }) => key.slice(0, 3)))], ['cat', 'dog', 'fox', 'old']);
  });

  it('stops where there are more than a job may have', async () => {
    const endless = new EndlessPictures();
    const { pictures } = await listPictures(endless, { bucket, prefix: '' }, () => {}, signal);
    assert.equal(pictures, 101_000);
    assert.equal(endless.pages, 101);
  });
});

describe('readJobManifest', () => {
  const cases = [
    { name: 'an empty file', text: '', pictures: 0, others: 0, buckets: [] },
    {
      name: 'lines of two buckets',
      text: '{"source-ref":"s3://a/1.jpg"}\n{"source-ref":"s3://b/2.jpg","old":0}\n',
      pictures: 2,
      others: 0,
      buckets: ['a', 'b'],
    },
    {
      name: 'carriage returns, blank lines and a last line without an end',
      text: '{"source-ref":"s3://a/1.jpg"}\r\n\r\n{"source-ref":"s3://a/2.jpg"}',
      pictures: 2,
      others: 0,
      buckets: ['a'],
    },
    {
      name: 'lines that are no objects with pictures',
      text: '{"source-ref":"s3://a/1.jpg"}\nnull\n{broken\n{"source":"text"}\n{"source-ref":7}\n',
      pictures: 1,
      others: 4,
      buckets: ['a'],
    },
  ];
  for (const { name, text, ...expected } of cases) {
    it(`reads ${name}`, async () => {
      const { samples: _, choices: _choices, ...reading } = await readText(text);
      assert.deepEqual(reading, expected);
    });
  }

  it('joins lines that straddle the pieces it is read in', async () => {
    const line = `{"source-ref":"s3://a/${'ñ'.repeat(500)}.jpg"}\n`;
    const { pictures, others } = await readText(line.repeat(9_000));
    assert.deepEqual({ pictures, others }, { pictures: 9_000, others: 0 });
  });

  it('says that there is no such manifest', async () => {
    const objects = await bucketOf([]);
    await assert.rejects(
      readJobManifest(objects, { bucket, key: 'none.manifest' }, () => {}, signal),
      (error) => Failure.is(error, 'object.notFound'),
    );
  });
});

async function bucketOf(keys: readonly string[]): Promise<MemoryObjectStore> {
  const objects = new MemoryObjectStore();
  await objects.createBucket(bucket, signal);
  for (const key of keys) {
    await objects.writeObject({ bucket, key }, new Uint8Array(key.endsWith('/') ? 0 : 10), {}, signal);
  }
  return objects;
}

async function readText(text: string) {
  const objects = await bucketOf([]);
  const manifest = { bucket, key: 'a.manifest' };
  await objects.writeObject(manifest, new TextEncoder().encode(text), {}, signal);
  return readJobManifest(objects, manifest, () => {}, signal);
}

/** A bucket whose listing never ends. */
class EndlessPictures extends MemoryObjectStore {
  pages = 0;

  override listObjects(request: ListObjects): Promise<ObjectPage> {
    this.pages += 1;
    const objects = Array.from({ length: 1_000 }, (_, index) => ({
      bucket: request.bucket,
      key: `${this.pages}-${index}.jpg`,
      bytes: 1,
    }));
    return Promise.resolve({ folders: [], objects, nextToken: String(this.pages) });
  }
}
