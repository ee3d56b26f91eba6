import assert from 'node:assert/strict';
import type { LabelingJob, LabelingJobStatus, Services } from '../../../src/core/ports.js';
import type { Deps } from '../../../src/host/commands/deps.js';
import { accountOf } from '../../support/accountOf.js';
import { fakeVscode } from '../../support/fakeVscode.js';
import { hostDeps } from '../../support/hostDeps.js';
import { user } from '../../support/vscodeModule.js';

const local = '$(device-desktop) Local Ground Truth';

interface Lab {
  readonly buckets?: number;
  /** Whether something is in them. */
  readonly isEmpty?: boolean;
  readonly teams?: number;
  readonly jobs?: readonly LabelingJobStatus[];
  /** What the account may not list. */
  readonly denied?: keyof Services;
}

describe('the next step', () => {
  before(fakeVscode);
  beforeEach(() => user.reset());

  describe('after a connection was chosen', () => {
    const cases: readonly { readonly name: string; readonly lab: Lab; readonly step: string }[] = [
      { name: 'nothing is there', lab: {}, step: 'Create Bucket…' },
      { name: 'there is a bucket', lab: { buckets: 1 }, step: 'Create Private Team…' },
      { name: 'nothing is in the bucket', lab: { buckets: 1, isEmpty: true }, step: 'Get Sample Images' },
      { name: 'there is a team too', lab: { buckets: 1, teams: 1 }, step: 'Create Labeling Job…' },
      { name: 'a job goes on', lab: { buckets: 1, teams: 1, jobs: ['Failed', 'InProgress'] }, step: 'Start Labeling' },
      { name: 'all jobs have ended', lab: { buckets: 1, jobs: ['Completed'] }, step: 'Show Output Manifest' },
      { name: 'the buckets of all jobs are deleted', lab: { jobs: ['Completed'] }, step: 'Create Bucket…' },
      { name: 'jobs may not be listed', lab: { buckets: 1, denied: 'labelingJobs' }, step: 'Create Private Team…' },
      { name: 'buckets may not be listed', lab: { teams: 1, denied: 'objects' }, step: 'Create Bucket…' },
    ];
    for (const { name, lab, step } of cases) {
      it(`is "${step}" where ${name}`, async () => {
        const { chooseConnection } = await import('../../../src/host/commands/chooseConnection.js');
        user.answers = ({ choices }) => choices.find((choice) => choice === local);
        await chooseConnection(await depsOver(lab))();
        assert.deepEqual(user.asked.at(-1)?.choices, [step]);
      });
    }

    it('is taken with the job that goes on', async () => {
      const { chooseConnection } = await import('../../../src/host/commands/chooseConnection.js');
      user.answers = ({ choices }) => choices[0];
      await chooseConnection(await depsOver({ buckets: 1, jobs: ['Completed', 'InProgress'] }))();
      await new Promise(setImmediate);
      const [{ command, args } = { command: '', args: [] }] = user.ran;
      assert.equal(command, 'groundTruth.startLabeling');
      assert.equal((args[0] as { readonly job: LabelingJob }).job.name, 'job-1');
    });
  });

  it('is found again, before all others', async () => {
    const { showNextStep } = await import('../../../src/host/commands/showNextStep.js');
    user.answers = ({ choices: [first] }) => first;
    await showNextStep(await depsOver({ buckets: 1, jobs: ['Completed'] }))();
    assert.deepEqual(user.asked.at(-1)?.choices, [
      '$(arrow-right) Show Output Manifest',
      '$(blank) Create Bucket…',
      '$(blank) Get Sample Images',
      '$(blank) Create Private Team…',
      '$(blank) Create Labeling Job…',
    ]);
    assert.equal(user.ran.at(-1)?.command, 'groundTruth.showOutputManifest');
  });

  describe('after a worker was chosen', () => {
    const cases = [
      { name: 'the portal', worker: { email: 'a@b.c', isShown: false }, steps: [['Open Labeling Portal']] },
      { name: 'in the open page, which says who labels', worker: { email: 'a@b.c', isShown: true }, steps: [] },
      { name: 'nothing where nobody was chosen', worker: undefined, steps: [] },
    ];
    for (const { name, worker, steps } of cases) {
      it(`is ${name}`, async () => {
        const { chooseWorker } = await import('../../../src/host/commands/labelingPortal.js');
        const deps = { ...(await depsOver({})), labelingPanels: { chooseWorker: async () => worker } };
        await chooseWorker(deps as unknown as Deps)();
        assert.deepEqual(
          user.asked.map(({ choices }) => choices),
          steps,
        );
      });
    }
  });

  describe('to the labeling portal', () => {
    const email = 'a@b.c';
    const team = { name: 't', arn: 'arn:t', description: '' };
    const member = { email, sub: 's', status: 'CONFIRMED', isEnabled: true };
    const cases = [
      { name: 'an invitation', from: { kind: 'invitedWorker', email }, opened: ['as', email] },
      { name: 'a member of a team', from: { kind: 'teamMember', team, member }, opened: ['as', email] },
      { name: 'a team', from: { kind: 'privateTeam', team }, opened: ['of', team] },
      { name: 'the palette', from: undefined, opened: ['of', undefined] },
    ] as const;
    for (const { name, from, opened } of cases) {
      it(`leads from ${name} ${opened[0] === 'as' ? 'as that worker' : 'as whoever the user is'}`, async () => {
        const { openLabelingPortal } = await import('../../../src/host/commands/labelingPortal.js');
        const seen: unknown[] = [];
        const labelingPanels = {
          openPortal: async (of: unknown) => void seen.push('of', of),
          openPortalAs: async (as: string) => void seen.push('as', as),
        };
        await openLabelingPortal({ ...(await depsOver({})), labelingPanels } as unknown as Deps)(from);
        assert.deepEqual(seen, opened);
      });
    }
  });

  it('of a question about jobs that have all ended says that they have', async () => {
    const { startLabeling } = await import('../../../src/host/commands/labelingPortal.js');
    await startLabeling(await depsOver({ jobs: ['Completed'] }))();
    assert.deepEqual(user.asked, [
      {
        text: 'Every labeling job has ended: there is nothing left to label.',
        choices: ['Create Labeling Job…'],
      },
    ]);
  });

  it('after an upload is there also where the teams may not be listed', async () => {
    const { uploader } = await import('../../../src/host/commands/uploadImages.js');
    const { MemoryObjectStore } = await import('../../support/memoryObjectStore.js');
    const objects = new MemoryObjectStore();
    const { signal } = new AbortController();
    await objects.createBucket('b', signal);
    const { deps } = await hostDeps({ ...servicesOf({ denied: 'privateTeams' }), objects });
    await uploader(deps)({ bucket: 'b', key: '' }, async () => [{ key: 'a', read: async () => new Uint8Array(1) }]);
    assert.deepEqual(user.asked, [{ text: '1 file uploaded to "s3://b/".', choices: ['Create Private Team…'] }]);
  });
});

