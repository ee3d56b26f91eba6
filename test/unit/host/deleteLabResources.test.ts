import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { Failure } from '../../../src/core/failure.js';
import type { Services, Target } from '../../../src/core/ports.js';
import { account, bucket, choosing, jobsOf, lab, names, rest } from '../../support/deletionLab.js';
import { fakeVscode } from '../../support/fakeVscode.js';
import { connectionTo } from '../../support/hostConnection.js';
import { MemoryObjectStore } from '../../support/memoryObjectStore.js';
import { user } from '../../support/vscodeModule.js';

const { signal } = new AbortController();
const byName = '$(edit) Something else, by its name…';

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
    const choose = choosing('$(archive) one\n$(archive) two', 'Delete');
    user.answers = (question) => (question.choices.includes('Try Again') ? 'Show What Remains' : choose(question));
    await run();
    await setImmediate();
    const { text, choices } = user.asked.at(-1) ?? { text: '', choices: [] };
    assert.match(text, /^1 of 2 lab resources remain: one\.$/u);
    assert.match(
      user.documents[0] ?? '',
      /^- \*\*one\*\* \(.*\): You lack the permission s3:DeleteBucket on "one"\./mu,
    );
    assert.deepEqual(choices, ['Show What Remains', 'Try Again']);
    assert.deepEqual(logged, ['one was not deleted']);
    assert.deepEqual(await recorded(), [bucket('one')]);

    isLocked = false;
    await run(rest([bucket('one')], await account()));
    assert.deepEqual(await names(objects), []);
    assert.deepEqual(await recorded(), []);
  });

  it('stops a job that goes on, counts it apart, and passes over one that has ended', async () => {
    const { labelingJobs, stopped } = jobsOf({ 'goes-on': 'InProgress', ended: 'Completed' });
    const { run, recorded } = await lab({ objects, labelingJobs }, [
      { kind: 'labelingJob', name: 'ended' },
      { kind: 'labelingJob', name: 'goes-on' },
      bucket('one'),
    ]);
    user.answers = choosing('$(debug-stop) goes-on\n$(archive) one', 'Delete');
    await run();
    const [rows, question, end] = user.asked;
    assert.deepEqual(rows?.choices, ['$(debug-stop) goes-on', '$(archive) one', byName]);
    assert.equal(question?.text, 'Delete these resources (1), and stop labeling jobs (1)?');
    assert.match(end?.text ?? '', /^1 lab resource was deleted\. Labeling jobs were stopped/u);
    assert.deepEqual(stopped, ['goes-on']);
    assert.deepEqual(await recorded(), []);
  });

  it('forgets jobs that have ended with the rest, and says that they stay', async () => {
    const { labelingJobs } = jobsOf({ ended: 'Completed' });
    const { run, recorded } = await lab({ objects, labelingJobs }, [
      { kind: 'labelingJob', name: 'ended' },
      bucket('one'),
    ]);
    const choose = choosing('$(archive) one', 'Delete');
    user.answers = (question) =>
      question.choices.includes('Show What Remains') ? 'Show What Remains' : choose(question);
    await run();
    await setImmediate();
    assert.match(
      user.asked.at(-1)?.text ?? '',
      /^1 lab resource was deleted\. AWS has no way to delete labeling jobs/u,
    );
    assert.match(user.documents[0] ?? '', /\*\*ended\*\* .*its name stays taken/u);
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
    const other = connectionTo({ objects, bucketContents: objects, ...jobsOf({}) } as unknown as Partial<Services>);
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
