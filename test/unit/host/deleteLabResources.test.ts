import assert from 'node:assert/strict';
import { Failure } from '../../../src/core/failure.js';
import type { LabResource } from '../../../src/core/lab/labResources.js';
import type { LabelingJob, LabelingJobs, Target } from '../../../src/core/ports.js';
import { fakeVscode } from '../../support/fakeVscode.js';
import { connectionTo } from '../../support/hostConnection.js';
import { hostDeps } from '../../support/hostDeps.js';
import { MemoryObjectStore } from '../../support/memoryObjectStore.js';
import { user } from '../../support/vscodeModule.js';

const { signal } = new AbortController();

describe('deleting lab resources', () => {
  let objects: MemoryObjectStore;

  before(fakeVscode);

  beforeEach(async () => {
    user.reset();
    objects = new MemoryObjectStore();
    await objects.createBucket('one', signal);
    await objects.createBucket('two', signal);
  });

  it('deletes what was chosen and confirmed, and forgets it', async () => {
    const { run, recorded } = await lab({ objects }, [bucket('one'), bucket('two')]);
    user.answers = choosing('$(archive) one', 'Delete');
    await run();
    assert.deepEqual(await names(objects), ['two']);
    assert.deepEqual(await recorded(), [bucket('two')]);
    assert.deepEqual(user.ticked, ['groundTruth.deleteLabResources.ran']);
  });

  it('deletes nothing before it is confirmed', async () => {
    const { run, recorded } = await lab({ objects }, [bucket('one')]);
    user.answers = choosing('$(archive) one', undefined);
    await run();
    assert.deepEqual(await names(objects), ['one', 'two']);
    assert.deepEqual(await recorded(), [bucket('one')]);
    assert.deepEqual(user.ticked, []);
  });

  it('goes on after one that fails, says which is left, and tries that one again', async () => {
    let isLocked = true;
    const locked = new Proxy(objects, {
      get: (store, name) =>
        name === 'deleteBucket'
          ? async (which: string) => {
              if (which === 'one' && isLocked) {
                throw new Failure('aws.accessDenied', { action: 's3:DeleteBucket', resource: which });
              }
              await store.deleteBucket(which, signal);
            }
          : (Reflect.get(store, name) as () => unknown).bind(store),
    });
    const { run, recorded, logged } = await lab({ objects: locked }, [bucket('one'), bucket('two')]);
    user.answers = choosing('$(archive) one\n$(archive) two', 'Delete');
    await run();
    const { text, choices } = user.asked.at(-1) ?? { text: '', choices: [] };
    assert.match(text, /^1 of 2 lab resources remain: one\./u);
    assert.deepEqual(choices, ['Try Again', 'Show Log']);
    assert.deepEqual(logged, ['one was not deleted']);
    assert.deepEqual(await recorded(), [bucket('one')]);

    isLocked = false;
    await run(rest([bucket('one')], await account()));
    assert.deepEqual(await names(objects), []);
    assert.deepEqual(await recorded(), []);
  });

  it('stops a job that goes on, counts it apart, and passes over one that has ended', async () => {
    const stopped: string[] = [];
    const jobs = [
      { name: 'goes-on', status: 'InProgress' },
      { name: 'ended', status: 'Completed' },
    ] as unknown as readonly LabelingJob[];
    const labelingJobs = {
      list: async () => jobs,
      stop: async (name: string) => void stopped.push(name),
    } as unknown as LabelingJobs;
    const { run, recorded } = await lab({ objects, labelingJobs }, [
      { kind: 'labelingJob', name: 'ended' },
      { kind: 'labelingJob', name: 'goes-on' },
      bucket('one'),
    ]);
    user.answers = choosing('$(debug-stop) goes-on\n$(archive) one', 'Delete');
    await run();
    const [rows, question, end] = user.asked;
    assert.deepEqual(rows?.choices, ['$(debug-stop) goes-on', '$(archive) one']);
    assert.equal(question?.text, 'Delete these resources (1), and stop labeling jobs (1)?');
    assert.match(end?.text ?? '', /^1 lab resource was deleted\. Labeling jobs were stopped/u);
    assert.deepEqual(stopped, ['goes-on']);
    assert.deepEqual(await recorded(), []);
  });

  it('does not touch another account that was connected to meanwhile', async () => {
    const { run, recorded } = await lab({ objects }, [bucket('one')]);
    await run(rest([bucket('one')], 'ledger of somebody else'));
    assert.deepEqual(await names(objects), ['one', 'two']);
    assert.deepEqual(await recorded(), [bucket('one')]);
    assert.match(user.asked.at(-1)?.text ?? '', /^Nothing was deleted/u);
  });

  it('deletes nothing where the connection changed while it asked', async () => {
    const other = { ...connectionTo({ objects, bucketContents: objects }) };
    let target: Target = await other.target(signal);
    const { run } = await lab({ objects }, [bucket('one')], { ...other, target: async () => target });
    user.answers = (question) => {
      if (target.kind === 'local') {
        target = { kind: 'local', server: { ...target.server, accountId: '111111111111' } };
      }
      return choosing('$(archive) one', 'Delete')(question);
    };
    await run();
    assert.deepEqual(await names(objects), ['one', 'two']);
  });
});

function bucket(name: string): LabResource {
  return { kind: 'bucket', name };
}

function rest(resources: readonly LabResource[], of: string) {
  return { kind: 'labDeletion', account: of, resources } as const;
}

/** Checks these rows, and answers like this when asked whether that is meant. */
function choosing(rows: string, answer: string | undefined): typeof user.answers {
  return ({ text, choices }) =>
    choices.includes('Delete') ? answer : text.startsWith('Delete Lab') ? rows : undefined;
}

async function lab(
  services: { readonly objects: MemoryObjectStore; readonly labelingJobs?: LabelingJobs },
  resources: readonly LabResource[],
  connection = connectionTo({ bucketContents: services.objects, ...services }),
) {
  const { deleteLabResources } = await import('../../../src/host/commands/deleteLabResources.js');
  const { deps, logged } = await hostDeps(services, connection);
  const { record } = await deps.ledger.open(signal);
  await record.add(resources);
  return {
    run: deleteLabResources(deps),
    recorded: async () => record.entries().map(({ resource }) => resource),
    logged,
  };
}

async function account(): Promise<string> {
  const { deps } = await hostDeps({});
  return (await deps.ledger.open(signal)).record.account;
}

async function names(objects: MemoryObjectStore): Promise<readonly string[]> {
  return (await objects.listBuckets(signal)).map(({ name }) => name);
}
