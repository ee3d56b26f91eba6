import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import type { LabResource } from '../../../src/core/lab/labResources.js';
import { recordUpload } from '../../../src/host/support/uploadRecord.js';

describe('what an upload has made', () => {
  it('is written down while it goes on, in batches that grow', async () => {
    const { record, batches } = memoryRecord();
    const upload = recordUpload(record, 'b');
    for (let index = 0; index < 10_000; index += 1) {
      upload.add(`pictures/${index}.jpg`);
    }
    await setImmediate();
    const early = sum(batches);
    assert.ok(early >= 8_000 && early < 10_000, String(early));
    assert.ok(batches.length < 30, String(batches.length));
    await upload.finish();
    assert.equal(sum(batches), 10_000);
  });

  it('is told where it could not be written down, at the end and not before', async () => {
    const upload = recordUpload({ add: () => Promise.reject(new Error('The disk is full')) }, 'b');
    for (let index = 0; index < 500; index += 1) {
      upload.add(`${index}`);
    }
    await setImmediate();
    await assert.rejects(upload.finish(), { message: 'The disk is full' });
  });
});

function memoryRecord() {
  const batches: number[] = [];
  const add = async (made: readonly LabResource[]) =>
    void batches.push(...made.map((it) => (it.kind === 'objects' ? it.names.length : 0)));
  return { record: { add }, batches };
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}
