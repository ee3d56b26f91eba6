import assert from 'node:assert/strict';
import { fakeVscode } from '../../support/fakeVscode.js';
import { hostDeps } from '../../support/hostDeps.js';
import { MemoryObjectStore } from '../../support/memoryObjectStore.js';
import { contentProviders, Uri, user } from '../../support/vscodeModule.js';

const { signal } = new AbortController();

/** Of a bucket, before and after. */
const settings = (isClosed: boolean) => ({
  ObjectOwnership: isClosed ? 'BucketOwnerEnforced' : 'BucketOwnerPreferred',
});

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

  const wanted = ['$(database) b', '$(file) good.jpg', 'Make Public'];

  it('shows what changes of the bucket before it asks', async () => {
    const run = await makePublicOver(await closedBucket());
    let shown: readonly unknown[] = [];
    user.answers = ({ text, choices }) => {
      if (text.includes('read this object, without signing in?')) {
        const { args = [] } = user.ran.find(({ command }) => command === 'vscode.diff') ?? {};
        shown = args
          .slice(0, 2)
          .flatMap((uri) =>
            uri instanceof Uri ? (contentProviders.get(uri.scheme)?.provideTextDocumentContent(uri) ?? '') : [],
          )
          .map((side) => JSON.parse(side) as unknown);
      }
      return wanted.find((choice) => choices.includes(choice));
    };
    await run();
    assert.deepEqual(shown, [{ b: settings(true) }, { b: settings(false) }]);
    assert.match(user.clipboard, /good\.jpg$/u);
  });

  it('changes nothing where the bucket is another one than the diff has shown', async () => {
    const objects = await closedBucket();
    const run = await makePublicOver(objects);
    user.answers = ({ text, choices }) => {
      if (text.includes('without signing in?')) {
        objects.blocked = { before: { ObjectOwnership: 'BucketOwnerEnforced' }, after: {} };
      }
      return wanted.find((choice) => choices.includes(choice));
    };
    await assert.rejects(run(), /fix\.outdated/u);
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

async function closedBucket(): Promise<MemoryObjectStore> {
  const objects = new MemoryObjectStore();
  await objects.createBucket('b', signal);
  await objects.writeObject({ bucket: 'b', key: 'good.jpg' }, new Uint8Array(1), {}, signal);
  objects.blocked = { before: settings(true), after: settings(false) };
  return objects;
}
