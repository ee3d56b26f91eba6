import assert from 'node:assert/strict';
import {
  AdminDeleteUserCommand,
  AdminRemoveUserFromGroupCommand,
  ListUserPoolsCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { StopLabelingJobCommand } from '@aws-sdk/client-sagemaker';
import { Failure, type FailureCode } from '../../src/core/failure.js';
import type { PortalSession } from '../../src/core/portal/workerPortal.js';
import { httpWorkerPortal } from '../../src/node/httpWorkerPortal.js';
import { type Clients, invitedPassword } from '../support/lab.js';
import { startTestServer, type TestServer } from '../support/localServer.js';
import { prepareLabelingJob } from '../support/preparedLab.js';

const { signal } = new AbortController();
const email = 'me@example.org';

interface Loss {
  readonly name: string;
  readonly lose: (clients: Clients, userPoolId: string) => Promise<unknown>;
  readonly code: FailureCode;
  readonly reason: RegExp;
}

const losses: readonly Loss[] = [
  {
    name: 'whose job was stopped',
    lose: ({ sageMaker }) => sageMaker.send(new StopLabelingJobCommand({ LabelingJobName: 'Job' })),
    code: 'portal.taskGone',
    reason: /job/u,
  },
  {
    name: 'whose worker was taken out of the team',
    lose: ({ cognito }, UserPoolId) =>
      cognito.send(new AdminRemoveUserFromGroupCommand({ UserPoolId, Username: email, GroupName: 'team' })),
    code: 'portal.taskGone',
    reason: /no longer in the work team of the labeling job "Job"/u,
  },
  {
    name: 'whose worker was deleted',
    lose: ({ cognito }, UserPoolId) => cognito.send(new AdminDeleteUserCommand({ UserPoolId, Username: email })),
    code: 'portal.signedOut',
    reason: /me@example\.org/u,
  },
];

// The labeling page accepts the task on screen again and again: that is how it learns of these.
describe('accepting a task again', () => {
  let server: TestServer;
  beforeEach(async () => {
    server = await startTestServer();
  });
  afterEach(async () => server.stop());

  for (const { name, lose, code, reason } of losses) {
    it(`is refused for one ${name}`, async () => {
      const pictures = ['0.png', '1.png'];
      const clients = await prepareLabelingJob(server.clientConfig, {
        bucket: 'lost-task',
        pictures,
        emails: [email],
        job: 'Job',
      });
      const portal = httpWorkerPortal(server.portal);
      const session = await signIn();
      const taskId = await firstTask(session);
      const { acceptedAt } = await portal.acceptTask(session, taskId, signal);
      assert.equal((await portal.acceptTask(session, taskId, signal)).acceptedAt, acceptedAt, 'the clock goes on');
      const { UserPools: [pool] = [] } = await clients.cognito.send(new ListUserPoolsCommand({ MaxResults: 1 }));
      await lose(clients, pool?.Id ?? '');
      await assert.rejects(
        portal.acceptTask(session, taskId, signal),
        (error) => Failure.is(error, code) && reason.test(JSON.stringify(error.details).replaceAll('\\"', '"')),
      );

      async function signIn(): Promise<PortalSession> {
        const first = await portal.signIn({ email, password: await invitedPassword(server.dataFolder, email) }, signal);
        assert.ok(first.kind === 'newPasswordRequired');
        return portal.setNewPassword({ challenge: first.challenge, newPassword: 'long enough' }, signal);
      }

      async function firstTask(worker: PortalSession): Promise<string> {
        for (;;) {
          const [job] = await portal.listJobs(worker, signal);
          const request = { jobReferenceCode: job?.jobReferenceCode ?? '', count: 1 };
          const [task] = job ? await portal.takeTasks(worker, request, signal) : [];
          if (task) {
            return task.taskId;
          }
        }
      }
    });
  }
});
