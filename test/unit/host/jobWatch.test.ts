import assert from 'node:assert/strict';
import process from 'node:process';
import type { LabelingJob, LabelingJobs, LabelingJobStatus } from '../../../src/core/ports.js';
import { fakeVscode } from '../../support/fakeVscode.js';
import { connectionTo } from '../../support/hostConnection.js';
import { MemoryObjectStore } from '../../support/memoryObjectStore.js';
import { user } from '../../support/vscodeModule.js';

const bucket = 'bucket';
const { signal } = new AbortController();
const hidden = { visible: false };
const shown = { visible: true };

describe('following labeling jobs', () => {
  let status: LabelingJobStatus;
  let failureReason: string | undefined;
  let failed: number;
  let asked: PromiseWithResolvers<void>;

  before(fakeVscode);

  beforeEach(() => {
    user.reset();
    status = 'InProgress';
    failureReason = undefined;
    failed = 0;
    asked = Promise.withResolvers();
  });

  it('tells of the end of a job that was created here, also where nobody looks at the list', async () => {
    const { tree, follow } = await watching();
    tree.follow('job');
    const stop = follow(hidden);
    await asked.promise;
    status = 'Completed';
    await untilTold();
    assert.deepEqual(user.asked[0]?.text, 'Labeling job "job": Complete, 1 of 2 objects labeled.');
    assert.equal(tree.hasOwnActiveJobs, false);
    stop.dispose();
  });

  it('tells once of what a job waits for that somebody must do', async () => {
    const { tree, follow } = await watching();
    tree.follow('job');
    const stop = follow(hidden);
    await asked.promise;
    failureReason = 'Waiting for the keys of the storage.';
    await untilTold();
    stop.dispose();
    assert.deepEqual(
      user.asked.map(({ text, choices }) => [text, choices]),
      [['Labeling job "job" waits. Waiting for the keys of the storage.', ['Choose Connection…']]],
    );
    const [row] = await tree.getChildren();
    const { description, iconPath } = tree.getTreeItem(row ?? assert.fail());
    assert.equal(description, '1/2 · Waiting for the keys of the storage.');
    assert.equal((iconPath as { readonly id?: string }).id, 'warning');
  });

  for (const [name, keys, choices] of [
    ['offers its output manifest', ['output.manifest'], ['Show Output Manifest']],
    ['offers no output manifest that is not there', [], []],
  ] as const) {
    it(`${name}, when a job ended`, async () => {
      const { tree, follow } = await watching(keys);
      tree.follow('job');
      const stop = follow(hidden);
      await asked.promise;
      status = 'Stopped';
      await untilTold();
      stop.dispose();
      assert.deepEqual(user.asked[0]?.choices, choices);
    });
  }

  for (const [reason, text, choices] of [
    [
      'ClientError: The input manifest s3://bucket/gone.manifest does not exist or cannot be read.',
      /gone\.manifest does not exist or cannot be read\. The input manifest was deleted/u,
      ['Create Labeling Job…', 'Run Doctor'],
    ],
    ['ClientError: S3 said AccessDenied', /role may not use a bucket/u, ['Run Doctor', 'Create Labeling Job…']],
    [undefined, /The doctor looks for/u, ['Run Doctor', 'Create Labeling Job…']],
  ] as const) {
    it(`tells why a job failed and what to do, once: ${reason ?? 'no reason'}`, async () => {
      const { tree, follow } = await watching(['output.manifest']);
      tree.follow('job');
      const stop = follow(hidden);
      await asked.promise;
      status = 'Failed';
      failureReason = reason;
      await untilTold();
      await tree.poll();
      stop.dispose();
      assert.match(user.asked[0]?.text ?? '', text);
      assert.deepEqual(
        user.asked.map((message) => message.choices),
        [choices],
      );
    });
  }

  it('offers the doctor where objects got no label', async () => {
    const { tree, follow } = await watching(['output.manifest']);
    tree.follow('job');
    const stop = follow(hidden);
    await asked.promise;
    status = 'Completed';
    failed = 2;
    await untilTold();
    stop.dispose();
    assert.match(user.asked[0]?.text ?? '', /2 objects have no label/u);
    assert.deepEqual(user.asked[0]?.choices, ['Show Output Manifest', 'Run Doctor']);
  });

  it('asks nothing where nobody looks and nothing was created here', async () => {
    const { tree, follow, requests, delaysRead } = await watching();
    await tree.getChildren();
    const before = requests();
    const stop = follow(hidden);
    await delaysRead(5);
    stop.dispose();
    assert.equal(requests(), before);
  });

  it('asks no more after its end, also where it was asking', async () => {
    const { tree, follow } = await watching();
    await tree.getChildren();
    asked = Promise.withResolvers();
    const timers = activeTimers();
    const stop = follow(shown);
    await asked.promise;
    stop.dispose();
    for (let turn = 0; turn < 10; turn += 1) {
      await new Promise(setImmediate);
    }
    assert.equal(activeTimers(), timers);
  });

  async function watching(outputKeys: readonly string[] = []) {
    const { LabelingJobTree } = await import('../../../src/host/views/labelingJobTree.js');
    const { followActiveJobs } = await import('../../../src/host/views/jobWatch.js');
    const { tellOfFailure } = await import('../../../src/host/views/failureAdvice.js');
    let requests = 0;
    const list = async () => {
      requests += 1;
      asked.resolve();
      return [{ ...job(status, failed), ...(failureReason !== undefined && { failureReason }) }];
    };
    const objects = new MemoryObjectStore();
    await objects.createBucket(bucket, signal);
    for (const key of outputKeys) {
      await objects.writeObject({ bucket, key }, new Uint8Array(), {}, signal);
    }
    const labelingJobs = { list } as unknown as LabelingJobs;
    const tree = new LabelingJobTree(connectionTo({ labelingJobs, objects }));
    let reads = 0;
    const enough: { at: number; reached: () => void }[] = [];
    const get = () => {
      reads += 1;
      enough.filter(({ at }) => reads >= at).forEach(({ reached }) => reached());
      return 1;
    };
    Object.defineProperty(tree, 'pollDelayMs', { get });
    // It is read once each time that it could have asked.
    const delaysRead = (more: number) =>
      new Promise<void>((resolve) => {
        enough.push({ at: reads + more, reached: resolve });
      });
    return {
      tree,
      delaysRead,
      requests: () => requests,
      follow: (view: { readonly visible: boolean }) => followActiveJobs(tree, view, tellOfFailure),
    };
  }
});

async function untilTold(): Promise<void> {
  while (user.asked.length === 0) {
    await new Promise(setImmediate);
  }
}

function activeTimers(): number {
  return process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
}

function job(status: LabelingJobStatus, failed: number): LabelingJob {
  const labeled = { totalLabeled: 1, humanLabeled: 1, machineLabeled: 0 };
  const counters = { ...labeled, failedNonRetryableError: failed, unlabeled: 1 };
  const [createdAt, modifiedAt] = [new Date(0), new Date(0)];
  const outputManifest = { bucket, key: 'output.manifest' };
  return { name: 'job', arn: 'arn:job', status, createdAt, modifiedAt, counters, workteamArn: 'arn:t', outputManifest };
}
