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
  /** What is there of where it should be. */
  readonly place: 'manifest' | 'bucket' | 'nothing';
  /** Where it is not opened. */
  readonly told?: string;
  readonly step?: string;
}

const cases: readonly Case[] = [
  { name: 'is opened while objects are labeled', status: 'InProgress', labeled: 1, place: 'manifest' },
  { name: 'is opened when the job has ended', status: 'Stopped', labeled: 0, place: 'manifest' },
  {
    name: 'is not opened before it has a label, and leads to the labeling',
    status: 'InProgress',
    labeled: 0,
    place: 'manifest',
    told: '"job" has no labels yet: its output manifest gets them while objects are labeled.',
    step: 'Start Labeling',
  },
  {
    name: 'of a job that failed is missing for the reason that it gives',
    status: 'Failed',
    labeled: 0,
    place: 'bucket',
    told: '"job" failed, and has no output manifest: the input manifest is empty.',
    step: 'Create Labeling Job…',
  },
  {
    name: 'of a job that was stopped before it had a label was never written',
    status: 'Stopped',
    labeled: 0,
    place: 'bucket',
    told: '"job" ended before anything was labeled, so it has no output manifest.',
    step: 'Create Labeling Job…',
  },
  {
    name: 'that was deleted is said to be',
    status: 'Completed',
    labeled: 2,
    place: 'bucket',
    told: 'The output manifest of "job" is gone: "s3://b/output/job/manifests/output/output.manifest" was deleted.',
    step: 'Create Labeling Job…',
  },
  {
    name: 'that went with its bucket is said to have',
    status: 'Completed',
    labeled: 2,
    place: 'nothing',
    told: 'The output manifest of "job" is gone: its bucket "b" was deleted.',
    step: 'Create Labeling Job…',
  },
];

describe('an output manifest', () => {
  before(fakeVscode);
  beforeEach(() => user.reset());

  for (const { name, status, labeled, place, told, step } of cases) {
    it(name, async () => {
      const { showOutputManifest } = await import('../../../src/host/commands/showOutputManifest.js');
      const objects = new MemoryObjectStore();
      if (place !== 'nothing') {
        await objects.createBucket(bucket, signal);
      }
      if (place === 'manifest') {
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
  const failure = status === 'Failed' ? { failureReason: 'the input manifest is empty.' } : {};
  return { name: 'job', status, counters: { ...counters, unlabeled: 2 }, ...failure } as LabelingJob;
}
