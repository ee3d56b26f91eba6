import assert from 'node:assert/strict';
import type { LabelingJob, LabelingJobDescription, LabelingJobs } from '../../../src/core/ports.js';
import { type JobChange, LabelingJobTree } from '../../../src/host/views/labelingJobTree.js';
import type { LabelingJobNode } from '../../../src/host/views/nodes.js';
import { MemoryObjectStore } from '../../support/memoryObjectStore.js';
import { connectionTo } from './fakeConnection.js';

const { signal } = new AbortController();
const bucket = 'bucket';

describe('the tree of labeling jobs', () => {
  let jobs: FakeJobs;
  let objects: MemoryObjectStore;
  let tree: LabelingJobTree;
  let changes: JobChange[];

  beforeEach(async () => {
    jobs = new FakeJobs();
    objects = new MemoryObjectStore();
    await objects.createBucket(bucket, signal);
    tree = new LabelingJobTree(connectionTo({ labelingJobs: jobs, objects }));
    changes = [];
    tree.onDidChangeJob((change) => changes.push(change));
  });

  afterEach(() => tree.dispose());

  it('says how far each job is', async () => {
    jobs.all = [job('active', 'InProgress', 7), job('done', 'Completed', 20), job('broken', 'Failed', 0)];
    assert.deepEqual(summary(await tree.getChildren()), [
      'active 7/20 (labelingJob active)',
      'done 20/20 (labelingJob)',
      'broken 0/20 (labelingJob)',
    ]);
  });

  it('shows the files of a job, the output manifest once it is there', async () => {
    jobs.all = [job('cat-dog', 'InProgress', 0)];
    await write('pictures/dataset.manifest');
    await write('output/template.liquid');
    await write('output/labels.json');
    const [row] = await tree.getChildren();
    const before = [
      'Input manifest dataset.manifest (jobFile manifest)',
      'Worker task template template.liquid (jobFile)',
      'Label categories labels.json (jobFile)',
      'Worker responses  (jobFolder)',
    ];
    assert.deepEqual(summary(await tree.getChildren(row)), before);
    await write('output/cat-dog/manifests/output/output.manifest');
    assert.deepEqual(
      summary(await tree.getChildren(row)),
      before.toSpliced(1, 0, 'Output manifest output.manifest (jobFile manifest)'),
    );
  });

  it('leaves out files that were deleted, and says where their bucket was', async () => {
    jobs.all = [job('cat-dog', 'Completed', 20)];
    await write('output/labels.json');
    assert.deepEqual(summary(await filesOf('cat-dog')), [
      'Label categories labels.json (jobFile)',
      'Worker responses  (jobFolder)',
    ]);
    await objects.deleteObjects(bucket, ['output/labels.json'], signal);
    await objects.deleteBucket(bucket, signal);
    const [row, ...others] = await filesOf('cat-dog');
    assert.deepEqual(others, []);
    assert.ok(row?.kind === 'problem');
    assert.match(String(tree.getTreeItem(row).description), /^There is no bucket "bucket"/u);
  });

  it('names worker responses by object, iteration and time', async () => {
    jobs.all = [job('cat-dog', 'InProgress', 1)];
    await write('output/cat-dog/annotations/worker-response/iteration-2/14/2019-04-09_04:21:19.json');
    const folder = (await filesOf('cat-dog')).at(-1);
    assert.deepEqual(summary(await tree.getChildren(folder)), [
      'Object 14 iteration 2 · 2019-04-09 04:21:19 (jobFile)',
    ]);
  });

  it('lists worker responses a page at a time', async () => {
    jobs.all = [job('cat-dog', 'InProgress', 1)];
    for (let index = 0; index < 301; index += 1) {
      await write(`output/cat-dog/annotations/worker-response/iteration-1/${index}/2019-04-09_04:21:19.json`);
    }
    const folder = (await filesOf('cat-dog')).at(-1);
    const rows = await tree.getChildren(folder);
    const more = rows.at(-1);
    assert.equal(rows.length, 301);
    assert.equal(more?.kind, 'more');
    await tree.loadMore(more.parent, more.token);
    const all = await tree.getChildren(folder);
    assert.equal(all.length, 301);
    assert.ok(all.every(({ kind }) => kind === 'jobFile'));
  });

  it('tells of jobs that moved on, and asks only once for that', async () => {
    jobs.all = [job('a', 'InProgress', 0), job('b', 'InProgress', 0)];
    await tree.getChildren();
    let redraws = 0;
    tree.onDidChangeTreeData(() => (redraws += 1));
    await tree.poll();
    assert.equal(redraws, 0, 'nothing moved');
    jobs.all = [job('a', 'Completed', 20), job('b', 'InProgress', 0)];
    const asked = jobs.listings;
    await tree.poll();
    const rows = await tree.getChildren();
    assert.equal(jobs.listings, asked + 1);
    assert.deepEqual([redraws, summary(rows)[0]], [1, 'a 20/20 (labelingJob)']);
    assert.deepEqual(
      changes.map(({ before, after }) => [before.name, before.status, after.status]),
      [['a', 'InProgress', 'Completed']],
    );
    assert.equal(tree.hasActiveJobs, true);
  });

  it('notices jobs that were created elsewhere', async () => {
    jobs.all = [job('a', 'InProgress', 0)];
    await tree.getChildren();
    jobs.all = [job('b', 'InProgress', 0), job('a', 'InProgress', 0)];
    await tree.poll();
    assert.equal((await tree.getChildren()).length, 2);
    assert.deepEqual(changes, []);
  });

  async function filesOf(name: string): Promise<LabelingJobNode[]> {
    const rows = await tree.getChildren();
    return tree.getChildren(rows.find((row) => row.kind === 'labelingJob' && row.job.name === name));
  }

  async function write(key: string): Promise<void> {
    await objects.writeObject({ bucket, key }, new Uint8Array(), {}, signal);
  }

  function summary(nodes: readonly LabelingJobNode[]): readonly string[] {
    return nodes.map((node) => {
      const { label, description, contextValue } = tree.getTreeItem(node);
      return `${JSON.stringify(label).slice(1, -1)} ${String(description ?? '')} (${contextValue ?? ''})`;
    });
  }
});