describe('an upload', () => {
  before(fakeVscode);
  beforeEach(() => user.reset());

  it('of what is there already says that there was nothing to do', async () => {
    const { uploader } = await import('../../../src/host/commands/uploadImages.js');
    const { MemoryObjectStore } = await import('../../support/memoryObjectStore.js');
    const objects = new MemoryObjectStore();
    const { signal } = new AbortController();
    await objects.createBucket('b', signal);
    const { deps } = await hostDeps({ ...servicesOf({ teams: 1 }), objects });
    const upload = () =>
      uploader(deps)({ bucket: 'b', key: '' }, async () => [{ key: 'a', read: async () => new Uint8Array(1) }]);
    await upload();
    await upload();
    assert.deepEqual(user.asked.at(-1), {
      text: 'All of it was in "s3://b/" before, so nothing had to be uploaded.',
      choices: ['Create Labeling Job…'],
    });
  });
});

async function depsOver(lab: Lab): Promise<Deps> {
  const { deps } = await hostDeps(servicesOf(lab));
  Object.assign(deps.connection, { switchTo: async () => undefined });
  return { ...deps, awsProfiles: async () => [], awsEnvironment: () => undefined };
}

function servicesOf({ buckets = 0, isEmpty = false, teams = 0, jobs = [], denied }: Lab): Partial<Services> {
  const list =
    <T>(service: keyof Services, items: readonly T[]) =>
    async (): Promise<readonly T[]> => {
      if (service === denied) {
        throw new Error('AccessDenied');
      }
      return items;
    };
  return {
    account: accountOf('000000000000'),
    objects: {
      listBuckets: list('objects', named(buckets)),
      listObjects: async () => ({ folders: [], objects: named(isEmpty ? 0 : 1) }),
    } as unknown as Services['objects'],
    privateTeams: { list: list('privateTeams', named(teams)) } as unknown as Services['privateTeams'],
    labelingJobs: { list: list('labelingJobs', jobs.map(jobOf)) } as unknown as Services['labelingJobs'],
  };
}

function named(count: number): readonly { readonly name: string }[] {
  return Array.from({ length: count }, (_, index) => ({ name: `name-${index}` }));
}

function jobOf(status: LabelingJobStatus, index: number): Pick<LabelingJob, 'name' | 'status' | 'counters'> {
  const counters = { totalLabeled: 0, humanLabeled: 0, machineLabeled: 0, failedNonRetryableError: 0, unlabeled: 1 };
  return { name: `job-${index}`, status, counters };
}
