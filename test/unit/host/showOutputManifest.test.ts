import assert from 'node:assert/strict';
import type { LabelingJob, LabelingJobs, LabelingJobStatus } from '../../../src/core/ports.js';
import { fakeVscode } from '../../support/fakeVscode.js';
import { hostDeps } from '../../support/hostDeps.js';
import { MemoryObjectStore } from '../../support/memoryObjectStore.js';
import { user } from '../../support/vscodeModule.js';

const { signal } = new AbortController();
const bucket = 'b';
const output = { bucket, key: 'output/job/manifests/output/output.manifest' };

interface Case {
  readonly name: string;
  readonly status: LabelingJobStatus;
  readonly labeled: number;
  readonly isThere: boolean;
  /** Where it is not opened. */
  readonly told?: string;
  readonly step?: string;
}

const cases: readonly Case[] = [
  { name: 'is opened while objects are labeled', status: 'InProgress', labeled: 1, isThere: true },
  { name: 'is opened when the job has ended', status: 'Stopped', labeled: 0, isThere: true },
  {
    name: 'is not opened before it has a label, and leads to the labeling',
    status: 'InProgress',
    labeled: 0,
    isThere: true,
    told: '"job" has no labels yet: its output manifest gets them while objects are labeled.',
    step: 'Start Labeling',
  },
  {
    name: 'is not waited for where the job has ended without it',
    status: 'Failed',
    labeled: 0,
    isThere: false,
    told: '"job" has ended, and there is no output manifest of it.',
    step: 'Create Labeling Job…',
  },
];

describe('an output manifest', () => {
  before(fakeVscode);
  beforeEach(() => user.reset());

  for (const { name, status, labeled, isThere, told, step } of cases) {
    it(name, async () => {
      const { showOutputManifest } = await import('../../../src/host/commands/labelingJobs.js');
      const objects = new MemoryObjectStore();
      await objects.createBucket(bucket, signal);
      if (isThere) {
        await objects.writeObject(output, new Uint8Array(1), {}, signal);
      }
      const job = jobWith(status, labeled);
      const labelingJobs = { describe: async () => job } as unknown as LabelingJobs;
      const { deps } = await hostDeps({ objects, labelingJobs });
      Object.assign(deps.labelingJobs, { outputManifest: async () => output });
      await showOutputManifest(deps)({ kind: 'labelingJob', job: jobWith('InProgress', 0) });
      const opened = user.ran.filter(({ command }) => command === 'vscode.open').map(({ args: [uri] }) => String(uri));
      assert.deepEqual(opened, told === undefined ? [`gts3://${bucket}/${output.key}`] : []);
      assert.deepEqual(user.asked, told === undefined ? [] : [{ text: told, choices: [step] }]);
      assert.equal(user.ticked.includes('groundTruth.showOutputManifest.ran'), told === undefined);
    });
  }
});

function jobWith(status: LabelingJobStatus, totalLabeled: number): LabelingJob {
  const counters = { totalLabeled, humanLabeled: totalLabeled, machineLabeled: 0, failedNonRetryableError: 0 };
  return { name: 'job', status, counters: { ...counters, unlabeled: 2 } } as LabelingJob;
}
