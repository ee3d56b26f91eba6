import assert from 'node:assert/strict';
import { corsServices } from '../../support/corsServices.js';
import { fakeVscode } from '../../support/fakeVscode.js';
import { connectionTo } from '../../support/hostConnection.js';
import { hostDeps } from '../../support/hostDeps.js';
import { MemoryObjectStore } from '../../support/memoryObjectStore.js';
import { user } from '../../support/vscodeModule.js';

const { signal } = new AbortController();

describe('the name of a new bucket', () => {
  before(fakeVscode);
  beforeEach(() => user.reset());

  for (const [kind, among] of [
    ['local', /no other bucket on this machine has/u],
    ['aws', /unique across all of AWS/u],
  ] as const) {
    it(`is asked for as what it must be on ${kind}`, async () => {
      const { createBucket } = await import('../../../src/host/commands/createBucket.js');
      const services = { objects: new MemoryObjectStore() };
      const { deps } = await hostDeps(services, { ...connectionTo(services), kind });
      await createBucket(deps)();
      assert.match(user.asked[0]?.prompt ?? '', among);
    });
  }

  it('is suggested again where it was begun and cut short, and the bucket is completed', async () => {
    const { run, record, objects } = await lab();
    await record.begin({ kind: 'bucket', name: 'cats' });
    await objects.createBucket('cats', signal);
    user.answers = ({ text, value }) => (text === 'Create Bucket' ? value : undefined);
    await run();
    assert.deepEqual([user.asked[0]?.value, user.asked[0]?.validate?.('cats')], ['cats', undefined]);
    assert.deepEqual(
      record.entries().map(({ resource, isBegun }) => [resource, isBegun]),
      [[{ kind: 'bucket', name: 'cats' }, undefined]],
    );
  });

  it('is listed where the bucket was made, and no page may be let in', async () => {
    const { run, objects, shown } = await lab(() => Promise.reject(new Error('denied')));
    user.answers = ({ text }) => (text === 'Create Bucket' ? 'cats' : undefined);
    await assert.rejects(run(), /denied/u);
    assert.deepEqual([(await objects.listBuckets(signal)).length, shown.refreshed], [1, 1]);
  });

  it('is not recorded where the bucket was there, though no list had it', async () => {
    const { run, record, objects } = await lab();
    await objects.createBucket('cats', signal);
    user.answers = ({ text }) => (text === 'Create Bucket' ? 'cats' : undefined);
    await run();
    assert.deepEqual(record.entries(), []);
    assert.equal((await objects.listBuckets(signal)).length, 1);
  });
});

async function lab(setCorsRules?: () => Promise<void>) {
  const { createBucket } = await import('../../../src/host/commands/createBucket.js');
  const objects = new MemoryObjectStore();
  const { probes, repairs } = corsServices().services;
  const { deps } = await hostDeps({ objects, probes, repairs: setCorsRules ? { ...repairs, setCorsRules } : repairs });
  const { record } = await deps.ledger.open(signal);
  const shown = { refreshed: 0 };
  const buckets = Object.assign(deps.buckets, { refresh: () => (shown.refreshed += 1) });
  return { run: createBucket({ ...deps, buckets }), record, objects, shown };
}
