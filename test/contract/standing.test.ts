import assert from 'node:assert/strict';
import {
  AdminDeleteUserCommand,
  AdminDisableUserCommand,
  AdminRemoveUserFromGroupCommand,
  AdminSetUserPasswordCommand,
  ListUserPoolsCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { DeleteWorkteamCommand, StopLabelingJobCommand } from '@aws-sdk/client-sagemaker';
import { Failure } from '../../src/core/failure.js';
import type { JobStanding, SessionEnd, TaskStanding } from '../../src/core/portal/standing.js';
import type { PortalSession, WorkerPortal } from '../../src/core/portal/workerPortal.js';
import { httpWorkerPortal } from '../../src/node/httpWorkerPortal.js';
import { FakeClock } from '../support/fakeClock.js';
import { type Clients, invitedPassword } from '../support/lab.js';
import { untilEnded } from '../support/labWaits.js';
import { startTestServer, type TestServer } from '../support/localServer.js';
import { prepareLabelingJob } from '../support/preparedLab.js';

const { signal } = new AbortController();
const email = 'me@example.org';
const minute = 60_000;

/** A worker with a task on screen, and all around them. */
interface Scene {
  readonly clients: Clients;
  readonly clock: FakeClock;
  readonly portal: WorkerPortal;
  readonly session: PortalSession;
  readonly userPoolId: string;
  readonly jobReferenceCode: string;
  readonly taskId: string;
  readonly acceptedAt: string | undefined;
}

describe('what the portal tells of a job and a task on screen', () => {
  let server: TestServer;
  let scene: Scene;
  beforeEach(async () => {
    const clock = new FakeClock(new Date().toISOString()); // Signatures are dated.
    server = await startTestServer({ clock });
    scene = await workerAtTask(server, clock);
  });
  afterEach(async () => server.stop());

  const open: JobStanding = { kind: 'open' };
  const standings: readonly {
    readonly name: string;
    readonly happens: (scene: Scene) => Promise<unknown>;
    readonly job: JobStanding;
    readonly task: TaskStanding;
  }[] = [
    { name: 'nothing has happened', happens: () => Promise.resolve(), job: open, task: 'yours' },
    {
      name: 'the job was stopped',
      async happens({ clients }) {
        await clients.sageMaker.send(new StopLabelingJobCommand({ LabelingJobName: 'Job' }));
        await untilEnded(clients, 'Job');
      },
      job: { kind: 'ended', status: 'Stopped' },
      task: 'gone',
    },
    {
      name: 'the worker was taken out of the team',
      happens: ({ clients: { cognito }, userPoolId: UserPoolId }) =>
        cognito.send(new AdminRemoveUserFromGroupCommand({ UserPoolId, Username: email, GroupName: 'team' })),
      job: { kind: 'notInTeam', workteam: 'team' },
      task: 'yours',
    },
    {
      name: 'the team was deleted',
      happens: ({ clients }) => clients.sageMaker.send(new DeleteWorkteamCommand({ WorkteamName: 'team' })),
      job: { kind: 'teamDeleted', workteam: 'team' },
      task: 'yours',
    },
    {
      name: 'the task was answered in another window',
      happens: ({ portal, session, taskId }) =>
        portal.submitAnswer(session, { taskId, answerContent: { 'crowd-image-classifier': { label: 'cat' } } }, signal),
      job: open,
      task: 'answered',
    },
    {
      name: 'the task was declined in another window',
      happens: ({ portal, session, taskId }) => portal.declineTask(session, taskId, signal),
      job: open,
      task: 'declined',
    },
    {
      name: 'the task was given back in another window',
      happens: ({ portal, session, taskId }) => portal.releaseTask(session, taskId, signal),
      job: open,
      task: 'gone',
    },
    {
      name: "the task's time is over",
      happens: ({ clock }) => Promise.resolve(clock.advance(60 * minute)),
      job: open,
      task: 'timeUp',
    },
  ];
  for (const { name, happens, job, task } of standings) {
    it(`is so where ${name}`, async () => {
      await happens(scene);
      const { portal, session, jobReferenceCode, taskId, acceptedAt } = scene;
      assert.deepEqual(await portal.standing(session, { jobReferenceCode, taskId }, signal), { job, task });
      const again = portal.acceptTask(session, taskId, signal);
      if (job.kind === 'open' && task === 'yours') {
        assert.equal((await again).acceptedAt, acceptedAt, 'the clock goes on');
      } else {
        await assert.rejects(again, (error) => Failure.is(error, 'portal.taskGone'));
      }
    });
  }

  it('counts the tasks that are there where none is on screen', async () => {
    const { portal, session, jobReferenceCode, taskId } = scene;
    await portal.declineTask(session, taskId, signal);
    const standing = await portal.standing(session, { jobReferenceCode }, signal);
    assert.deepEqual(standing, { job: { kind: 'open', availableTasks: 1 } });
  });

  it('is unknown of a job that the server does not have', async () => {
    const { portal, session } = scene;
    const standing = await portal.standing(session, { jobReferenceCode: 'another' }, signal);
    assert.deepEqual(standing, { job: { kind: 'unknown' } });
  });

  const ends: readonly {
    readonly why: SessionEnd;
    readonly happens: (scene: Scene) => Promise<unknown>;
  }[] = [
    { why: 'signedOut', happens: ({ portal, session }) => portal.signOut(session, signal) },
    { why: 'expired', happens: ({ clock }) => Promise.resolve(clock.advance(12 * 60 * minute)) },
    {
      why: 'passwordChanged',
      happens: ({ clients: { cognito }, userPoolId: UserPoolId }) =>
        cognito.send(
          new AdminSetUserPasswordCommand({ UserPoolId, Username: email, Password: 'another one', Permanent: true }),
        ),
    },
    {
      why: 'disabled',
      happens: ({ clients: { cognito }, userPoolId: UserPoolId }) =>
        cognito.send(new AdminDisableUserCommand({ UserPoolId, Username: email })),
    },
    {
      why: 'memberDeleted',
      happens: ({ clients: { cognito }, userPoolId: UserPoolId }) =>
        cognito.send(new AdminDeleteUserCommand({ UserPoolId, Username: email })),
    },
  ];
  for (const { why, happens } of ends) {
    it(`is why a session is over: ${why}`, async () => {
      await happens(scene);
      const { portal, session, jobReferenceCode } = scene;
      await assert.rejects(
        portal.standing(session, { jobReferenceCode }, signal),
        (error) => Failure.is(error, 'portal.signedOut') && error.details.why === why,
      );
    });
  }

  it('is that the server does not know a session, where its data is another', async () => {
    const { portal, session, jobReferenceCode } = scene;
    await assert.rejects(
      portal.standing({ ...session, token: 'of-another-server' }, { jobReferenceCode }, signal),
      (error) => Failure.is(error, 'portal.signedOut') && error.details.why === 'unknown',
    );
  });
});

async function workerAtTask(server: TestServer, clock: FakeClock): Promise<Scene> {
  const clients = await prepareLabelingJob(server.clientConfig, {
    bucket: 'standing',
    pictures: ['0.png', '1.png'],
    emails: [email],
    job: 'Job',
  });
  const portal = httpWorkerPortal(server.portal);
  const first = await portal.signIn({ email, password: await invitedPassword(server.dataFolder, email) }, signal);
  assert.ok(first.kind === 'newPasswordRequired');
  const session = await portal.setNewPassword({ challenge: first.challenge, newPassword: 'long enough' }, signal);
  const { UserPools: [pool] = [] } = await clients.cognito.send(new ListUserPoolsCommand({ MaxResults: 1 }));
  for (;;) {
    const [job] = await portal.listJobs(session, signal);
    const { jobReferenceCode = '' } = job ?? {};
    const [task] = job ? await portal.takeTasks(session, { jobReferenceCode, count: 1 }, signal) : [];
    if (task) {
      const { taskId } = task;
      const { acceptedAt } = await portal.acceptTask(session, taskId, signal);
      return { acceptedAt, clients, clock, portal, session, userPoolId: pool?.Id ?? '', jobReferenceCode, taskId };
    }
  }
}