class FakeJobs implements LabelingJobs {
  all: readonly LabelingJob[] = [];
  listings = 0;

  async list(): Promise<readonly LabelingJob[]> {
    this.listings += 1;
    return this.all;
  }

  async requestOf(): Promise<never> {
    throw new Error('The tree copies no request');
  }

  async describe(name: string): Promise<LabelingJobDescription> {
    const found = this.all.find((it) => it.name === name);
    assert.ok(found);
    return {
      ...found,
      jobReferenceCode: 'code',
      request: {
        labelingJobName: name,
        labelAttributeName: name,
        manifestS3Uri: `s3://${bucket}/pictures/dataset.manifest`,
        s3OutputPath: `s3://${bucket}/output/`,
        roleArn: '',
        labelCategoryConfigS3Uri: `s3://${bucket}/output/labels.json`,
        workteamArn: '',
        uiTemplateS3Uri: `s3://${bucket}/output/template.liquid`,
        preHumanTaskLambdaArn: '',
        annotationConsolidationLambdaArn: '',
        taskKeywords: [],
        taskTitle: '',
        taskDescription: '',
        numberOfHumanWorkersPerDataObject: 1,
        taskTimeLimitInSeconds: 300,
        taskAvailabilityLifetimeInSeconds: 864_000,
        maxConcurrentTaskCount: 1_000,
        tags: {},
      },
    };
  }

  create(): Promise<never> {
    return Promise.reject(new Error('The tree creates no job'));
  }

  stop(): Promise<never> {
    return Promise.reject(new Error('The tree stops no job'));
  }
}

function job(name: string, status: LabelingJob['status'], totalLabeled: number): LabelingJob {
  const time = new Date('2019-04-09T04:05:00Z');
  return {
    name,
    arn: `arn:aws:sagemaker:us-east-1:123456789012:labeling-job/${name}`,
    status,
    createdAt: time,
    modifiedAt: time,
    counters: {
      totalLabeled,
      humanLabeled: totalLabeled,
      machineLabeled: 0,
      failedNonRetryableError: 0,
      unlabeled: 20 - totalLabeled,
    },
    workteamArn: 'arn:aws:sagemaker:us-east-1:123456789012:workteam/private-crowd/team',
  };
}
