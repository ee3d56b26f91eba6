import assert from 'node:assert/strict';
import { fakeVscode } from '../../support/fakeVscode.js';
import { hostDeps } from '../../support/hostDeps.js';
import { MemoryObjectStore } from '../../support/memoryObjectStore.js';
import { user } from '../../support/vscodeModule.js';

const { signal } = new AbortController();

describe('making an object public from the palette', () => {
  before(fakeVscode);
  beforeEach(() => user.reset());

  it('asks which one, and copies its address', async () => {
    const objects = new MemoryObjectStore();
    await objects.createBucket('b', signal);
    await objects.writeObject({ bucket: 'b', key: 'examples/good.jpg' }, new Uint8Array(1), {}, signal);
    const run = await makePublicOver(objects);
    const wanted = ['$(database) b', '$(folder) examples/', '$(file) good.jpg', 'Make Public'];
    user.answers = ({ choices }) => wanted.find((choice) => choices.includes(choice));
    await run();
    assert.match(user.clipboard, /good\.jpg$/u);
    assert.match(user.asked.at(-1)?.text ?? '', /can be opened without signing in now/u);
  });

  it('changes nothing where it is not confirmed', async () => {
    const objects = new MemoryObjectStore();
    await objects.createBucket('b', signal);
    await objects.writeObject({ bucket: 'b', key: 'good.jpg' }, new Uint8Array(1), {}, signal);
    const run = await makePublicOver(objects);
    const wanted = ['$(database) b', '$(file) good.jpg'];
    user.answers = ({ choices }) => wanted.find((choice) => choices.includes(choice));
    await run();
    assert.equal(user.clipboard, '');
  });

  it('leads to a bucket where there is none', async () => {
    await (
      await makePublicOver(new MemoryObjectStore())
    )();
    assert.deepEqual(user.asked, [
      { text: 'There is no object yet that could be made public.', choices: ['Create Bucket…'] },
    ]);
  });
});

async function makePublicOver(objects: MemoryObjectStore): Promise<() => Promise<void>> {
  const { makePublic } = await import('../../../src/host/commands/makePublic.js');
  const { deps } = await hostDeps({ objects });
  return makePublic(deps);
}
