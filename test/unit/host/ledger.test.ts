import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LedgerJournal } from '../../../src/core/lab/ledgerJournal.js';
import type { Services, Target } from '../../../src/core/ports.js';
import { accountOf } from '../../support/accountOf.js';
import { Ledger, type LabRecord } from '../../../src/host/support/ledger.js';
import { LedgerFiles } from '../../../src/node/ledgerFiles.js';
import { connectionTo } from '../../support/hostConnection.js';
import { MemoryJournal } from '../../support/memoryJournal.js';
import { MemoryMemento } from '../../support/memoryMemento.js';

const { signal } = new AbortController();
const options = { tags: { made: 'by us' }, onUntagged: () => undefined };

describe('the ledger', () => {
  it('remembers what was made, for the account that it was made in', async () => {
    const memory = new MemoryJournal();
    const { ledger, switchTo } = ledgerOver(memory, 'one');
    const { record } = await ledger.open(signal);
    await record.add([{ kind: 'bucket', name: 'first' }]);
    switchTo('two');
    await record.add([{ kind: 'bucket', name: 'second' }]); // It was begun before the switch.
    assert.deepEqual(listed((await ledger.open(signal)).record), []);
    switchTo('one');
    assert.deepEqual(listed((await ledger.open(signal)).record), [
      { kind: 'bucket', name: 'first' },
      { kind: 'bucket', name: 'second' },
    ]);
  });

  it('gives the services of the same account, also where the user switches while it asks', async () => {
    const { ledger, switchTo } = ledgerOver(new MemoryJournal(), 'one');
    const opening = ledger.open(signal);
    switchTo('two');
    const { services, record } = await opening;
    assert.equal((await services.account.identity(signal)).accountId, 'one');
    assert.match(record.account, /\bone\b/u);
  });

  it('keeps regions of one account apart', async () => {
    const { ledger, switchTo } = ledgerOver(new MemoryJournal(), 'one');
    const { account } = (await ledger.open(signal)).record;
    switchTo('one', 'eu-west-1');
    assert.notEqual((await ledger.open(signal)).record.account, account);
  });

  it('loses no change to another at the same time', async () => {
    const { ledger } = ledgerOver(new MemoryJournal(), 'one');
    const { record } = await ledger.open(signal);
    const names = Array.from({ length: 20 }, (_, index) => `bucket-${index}`);
    await Promise.all(names.map((name) => record.add([{ kind: 'bucket', name }])));
    await Promise.all([record.remove({ kind: 'bucket', name: 'bucket-3' }), record.add([{ kind: 'workforce' }])]);
    assert.equal(listed(record).length, 20);
  });

  it('goes on after a change that could not be written', async () => {
    const memory = new MemoryJournal();
    const { ledger } = ledgerOver(memory, 'one');
    const { record } = await ledger.open(signal);
    memory.failsNext = true;
    await assert.rejects(record.add([{ kind: 'bucket', name: 'lost' }]));
    await record.add([{ kind: 'bucket', name: 'kept' }]);
    assert.deepEqual(listed(record), [{ kind: 'bucket', name: 'kept' }]);
  });

  it('says what was made when, where and with which tags', async () => {
    const { ledger } = ledgerOver(new MemoryJournal(), 'one', { region: 'eu-west-1' });
    const { record } = await ledger.open(signal);
    await record.made({ kind: 'bucket', name: 'tagged' });
    await record.made({ kind: 'team', name: 'untagged' }, 'sagemaker:AddTags');
    const [tagged, untagged] = record.entries();
    assert.ok(Date.parse(tagged?.at ?? '') > 0);
    assert.deepEqual(tagged?.place, { kind: 'aws', accountId: 'one', region: 'eu-west-1', profile: 'p' });
    assert.deepEqual([tagged.tags, untagged?.tags], [{ made: 'by us' }, undefined]);
  });

  it('tells once of each permission to tag that is missing', async () => {
    const { ledger, untagged } = ledgerOver(new MemoryJournal(), 'one');
    for (const name of ['a', 'b']) {
      await (await ledger.open(signal)).record.made({ kind: 'team', name }, 'sagemaker:AddTags');
    }
    await (await ledger.open(signal)).record.made({ kind: 'role', name: 'c', arn: 'c' }, 'iam:TagRole');
    assert.deepEqual(untagged, ['sagemaker:AddTags', 'iam:TagRole']);
  });

  it('knows of what was begun until it is taken back, but of what was recorded before it was begun again', async () => {
    const { ledger } = ledgerOver(new MemoryJournal(), 'one');
    const { record } = await ledger.open(signal);
    const bucket = { kind: 'bucket', name: 'b' } as const;
    const takeBack = await record.begin(bucket);
    assert.deepEqual(record.entries()[0]?.isBegun, true);
    await takeBack();
    assert.deepEqual(record.entries(), []);

    await record.made(bucket);
    const takeNothingBack = await record.begin(bucket);
    await takeNothingBack();
    assert.deepEqual(listed(record), [bucket]);
    assert.equal(record.entries()[0]?.isBegun, undefined);

    await record.add([objects('old')]);
    const takeOneBack = await record.begin(objects('old', 'new'));
    assert.deepEqual(listed(record).at(-1), objects('old', 'new'));
    await takeOneBack();
    assert.deepEqual(listed(record).at(-1), objects('old'));
  });

  it('reads what earlier versions kept, and goes on with it', async () => {
    const earlier = new MemoryMemento();
    await earlier.update('ledger one us-east-1', [{ kind: 'workforce' }]);
    const { ledger } = ledgerOver(new MemoryJournal(), 'one', { earlier });
    const { record } = await ledger.open(signal);
    await record.made({ kind: 'bucket', name: 'b' });
    assert.deepEqual(listed(record), [{ kind: 'workforce' }, { kind: 'bucket', name: 'b' }]);
    assert.equal(earlier.get('ledger one us-east-1'), undefined);
  });

  it('has what other windows make, and loses nothing of theirs, or of its own', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'two-windows-'));
    try {
      const windows = await Promise.all(
        ['one', 'two', 'three'].map(async (name) => {
          const { ledger } = ledgerOver(new LedgerFiles(folder), 'account');
          return { name, ledger, record: (await ledger.open(signal)).record };
        }),
      );
      const made = Array.from({ length: 40 }, (_, index) => String(index));
      await Promise.all(
        windows.flatMap(({ name, record }) =>
          made.map(async (index) => {
            await record.made({ kind: 'bucket', name: `${name}-${index}` });
            await record.add([objects(`${name}-${index}`)]);
            if (Number(index) % 2 === 0) {
              await record.remove({ kind: 'bucket', name: `${name}-${index}` });
              await record.remove(objects(`${name}-${index}`));
            }
          }),
        ),
      );
      const odd = windows.flatMap(({ name }) => made.flatMap((it) => (Number(it) % 2 === 1 ? `${name}-${it}` : [])));
      for (const { ledger } of windows) {
        const found = listed((await ledger.open(signal)).record);
        const buckets = found.flatMap((it) => (it.kind === 'bucket' ? it.name : []));
        const keys = found.flatMap((it) => (it.kind === 'objects' ? it.names : []));
        assert.deepEqual([buckets.toSorted(), keys.toSorted()], [odd.toSorted(), odd.toSorted()]);
      }
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('stops waiting for a server that does not start when the user gives up', async () => {
    const connection = { ...connectionTo(), services: () => new Promise<never>(() => undefined) };
    const abort = new AbortController();
    const opening = new Ledger(connection, memoryOf(new MemoryJournal()), options).open(abort.signal);
    abort.abort();
    await assert.rejects(opening, { name: 'AbortError' });
  });
});

/** Connected to AWS, and to another account when told so. */
function ledgerOver(
  journal: LedgerJournal,
  accountId: string,
  { region = 'us-east-1', earlier = new MemoryMemento() } = {},
) {
  let current = { accountId, region };
  const untagged: string[] = [];
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
  return {
    untagged,
    ledger: new Ledger(connection, { journal, earlier }, { ...options, onUntagged: (action) => untagged.push(action) }),
    switchTo,
  };
}

function memoryOf(journal: LedgerJournal) {
  return { journal, earlier: new MemoryMemento() };
}

function listed(record: LabRecord) {
  return record.entries().map(({ resource }) => resource);
}

function objects(...names: readonly string[]) {
  return { kind: 'objects', bucket: 'other', folder: '', names } as const;
}
