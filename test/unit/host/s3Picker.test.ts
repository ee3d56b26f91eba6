import assert from 'node:assert/strict';
import type { ObjectPage } from '../../../src/core/ports.js';
import { fakeVscode } from '../../support/fakeVscode.js';
import { servicesOver } from '../../support/services.js';
import { MemoryObjectStore } from '../../support/memoryObjectStore.js';
import { user } from '../../support/vscodeModule.js';

const { signal } = new AbortController();

/** Gives two rows a page, as S3 gives a thousand. */
class SmallPages extends MemoryObjectStore {
  override listObjects(request: Parameters<MemoryObjectStore['listObjects']>[0]): Promise<ObjectPage> {
    return super.listObjects({ ...request, pageSize: 2 }, signal);
  }
}

describe('choosing among objects', () => {
  before(fakeVscode);
  beforeEach(() => user.reset());

  it('goes on to those that no longer fit the first page', async () => {
    const { pickObject } = await import('../../../src/host/panels/s3Picker.js');
    const objects = new SmallPages();
    await objects.createBucket('b', signal);
    for (const key of ['1.json', '2.json', '3.json', '4.json', '5.json']) {
      await objects.writeObject({ bucket: 'b', key }, new Uint8Array(1), {}, signal);
    }
    const wanted = '$(file) 5.json';
    user.answers = ({ choices }) => [wanted, '$(ellipsis) Load more'].find((label) => choices.includes(label));
    const question = { title: 'Choose a file', accepts: () => true };
    const chosen = await pickObject(servicesOver({ objects }), { bucket: 'b', key: '' }, question);
    assert.deepEqual(chosen, { bucket: 'b', key: '5.json' });
    assert.deepEqual(
      user.asked.map(({ choices }) => choices.length),
      [2 + 2, 4 + 2, 5 + 1],
      'what was listed stays, and at the end there is no more to load',
    );
  });
});
