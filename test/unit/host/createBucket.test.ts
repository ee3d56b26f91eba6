import assert from 'node:assert/strict';
import { fakeVscode } from '../../support/fakeVscode.js';
import { connectionTo } from '../../support/hostConnection.js';
import { hostDeps } from '../../support/hostDeps.js';
import { MemoryObjectStore } from '../../support/memoryObjectStore.js';
import { user } from '../../support/vscodeModule.js';

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
});
