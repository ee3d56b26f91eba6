import assert from 'node:assert/strict';
import { Failure, type FailureCode } from '../../src/core/failure.js';
import type { PortalJob, PortalSession, WorkerPortal } from '../../src/core/portal/workerPortal.js';
import { httpWorkerPortal } from '../../src/node/httpWorkerPortal.js';
import { type Clients, imageTemplate, invitedPassword } from '../support/lab.js';
import { untilEnded } from '../support/labWaits.js';
import { startTestServer, type TestServer } from '../support/localServer.js';
import { prepareLabelingJob } from '../support/preparedLab.js';

const { signal } = new AbortController();
const email = 'me@example.org';

describe('the worker portal over HTTP', () => {
  let server: TestServer;
  let clients: Clients;
  let portal: WorkerPortal;
  beforeEach(async () => {
    server = await startTestServer();
    portal = httpWorkerPortal(server.portal);
    const pictures = ['0.png', '1.png', '2.png', '3.png'];
    clients = await prepareLabelingJob(server.clientConfig, {
      bucket: 'portal',
      pictures,
      emails: [email],
      job: 'Job',
    });
  });
  afterEach(async () => server.stop());

  it('signs in with the invitation and chooses a password', async () => {
    await fails(portal.signIn({ email, password: 'wrong' }, signal), 'portal.wrongPassword');
    const first = await portal.signIn({ email, password: await invitedPassword(server.dataFolder, email) }, signal);
    assert.ok(first.kind === 'newPasswordRequired');
    await fails(
      portal.setNewPassword({ challenge: first.challenge, newPassword: 'short' }, signal),
      'portal.weakPassword',
    );
    await portal.setNewPassword({ challenge: first.challenge, newPassword: 'long enough' }, signal);
    const second = await portal.signIn({ email, password: 'long enough' }, signal);
    assert.ok(second.kind === 'signedIn');
    assert.equal(second.session.email, email);
  });

  it('labels, takes back, declines and gives back until the job is done', async () => {
    const session = await newSession();
    const submit = async (taskId: string, label: string): Promise<void> => {
      await portal.acceptTask(session, taskId, signal);
      await portal.submitAnswer(session, { taskId, answerContent: answerOf(label) }, signal);
    };
    const job = await firstJob(session);
    assert.deepEqual(
      { ...job, jobReferenceCode: '', creationTime: '', customerId: '', labelingJobArn: '' },
      {
        jobReferenceCode: '',
        labelingJobName: 'Job',
        labelingJobArn: '',
        taskTitle: 'Image Classification (Single Label): cat or dog',
        taskDescription: 'Categorize images into individual classes.',
        customerId: '',
        creationTime: '',
        status: 'Available',
        availableTasks: 4,
        finishedTasks: 0,
        remainingTasks: 4,
      },
    );
    const ref = job.jobReferenceCode;
    assert.equal((await portal.template(session, ref, signal)).content, imageTemplate);
    const [first, second, third, fourth] = await portal.takeTasks(session, { jobReferenceCode: ref, count: 9 }, signal);
    assert.ok(first && second && third && fourth);

    await submit(first.taskId, 'cat');
    const undone = await portal.undoLastAnswer(session, ref, signal);
    assert.deepEqual([undone.taskId, undone.previousAnswer], [first.taskId, answerOf('cat')]);
    await submit(first.taskId, 'dog');
    await portal.declineTask(session, second.taskId, signal);
    await portal.releaseTask(session, third.taskId, signal);
    await fails(portal.acceptTask(session, third.taskId, signal), 'portal.taskGone');
    await portal.stopWorking(session, ref, signal);
    const [paused] = await portal.listJobs(session, signal);
    assert.deepEqual([paused?.status, paused?.availableTasks, paused?.finishedTasks], ['Paused', 2, 2]);

    for (const task of await portal.takeTasks(session, { jobReferenceCode: ref, count: 9 }, signal)) {
      await submit(task.taskId, 'cat');
    }
    const done = await untilEnded(clients, 'Job');
    assert.equal(done.LabelCounters?.HumanLabeled, 3);
    assert.equal(done.LabelCounters?.FailedNonRetryableError, 1);
    await fails(portal.undoLastAnswer(session, ref, signal), 'portal.nothingToUndo');
  });

  it('is signed out for good', async () => {
    const session = await newSession();
    await portal.signOut(session, signal);
    await fails(portal.listJobs(session, signal), 'portal.signedOut');
  });

  it('gives back what was fetched ahead by signing out, unless another session goes on', async () => {
    const session = await newSession();
    const again = await portal.signIn({ email, password: 'long enough' }, signal);
    assert.ok(again.kind === 'signedIn');
    const { jobReferenceCode } = await firstJob(session);
    const [atHand, ahead] = await portal.takeTasks(session, { jobReferenceCode, count: 2 }, signal);
    assert.ok(atHand && ahead);
    await portal.acceptTask(session, atHand.taskId, signal);
    await portal.signOut(session, signal);
    assert.deepEqual(await idsOf(again.session, jobReferenceCode), [atHand.taskId, ahead.taskId]);
    await portal.signOut(again.session, signal);
    const last = await portal.signIn({ email, password: 'long enough' }, signal);
    assert.ok(last.kind === 'signedIn');
    await fails(portal.acceptTask(last.session, ahead.taskId, signal), 'portal.taskGone');
    assert.equal((await idsOf(last.session, jobReferenceCode))[0], atHand.taskId);
  });

  async function idsOf(session: PortalSession, jobReferenceCode: string): Promise<readonly string[]> {
    const tasks = await portal.takeTasks(session, { jobReferenceCode, count: 2 }, signal);
    return tasks.map(({ taskId }) => taskId);
  }

  async function newSession(): Promise<PortalSession> {
    const invited = await portal.signIn({ email, password: await invitedPassword(server.dataFolder, email) }, signal);
    assert.ok(invited.kind === 'newPasswordRequired');
    return portal.setNewPassword({ challenge: invited.challenge, newPassword: 'long enough' }, signal);
  }

  /** A new job needs a moment to read its input. */
  async function firstJob(session: PortalSession): Promise<PortalJob> {
    for (;;) {
      const [job] = await portal.listJobs(session, signal);
      if (job !== undefined) {
        return job;
      }
    }
  }
});

function answerOf(label: string): { readonly 'crowd-image-classifier': { readonly label: string } } {
  return { 'crowd-image-classifier': { label } };
}

async function fails(call: Promise<unknown>, code: FailureCode): Promise<void> {
  await assert.rejects(call, (error) => Failure.is(error, code));
}
