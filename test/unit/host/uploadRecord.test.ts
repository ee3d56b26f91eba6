import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import type { LabResource } from '../../../src/core/lab/labResources.js';
import { Ledger, type LabRecord } from '../../../src/host/support/ledger.js';
import { upload } from '../../../src/core/uploads/upload.js';
import { connectionTo } from '../../support/hostConnection.js';
import { MemoryJournal } from '../../support/memoryJournal.js';
import { MemoryMemento } from '../../support/memoryMemento.js';
import { MemoryObjectStore } from '../../support/memoryObjectStore.js';
import { recordUpload } from '../../../src/host/support/uploadRecord.js';

const { signal } = new AbortController();

describe('what an upload has made', () => {
  it('is written down while it goes on, in batches that grow', async () => {
    const { record, batches } = memoryRecord();
    const made = recordUpload(record, 'b');
    for (let index = 0; index < 10_000; index += 1) {
      made.add(`pictures/${index}.jpg`);
    }
    await setImmediate();
    const early = sum(batches);
    assert.ok(early >= 8_000 && early < 10_000, String(early));
    assert.ok(batches.length < 30, String(batches.length));
    await made.finish();
    assert.equal(sum(batches), 10_000);
  });

  describe('into a bucket that was there before', () => {
    let store: MemoryObjectStore;
    let record: LabRecord;

    beforeEach(async () => {
      store = new MemoryObjectStore();
      await store.createBucket('b', signal);
      await store.writeObject({ bucket: 'b', key: 'a/there.png' }, new Uint8Array([1]), {}, signal);
      const ledger = new Ledger(
        connectionTo(),
        { journal: new MemoryJournal(), earlier: new MemoryMemento() },
        { tags: {}, onUntagged: () => undefined },
      );
      ({ record } = await ledger.open(signal));
    });

    const files = ['there.png', ...Array.from({ length: 30 }, (_, at) => `${at}.png`)].map((name) => ({
      key: `a/${name}`,
      read: async () => new Uint8Array([1]),
    }));
    const recorded = () => record.entries().flatMap(({ resource: it }) => (it.kind === 'objects' ? it.names : []));
    const objectsOf = async () => (await store.listObjects({ bucket: 'b', prefix: 'a/' }, signal)).objects;
    const run = (writeObject: MemoryObjectStore['writeObject'], until = signal) => {
      const made = recordUpload(record, 'b');
      const objects = {
        listObjects: store.listObjects.bind(store),
        headObject: store.headObject.bind(store),
        writeObject,
      };
      const outcome = upload(
        {
          objects,
          bucket: 'b',
          files,
          md5: (bytes) => createHash('md5').update(bytes).digest('hex'),
          onBegin: (begun) => made.begin(begun.map(({ key }) => key)),
          onWriting: ({ key }) => made.writing(key),
          onUploaded: ({ key }) => made.add(key),
          onProgress: () => undefined,
        },
        until,
      );
      return { made, outcome };
    };

    it('is known before it is there, for the case that the extension host dies meanwhile', async () => {
      let count = 0;
      void run(async (...args) => {
        count += 1;
        await (count > 7 ? new Promise(() => undefined) : store.writeObject(...args));
      });
      for (let turn = 0; turn < 50; turn += 1) {
        await setImmediate();
      }
      const there = (await objectsOf()).map(({ key }) => key.slice(2)).filter((name) => name !== 'there.png');
      assert.equal(there.length, 7);
      assert.deepEqual(
        there.filter((name) => !recorded().includes(name)),
        [],
      );
      assert.ok(!recorded().includes('there.png'), 'somebody else’s');
    });

    it('is just what was made, or asked for, where it was cancelled', async () => {
      const abort = new AbortController();
      let count = 0;
      const { made, outcome } = run(async (...args) => {
        count += 1;
        if (count > 7) {
          abort.abort();
          abort.signal.throwIfAborted();
        }
        await store.writeObject(...args);
      }, abort.signal);
      await assert.rejects(outcome, { name: 'AbortError' });
      await made.finish();
      assert.ok(recorded().length >= 7 && recorded().length < 30, String(recorded().length));
      const there = (await objectsOf()).map(({ key }) => key.slice(2)).filter((name) => name !== 'there.png');
      assert.deepEqual(
        there.filter((name) => !recorded().includes(name)),
        [],
      );
    });

    it('is all of it in the end, and stays so when it is uploaded again', async () => {
      for (let time = 0; time < 2; time += 1) {
        const { made, outcome } = run(store.writeObject.bind(store));
        await outcome;
        await made.finish();
        assert.deepEqual(
          recorded().toSorted(),
          files
            .slice(1)
            .map(({ key }) => key.slice(2))
            .toSorted(),
        );
      }
    });
  });

  it('is told where it could not be written down, at the end and not before', async () => {
    const made = recordUpload(
      { ...memoryRecord().record, add: () => Promise.reject(new Error('The disk is full')) },
      'b',
    );
    for (let index = 0; index < 500; index += 1) {
      made.add(`${index}`);
    }
    await setImmediate();
    await assert.rejects(made.finish(), { message: 'The disk is full' });
  });
});

function memoryRecord() {
  const batches: number[] = [];
  const add = async (made: readonly LabResource[]) =>
    void batches.push(...made.map((it) => (it.kind === 'objects' ? it.names.length : 0)));
  return { record: { add, entries: () => [], remove: async () => undefined }, batches };
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}
