import assert from 'node:assert/strict';
import type { LabelingJob, PrivateTeam, PrivateTeams } from '../../../src/core/ports.js';
import { Failure } from '../../../src/core/failure.js';
import { fakeVscode } from '../../support/fakeVscode.js';
import { connectionTo } from '../../support/hostConnection.js';
import { hostDeps } from '../../support/hostDeps.js';
import { user } from '../../support/vscodeModule.js';

const cats = teamOf('cats');
const dogs = teamOf('dogs');
const member = { email: 'ana@example.org', sub: '1', status: 'CONFIRMED', isEnabled: true };

/** Only a browser can open it: a worker signs in there. */
describe('the labeling portal of AWS', () => {
  before(fakeVscode);
  beforeEach(() => user.reset());

  const cases = [
    { of: 'a team, from its row', from: { kind: 'privateTeam', team: dogs }, opens: dogs },
    { of: 'a member, from their row', from: { kind: 'teamMember', team: dogs, member }, opens: dogs },
    { of: 'the workforce, from the palette', from: undefined, opens: cats },
  ] as const;
  for (const { of, from, opens } of cases) {
    it(`is opened in the browser at the address of ${of}`, async () => {
      const { openLabelingPortal } = await import('../../../src/host/commands/labelingPortal.js');
      await openLabelingPortal(await depsOver([cats, dogs]))(from);
      assert.deepEqual(user.browsed, [`${opens.portalUrl}/`]);
    });
  }

  it('is where a labeling job is labeled, by the team that it names', async () => {
    const { startLabeling } = await import('../../../src/host/commands/labelingPortal.js');
    await startLabeling(await depsOver([cats, dogs]))({ kind: 'labelingJob', job: jobOf(dogs) });
    assert.deepEqual(user.browsed, [`${dogs.portalUrl}/`]);
  });

  it('is none of a job whose team is gone', async () => {
    const { startLabeling } = await import('../../../src/host/commands/labelingPortal.js');
    await assert.rejects(
      startLabeling(await depsOver([cats]))({ kind: 'labelingJob', job: jobOf(dogs) }),
      ({ cause }: Error) => Failure.is(cause, 'job.teamGone'),
    );
    assert.deepEqual(user.browsed, []);
  });

  it('is said not to be there yet where AWS has made none, or there is no team', async () => {
    const { openLabelingPortal } = await import('../../../src/host/commands/labelingPortal.js');
    await openLabelingPortal(await depsOver([{ name: 'new', arn: 'arn:new', description: '' }]))();
    await openLabelingPortal(await depsOver([]))();
    assert.deepEqual(user.browsed, []);
    assert.deepEqual(
      user.asked.map(({ choices }) => choices),
      [['Refresh'], ['Create Private Team…']],
    );
  });
});

function teamOf(name: string): PrivateTeam {
  const portalUrl = `https://${name}.labeling.us-east-1.sagemaker.aws`;
  return { name, arn: `arn:aws:sagemaker:us-east-1:1:workteam/private-crowd/${name}`, description: '', portalUrl };
}

function jobOf({ arn }: PrivateTeam): LabelingJob {
  const counters = { totalLabeled: 0, humanLabeled: 0, machineLabeled: 0, failedNonRetryableError: 0, unlabeled: 1 };
  const at = new Date(0);
  return {
    name: 'job',
    arn: 'arn:job',
    status: 'InProgress',
    createdAt: at,
    modifiedAt: at,
    counters,
    workteamArn: arn,
  };
}

async function depsOver(teams: readonly PrivateTeam[]) {
  const choice = { kind: 'aws', profile: 'lab', region: 'us-east-1' } as const;
  const services = { privateTeams: { list: async () => teams } as unknown as PrivateTeams };
  const connection = { ...connectionTo(services), kind: 'aws', choice, target: async () => choice } as const;
  return (await hostDeps(services, connection)).deps;
}
