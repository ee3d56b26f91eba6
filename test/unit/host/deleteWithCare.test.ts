import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import type { LabResource } from '../../../src/core/lab/labResources.js';
import { answering, bucket, choosing, jobsOf, lab, names, noTeams } from '../../support/deletionLab.js';
import { fakeVscode } from '../../support/fakeVscode.js';
import { MemoryObjectStore } from '../../support/memoryObjectStore.js';
import { user } from '../../support/vscodeModule.js';

const { signal } = new AbortController();
const byName = '$(edit) Something else, by its name…';

describe('deleting what others use, or what is not recorded', () => {
  let objects: MemoryObjectStore;

  before(fakeVscode);

  beforeEach(async () => {
    user.reset();
    objects = new MemoryObjectStore();
    await objects.createBucket('one', signal);
    await objects.createBucket('two', signal);
  });

  describe('that a running labeling job uses', () => {
    const asked = /^A labeling job is running that needs what you delete/u;

    it('stops a job that is recorded first, where that is wanted', async () => {
      const { labelingJobs, stopped } = jobsOf({ mine: 'InProgress' });
      const { run } = await lab({ objects, labelingJobs }, [{ kind: 'labelingJob', name: 'mine' }, bucket('one')]);
      user.answers = answering({
        'Delete Lab': '$(archive) one',
        'A labeling job': 'Stop Jobs First',
        Delete: 'Delete',
      });
      await run();
      assert.match(user.asked[1]?.text ?? '', asked);
      assert.match(user.asked[1]?.detail ?? '', /^"mine" uses "one"$/mu);
      assert.deepEqual(stopped, ['mine']);
      assert.deepEqual(await names(objects), ['two']);
    });

    it('stops a job that is not recorded only where its name is typed', async () => {
      const { labelingJobs, stopped } = jobsOf({ theirs: 'InProgress' });
      const { run } = await lab({ objects, labelingJobs }, [bucket('one')]);
      const answers = { 'Delete Lab': '$(archive) one', 'A labeling job': 'Stop Jobs First', Delete: 'Delete' };
      user.answers = answering(answers);
      await run();
      assert.deepEqual([stopped, await names(objects)], [[], ['one', 'two']]);
      assert.equal(user.asked.at(-1)?.validate?.('their'), 'The name is "theirs".');

      user.answers = answering({ ...answers, 'Stop Labeling Job': 'theirs' });
      await run();
      assert.deepEqual([stopped, await names(objects)], [['theirs'], ['two']]);
    });

    it('deletes anyway, or nothing, as it is told', async () => {
      const { labelingJobs, stopped } = jobsOf({ theirs: 'InProgress' });
      const { run } = await lab({ objects, labelingJobs }, [bucket('one')]);
      user.answers = answering({ 'Delete Lab': '$(archive) one', Delete: 'Delete' });
      await run();
      assert.deepEqual(await names(objects), ['one', 'two']);
      user.answers = answering({ 'Delete Lab': '$(archive) one', 'A labeling job': 'Delete Anyway', Delete: 'Delete' });
      await run();
      assert.deepEqual([stopped, await names(objects)], [[], ['two']]);
    });

    it('does not ask about jobs that use something else', async () => {
      const { labelingJobs } = jobsOf({ theirs: 'InProgress' });
      const { run } = await lab({ objects, labelingJobs }, [bucket('two')]);
      user.answers = choosing('$(archive) two', 'Delete');
      await run();
      assert.ok(!user.asked.some(({ text }) => asked.test(text)));
    });
  });

  describe('that it did not make', () => {
    const others = { privateTeams: noTeams, executionRoles: { list: async () => [] } };

    it('deletes only under the whole name', async () => {
      const { run, recorded } = await lab({ objects, ...others }, [bucket('one')]);
      user.answers = answering({ 'Delete Lab': byName, 'Delete Something': 'two', Delete: 'Delete' });
      await run();
      const [, question] = user.asked;
      assert.match(question?.validate?.('tw') ?? '', /^Nothing here that can be deleted/u);
      assert.equal(question?.validate?.('two'), undefined);
      assert.deepEqual(await names(objects), ['one']);
      assert.deepEqual(await recorded(), [bucket('one')]);
    });

    it('deletes nothing where no name is typed, or one that is not there', async () => {
      const { run } = await lab({ objects, ...others }, [bucket('one')]);
      for (const typed of [undefined, 'three']) {
        user.answers = answering({
          'Delete Lab': `${byName}\n$(archive) one`,
          'Delete Something': typed,
          Delete: 'Delete',
        });
        await run();
        assert.deepEqual(await names(objects), ['one', 'two']);
      }
    });

    it('is offered where nothing is recorded', async () => {
      const { run } = await lab({ objects, ...others }, []);
      await run();
      assert.deepEqual(user.asked[0]?.choices, ['Create Bucket…', 'Delete by Name…']);
      user.answers = answering({ 'Delete Something': 'two', 'Delete this': 'Delete' });
      await run({ kind: 'byName' });
      assert.deepEqual(await names(objects), ['one']);
    });
  });

  it('keeps a workforce that others use, and its pool, and says who', async () => {
    const team = { name: 'theirs', arn: 'arn', description: '' };
    const privateTeams = {
      ...noTeams,
      list: async () => [team],
      workforce: async () => ({ name: 'default', userPoolId: 'pool' }),
    };
    const workforce: LabResource = { kind: 'workforce', name: 'default' };
    const pool: LabResource = { kind: 'userPool', id: 'pool' };
    const { run, recorded } = await lab({ objects, privateTeams }, [workforce, pool]);
    user.answers = answering({
      'Delete Lab': '$(organization) default\n$(account) pool',
      'Delete these': 'Delete',
      '2 of 2': 'Show What Remains',
    });
    await run();
    await setImmediate();
    assert.match(user.documents[0] ?? '', /\*\*default\*\* .*because theirs uses it/u);
    assert.match(user.documents[0] ?? '', /\*\*pool\*\* .*because default uses it/u);
    assert.deepEqual(await recorded(), [workforce, pool]);
  });
});
