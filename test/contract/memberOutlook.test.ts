import assert from 'node:assert/strict';
import {
  AdminCreateUserCommand,
  AdminDisableUserCommand,
  ListUsersCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { StopLabelingJobCommand } from '@aws-sdk/client-sagemaker';
import { Failure } from '../../src/core/failure.js';
import type { MemberOutlook } from '../../src/core/portal/memberOutlook.js';
import type { PortalTask } from '../../src/core/portal/workerPortal.js';
import { httpMemberOutlooks } from '../../src/node/httpMemberOutlooks.js';
import { PortalUser } from '../support/lab.js';
import { jobsOf, untilEnded } from '../support/labWaits.js';
import { ana, ben, labJobName, PortalLab } from '../support/portalLab.js';
import { labelTask, signInInvited } from '../support/preparedLab.js';

const { signal } = new AbortController();

// One story on one server, a batch of two of three objects that want two answers each: a step stands on those before.
describe('what the members of a team see in the portal', () => {
  let lab: PortalLab;
  let subs: ReadonlyMap<string, string>;
  let anaAtWork: PortalUser;
  let benAtWork: PortalUser;
  before(async () => {
    lab = await PortalLab.start({ pictures: 3, workersPerObject: 2, batchSize: 2 });
    const { Users: users = [] } = await lab.clients.cognito.send(
      new ListUsersCommand({ UserPoolId: lab.team.userPool }),
    );
    const attribute = (name: string, index: number) =>
      users[index]?.Attributes?.find(({ Name }) => Name === name)?.Value;
    subs = new Map(users.map((_, index) => [attribute('email', index) ?? '', attribute('sub', index) ?? '']));
  });
  after(async () => lab.server.stop());

  it('is told to nobody without the key of the data folder', async () => {
    const stranger = httpMemberOutlooks({ ...lab.server, secretAccessKey: 'guessed' });
    const member = { sub: subs.get(ana) ?? '', workteam: 'my-team' };
    await assert.rejects(stranger.outlook(member, signal), (error) => Failure.is(error, 'portal.refused'));
    const { status } = await fetch(`${lab.server.endpoint}/_local/members/${member.sub}`);
    assert.equal(status, 403);
  });

  it('is told of members only', async () => {
    const nobody = { sub: '00000000-0000-0000-0000-000000000000', workteam: 'my-team' };
    await assert.rejects(outlooks().outlook(nobody, signal), (error) => Failure.is(error, 'portal.refused'));
  });

  it('is tasks, for whoever is invited, signed in and signed out', async () => {
    benAtWork = await signInInvited(lab.server, ben);
    await jobsOf(benAtWork);
    const tasks = { labelingJobName: labJobName, kind: 'tasks', count: 2 };
    assert.deepEqual(await outlookOf(ana), { signIn: 'invited', jobs: [tasks] });
    assert.deepEqual(await outlookOf(ben), { signIn: 'signedIn', jobs: [tasks] });
    anaAtWork = await signInInvited(lab.server, ana);
    assert.equal((await outlookOf(ana)).signIn, 'signedIn');
    await benAtWork.ask('POST /api/sign-out', {});
    assert.equal((await outlookOf(ben)).signIn, 'signedOut');
  });

  it('is nothing of a job of a team that the member is not in', async () => {
    const user = { UserPoolId: lab.team.userPool, Username: 'cleo@example.org' };
    const { User: cleo } = await lab.clients.cognito.send(new AdminCreateUserCommand(user));
    const sub = cleo?.Attributes?.find(({ Name }) => Name === 'sub')?.Value ?? '';
    assert.deepEqual((await outlooks().outlook({ sub, workteam: 'another-team' }, signal)).jobs, [
      { labelingJobName: labJobName, kind: 'notInTeam', workteam: 'my-team' },
    ]);
  });

  it('is nothing while the rest of the batch waits for others', async () => {
    for (const task of await tasksOf(anaAtWork)) {
      await labelTask(anaAtWork, task, 'cat');
    }
    const waits = { labelingJobName: labJobName, kind: 'batchWaits', missingAnswers: 2, pendingObjects: 1, heldBy: [] };
    assert.deepEqual((await outlookOf(ana)).jobs, [waits]);
    benAtWork = await PortalUser.signIn(lab.server.portal, ben, `${ben}-8`);
    const [first] = await tasksOf(benAtWork);
    assert.ok(first);
    assert.deepEqual((await outlookOf(ana)).jobs, [{ ...waits, heldBy: [{ email: ben, tasks: 2 }] }]);
    await labelTask(benAtWork, first, 'cat');
    assert.deepEqual((await outlookOf(ana)).jobs, [
      { ...waits, missingAnswers: 1, heldBy: [{ email: ben, tasks: 1 }] },
    ]);
  });

  it('is nothing where the team is smaller than an object needs', async () => {
    await lab.clients.cognito.send(new AdminDisableUserCommand({ UserPoolId: lab.team.userPool, Username: ben }));
    assert.deepEqual((await outlookOf(ana)).jobs, [
      { labelingJobName: labJobName, kind: 'teamTooSmall', workersPerObject: 2, members: 1 },
    ]);
    assert.equal((await outlookOf(ben)).signIn, 'disabled');
  });

  it('is nothing of a job that was stopped', async () => {
    await lab.clients.sageMaker.send(new StopLabelingJobCommand({ LabelingJobName: labJobName }));
    await untilEnded(lab.clients, labJobName);
    assert.deepEqual((await outlookOf(ana)).jobs, [{ labelingJobName: labJobName, kind: 'ended', status: 'Stopped' }]);
  });

  function outlooks() {
    return httpMemberOutlooks(lab.server);
  }

  async function outlookOf(email: string): Promise<MemberOutlook> {
    return outlooks().outlook({ sub: subs.get(email) ?? '', workteam: 'my-team' }, signal);
  }
});

async function tasksOf(user: PortalUser): Promise<readonly PortalTask[]> {
  const [job] = await jobsOf(user);
  return user.ask<PortalTask[]>(`POST /api/jobs/${job?.jobReferenceCode}/tasks`, { count: 9 });
}
