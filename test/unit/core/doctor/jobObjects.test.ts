import assert from 'node:assert/strict';
import { readObjects } from '../../../../src/core/doctor/jobObjects.js';
import { mostManifestBytes } from '../../../../src/core/doctor/readFile.js';
import type { ReadObject } from '../../../../src/core/ports.js';
import type { S3Uri } from '../../../../src/core/s3Uri.js';
import { MemoryObjectStore } from '../../../support/memoryObjectStore.js';

const { signal } = new AbortController();
const uri = { bucket: 'cats', key: 'in.manifest' };
const place = { kind: 'manifest', uri } as const;
const line = (index: number) => `{"source-ref":"s3://cats/${String(index).padStart(9, '0')}.png"}\n`;

async function storeWith(text: string, onRead: (options: ReadObject, signal: AbortSignal) => void = () => undefined) {
  class Watched extends MemoryObjectStore {
    override readObject(of: S3Uri, options: ReadObject, reading: AbortSignal) {
      onRead(options, reading);
      return super.readObject(of, options, reading);
    }
  }
  const store = new Watched();
  await store.createBucket('cats', signal);
  await store.writeObject(uri, new TextEncoder().encode(text), {}, signal);
  return store;
}

describe('the objects that a job would label', () => {
  it('are those of all lines of a manifest of common size', async () => {
    const store = await storeWith(`${line(1)}\n${line(2)}`);
    const { pictures, lines, manifest } = await readObjects(store, place, signal);
    assert.deepEqual(
      pictures.map(({ key }) => key),
      ['000000001.png', '000000002.png'],
    );
    assert.deepEqual(
      lines.map((read) => read.line),
      [0, 2],
    );
    assert.equal(manifest?.bytes.length, manifest?.totalBytes);
  });

  it('are those of the beginning and of pieces of a large one, each line whole', async () => {
    const count = Math.ceil((mostManifestBytes * 3) / line(0).length);
    let asked = 0;
    const store = await storeWith(Array.from({ length: count }, (_, index) => line(index)).join(''), ({ range }) => {
      asked += range?.bytes ?? Infinity;
    });
    const { pictures, lines } = await readObjects(store, place, signal);
    assert.equal(lines.length, Math.floor(mostManifestBytes / line(0).length));
    const indexes = pictures.map(({ key }) => Number(key.replace('.png', '')));
    assert.ok(indexes.length > lines.length);
    assert.equal(new Set(indexes).size, indexes.length);
    assert.equal(indexes.at(-1), count - 1);
    assert.ok(asked <= mostManifestBytes + 1024 * 1024, `${asked} bytes were asked for`);
  });

  it('are not read on where nobody waits for them any more', async () => {
    const giving = new AbortController();
    let reads = 0;
    const store = await storeWith('x'.repeat(mostManifestBytes + 1) + line(1).repeat(100_000), () => {
      reads += 1;
      if (reads === 2) {
        giving.abort(new Error('The form is another one.'));
      }
    });
    await assert.rejects(readObjects(store, place, giving.signal), /The form is another one/u);
    assert.equal(reads, 2);
  });
});
