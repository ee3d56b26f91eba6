import assert from 'node:assert/strict';
import type { Bucket, LabelingJob, LabelingJobs } from '../../../src/core/ports.js';
import { fakeVscode } from '../../support/fakeVscode.js';
import { connectionTo } from '../../support/hostConnection.js';
import { MemoryObjectStore } from '../../support/memoryObjectStore.js';

/** A promise, and the functions that settle it. */
const pending = <T>() => Promise.withResolvers<T>();

describe('the trees of the explorer', () => {
  before(fakeVscode);

  it("forget what was heard of another account's jobs", async () => {
    const { LabelingJobTree } = await import('../../../src/host/views/labelingJobTree.js');
    const job = { name: 'theirs', arn: 'arn:theirs', status: 'Completed' } as LabelingJob;
    let jobs: readonly LabelingJob[] = [job];
    const labelingJobs = { list: async () => jobs } as unknown as LabelingJobs;
    const tree = new LabelingJobTree(connectionTo({ labelingJobs }));
    await tree.poll();
    jobs = [];
    tree.reset();
    assert.deepEqual(await tree.getChildren(), []);
    tree.dispose();
  });

  it('do not draw jobs whose list was under way when the account changed', async () => {
    const { LabelingJobTree } = await import('../../../src/host/views/labelingJobTree.js');
    const job = { name: 'theirs', arn: 'arn:theirs', status: 'Completed' } as LabelingJob;
    const slow = pending<readonly LabelingJob[]>();
    const answers = [slow.promise, Promise.resolve([])];
    const labelingJobs = { list: () => answers.shift() } as unknown as LabelingJobs;
    const tree = new LabelingJobTree(connectionTo({ labelingJobs }));
    const polled = assert.rejects(tree.poll(), { name: 'AbortError' });
    await new Promise(setImmediate);
    tree.reset();
    slow.resolve([job]);
    await polled;
    assert.deepEqual(await tree.getChildren(), []);
    tree.dispose();
  });

  it('tell simulated workers apart where there is room for a few letters', async () => {
    const { PrivateTeamTree } = await import('../../../src/host/views/privateTeamTree.js');
    const tree = new PrivateTeamTree(connectionTo());
    const team = { name: 't', arn: 'arn:t', description: '' };
    const rows = ['simulated-07@simulated.invalid', 'ana@example.org'].map((email) => {
      const member = { email, sub: 's', status: 'CONFIRMED', isEnabled: true };
      return tree.getTreeItem({ kind: 'teamMember', team, member });
    });
    assert.deepEqual(
      rows.map(({ label, description }) => [label, description]),
      [
        ['07', 'simulated worker'],
        ['ana@example.org', 'has signed in'],
      ],
    );
    tree.dispose();
  });

  it('keep the list of a refresh where the one before it fails late', async () => {
    const { Uri } = await import('vscode');
    const { BucketTree } = await import('../../../src/host/views/bucketTree.js');
    const slow = pending<readonly Bucket[]>();
    let lists = 0;
    class Objects extends MemoryObjectStore {
      override listBuckets(): Promise<readonly Bucket[]> {
        lists++;
        return lists === 1 ? slow.promise : Promise.resolve([]);
      }
    }
    const tree = new BucketTree(connectionTo({ objects: new Objects() }), Uri.file('/nowhere'));
    const before = tree.getChildren();
    await new Promise(setImmediate);
    tree.refresh();
    await tree.getChildren();
    slow.reject(new Error('too late'));
    await before;
    await tree.getChildren();
    assert.equal(lists, 2);
    tree.dispose();
  });
});
