import assert from 'node:assert/strict';
import type { Services, Target } from '../../../src/core/ports.js';
import { accountOf } from '../../support/accountOf.js';
import { Ledger } from '../../../src/host/support/ledger.js';
import { connectionTo } from '../../support/hostConnection.js';
import { MemoryMemento } from '../../support/memoryMemento.js';

const { signal } = new AbortController();

describe('the ledger', () => {
  it('remembers what was made, for the account that it was made in', async () => {
    const memory = new MemoryMemento();
    const { ledger, switchTo } = ledgerOver(memory, 'one');
    const { record } = await ledger.open(signal);
    await record.add([{ kind: 'bucket', name: 'first' }]);
    switchTo('two');
    await record.add([{ kind: 'bucket', name: 'second' }]); // It was begun before the switch.
    assert.deepEqual((await ledger.open(signal)).record.list(), []);
    switchTo('one');
    assert.deepEqual((await ledger.open(signal)).record.list(), [
      { kind: 'bucket', name: 'first' },
      { kind: 'bucket', name: 'second' },
    ]);
  });

  it('gives the services of the same account, also where the user switches while it asks', async () => {
    const { ledger, switchTo } = ledgerOver(new MemoryMemento(), 'one');
    const opening = ledger.open(signal);
    switchTo('two');
    const { services, record } = await opening;
    assert.equal((await services.account.identity(signal)).accountId, 'one');
    assert.match(record.account, /\bone\b/u);
  });

  it('keeps regions of one account apart', async () => {
    const { ledger, switchTo } = ledgerOver(new MemoryMemento(), 'one', 'us-east-1');
    const { account } = (await ledger.open(signal)).record;
    switchTo('one', 'eu-west-1');
    assert.notEqual((await ledger.open(signal)).record.account, account);
  });

  it('loses no change to another at the same time', async () => {
    const { ledger } = ledgerOver(new MemoryMemento(), 'one');
    const { record } = await ledger.open(signal);
    const names = Array.from({ length: 20 }, (_, index) => `bucket-${index}`);
    await Promise.all(names.map((name) => record.add([{ kind: 'bucket', name }])));
    await Promise.all([record.remove({ kind: 'bucket', name: 'bucket-3' }), record.add([{ kind: 'workforce' }])]);
    assert.equal(record.list().length, 20);
  });

  it('goes on after a change that could not be written', async () => {
    const memory = new MemoryMemento();
    const { ledger } = ledgerOver(memory, 'one');
    const { record } = await ledger.open(signal);
    memory.failsNext = true;
    await assert.rejects(record.add([{ kind: 'bucket', name: 'lost' }]));
    await record.add([{ kind: 'bucket', name: 'kept' }]);
    assert.deepEqual(record.list(), [{ kind: 'bucket', name: 'kept' }]);
  });

  it('stops waiting for a server that does not start when the user gives up', async () => {
    const connection = { ...connectionTo(), services: () => new Promise<never>(() => undefined) };
    const abort = new AbortController();
    const opening = new Ledger(connection, new MemoryMemento()).open(abort.signal);
    abort.abort();
    await assert.rejects(opening, { name: 'AbortError' });
  });
});

/** Connected to AWS, and to another account when told so. */
function ledgerOver(memory: MemoryMemento, accountId: string, region = 'us-east-1') {
  let current = { accountId, region };
  const connection = {
    ...connectionTo(),
    target: async (): Promise<Target> => ({ kind: 'aws', profile: 'p', region: current.region }),
    services: async (): Promise<Services> => {
      return connectionTo({ account: accountOf(current.accountId) }).services();
    },
  };
  const switchTo = (to: string, inRegion = 'us-east-1') => {
    current = { accountId: to, region: inRegion };
  };
  return { ledger: new Ledger(connection, memory), switchTo };
}
