import assert from 'node:assert/strict';
import { Failure } from '../../src/core/failure.js';
import type { WorkerDesk } from '../../src/core/portal/workerDesk.js';
import { httpWorkerPortal } from '../../src/node/httpWorkerPortal.js';
import { onePixel } from '../support/lab.js';
import { labJobName, labWorker, type LabelingServer, prepareLab } from '../support/labelingServer.js';
import { startTestServer, type TestServer } from '../support/localServer.js';

const { signal } = new AbortController();
const ownPassword = 'Kittens-and-8';

// One story on one server: each step stands on the one before.
describe('a worker at the portal of Local Ground Truth', () => {
  let server: TestServer;
  let lab: LabelingServer;
  let desk: WorkerDesk;
  before(async () => {
    server = await startTestServer();
    lab = await prepareLab(server, new Map(['0.png', '1.png', '2.png', '3.png'].map((key) => [key, onePixel])));
    desk = lab.test.desk();
    await desk.sit(labWorker, labJobName);
  });
  after(async () => {
    lab.services.dispose();
    await server.stop();
  });

  it('is told that a password is wrong', async () => {
    const view = await desk.signIn(labWorker, 'wrong', signal);
    assert.equal(view.kind, 'signIn');
    assert.ok(view.kind === 'signIn' && view.problem !== undefined && view.problem !== '');
  });

  it('changes the temporary password, no weaker than allowed, and stands before the job', async () => {
    assert.equal((await desk.signIn(labWorker, lab.password, signal)).kind, 'newPassword');
    const weak = await desk.setNewPassword('short', signal);
    assert.ok(weak.kind === 'newPassword' && weak.problem !== undefined);
    const view = await desk.setNewPassword(ownPassword, signal);
    assert.ok(view.kind === 'labeling');
    assert.deepEqual(view.progress, { done: 0, total: 4 });
    assert.equal(view.job.labelingJobName, labJobName);
  });

  it('is handed rendered tasks with the objects that they show', async () => {
    const { sheets } = await desk.take(2, signal);
    assert.equal(sheets.length, 2);
    const [first] = sheets;
    assert.equal(first?.problem, undefined);
    const taskId = first?.task.taskId ?? '';
    const asset = await desk.readAsset(taskId, 0, signal);
    assert.ok(asset.kind === 'read');
    assert.deepEqual([...asset.bytes], [...onePixel]);
    await assert.rejects(desk.readAsset(taskId, 9, signal), /No template asked for/u);
  });

  it('labels, takes the answer back, and labels again', async () => {
    const { sheets } = await desk.take(1, signal);
    const taskId = sheets[0]?.task.taskId ?? '';
    await desk.accept(taskId, signal);
    await desk.submit(taskId, { 'crowd-image-classifier': { label: 'dog' } }, signal);
    const { task } = await desk.undo(signal);
    assert.equal(task.taskId, taskId);
    assert.deepEqual(task.previousAnswer, { 'crowd-image-classifier': { label: 'dog' } });
    const { isUndoable } = await desk.submit(taskId, { 'crowd-image-classifier': { label: 'cat' } }, signal);
    assert.equal(isUndoable, true);
  });

  it('comes back to the same task after the window was loaded again', async () => {
    const before = await desk.take(1, signal);
    const other = lab.test.desk();
    await other.sit(labWorker, undefined);
    const view = await other.view(signal);
    assert.ok(view.kind === 'labeling');
    assert.deepEqual(view.progress, { done: 1, total: 4 });
    const after = await other.take(1, signal);
    assert.equal(after.sheets[0]?.task.taskId, before.sheets[0]?.task.taskId);
  });

  it('declines one, stops, goes on and finishes', async () => {
    const { sheets } = await desk.take(1, signal);
    await desk.accept(sheets[0]?.task.taskId ?? '', signal);
    await desk.decline(sheets[0]?.task.taskId ?? '', signal);
    const stopped = await desk.stop(signal);
    assert.ok(stopped.kind === 'jobs');
    assert.equal(stopped.notice?.kind, 'stopped');
    assert.equal(stopped.jobs[0]?.status, 'Paused');
    const resumed = await desk.start(stopped.jobs[0]?.jobReferenceCode ?? '', signal);
    assert.ok(resumed.kind === 'labeling');
    assert.deepEqual(resumed.progress, { done: 2, total: 4 });
    for (const { task } of (await desk.take(5, signal)).sheets) {
      await desk.accept(task.taskId, signal);
      await desk.submit(task.taskId, { 'crowd-image-classifier': { label: 'cat' } }, signal);
    }
    assert.deepEqual((await desk.take(5, signal)).sheets, []);
    const finished = await desk.finish(signal);
    assert.ok(finished.kind === 'jobs');
    assert.deepEqual(finished.jobs, []);
  });

  it('is signed out when the session ends', async () => {
    const view = await desk.signOut(signal);
    assert.equal(view.kind, 'signIn');
    assert.equal(lab.test.sessions.size, 0);
    const session = { token: 'gone', email: labWorker, workerId: '', expiresAt: '' };
    const error: unknown = await lab.portal.listJobs(session, signal).catch((thrown: unknown) => thrown);
    assert.ok(Failure.is(error, 'portal.signedOut'));
    assert.equal(error.details.email, labWorker);
  });

  it('is told where nobody listens', async () => {
    const portal = httpWorkerPortal('http://127.0.0.1:9/portal');
    const error: unknown = await portal
      .signIn({ email: labWorker, password: 'x' }, signal)
      .catch((thrown: unknown) => thrown);
    assert.ok(Failure.is(error, 'portal.unreachable'));
    assert.equal(error.details.endpoint, 'http://127.0.0.1:9/portal');
  });
});
