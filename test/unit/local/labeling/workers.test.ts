import assert from 'node:assert/strict';
import { submitAnswer, undoLastAnswer } from '../../../../src/local/labeling/answers.js';
import { acceptTask, declineTask, listJobs, releaseTask, stopWorking } from '../../../../src/local/labeling/handOut.js';
import type { Worker } from '../../../../src/local/labeling/workers.js';
import { answerOf, EngineLab, labeledLine } from '../../../support/engineLab.js';

const minute = 60_000;

describe('a worker', () => {
  let lab: EngineLab;
  let worker: Worker;
  beforeEach(async () => {
    lab = new EngineLab();
    await lab.prepare();
    worker = lab.addWorker('anna@example.org');
    await lab.createJob();
  });

  it('is given the same tasks again, in the same order', () => {
    const before = lab.take(worker, 2);
    assert.deepEqual(
      lab.take(worker, 2).map(({ taskId }) => taskId),
      before.map(({ taskId }) => taskId),
    );
  });

  it('loses what was only held, and what took too long', () => {
    const [first, second] = lab.take(worker, 2);
    assert.ok(first && second);
    lab.clock.advance(2 * minute);
    assert.throws(() => acceptTask(lab.portal, worker, second.taskId), { code: 'TaskGone' });
    const [again] = lab.take(worker, 1);
    assert.ok(again);
    acceptTask(lab.portal, worker, again.taskId);
    lab.clock.advance(5 * minute);
    assert.throws(() => submitAnswer(lab.portal, worker, { taskId: again.taskId, answerContent: answerOf('cat') }), {
      code: 'TaskGone',
    });
    assert.equal(lab.take(worker).length, 3);
  });

  it('keeps what was fetched ahead for as long as the task at hand may take', () => {
    const [first, second] = lab.take(worker, 2);
    assert.ok(first && second);
    acceptTask(lab.portal, worker, first.taskId);
    lab.clock.advance(4 * minute);
    submitAnswer(lab.portal, worker, { taskId: first.taskId, answerContent: answerOf('cat') });
    assert.equal(acceptTask(lab.portal, worker, second.taskId).state, 'accepted');
  });

  it('may send an answer twice, but not another one', () => {
    const [first] = lab.take(worker);
    assert.ok(first);
    const { submittedAt } = lab.answer(worker, first, 'cat');
    lab.clock.advance(1_000);
    const again = submitAnswer(lab.portal, worker, { taskId: first.taskId, answerContent: answerOf('cat') });
    assert.equal(again.submittedAt, submittedAt);
    assert.throws(() => submitAnswer(lab.portal, worker, { taskId: first.taskId, answerContent: answerOf('dog') }), {
      code: 'TaskGone',
    });
  });

  it('cannot answer with a label that the job does not have', () => {
    const [first] = lab.take(worker);
    assert.ok(first);
    assert.throws(() => lab.answer(worker, first, 'bird'), { code: 'InvalidRequest' });
  });

  it('takes answers back, the newest first', async () => {
    const [first, second] = lab.take(worker);
    assert.ok(first && second);
    lab.answer(worker, first, 'cat');
    lab.answer(worker, second, 'cat');
    const { JobReferenceCode: ref } = await lab.describe();
    const undone = undoLastAnswer(lab.portal, worker, ref);
    assert.equal(undone.taskId, second.taskId);
    assert.deepEqual(undone.previousAnswer, answerOf('cat'));
    assert.equal(undoLastAnswer(lab.portal, worker, ref).taskId, first.taskId);
    assert.throws(() => undoLastAnswer(lab.portal, worker, ref), { code: 'NothingToUndo' });
    assert.equal(await lab.counts(), 'InProgress 0+0+3');
    await lab.labelAll(worker, (object) => (object === 1 ? 'dog' : 'cat'));
    assert.deepEqual(lab.manifest(), [labeledLine(0), labeledLine(1, { label: 1 }), labeledLine(2)]);
  });

  it('cannot take back what has become a label', async () => {
    const [first] = lab.take(worker);
    assert.ok(first);
    lab.answer(worker, first, 'cat');
    lab.clock.advance(6 * minute);
    await lab.engine.idle();
    const { JobReferenceCode: ref } = await lab.describe();
    assert.throws(() => undoLastAnswer(lab.portal, worker, ref), { code: 'NothingToUndo' });
    assert.equal(lab.manifest()[0], labeledLine(0));
  });

  it('never sees an object again after declining it, which fails it where one worker was wanted', async () => {
    const [first] = lab.take(worker);
    assert.ok(first);
    declineTask(lab.portal, worker, first.taskId);
    await lab.engine.idle();
    assert.equal(await lab.counts(), 'InProgress 0+1+2');
    assert.deepEqual(
      lab.take(worker).map(({ datasetObjectId }) => datasetObjectId),
      ['1', '2'],
    );
  });

  it('gives a task back, and with it what was fetched ahead', () => {
    const [first] = lab.take(worker);
    assert.ok(first);
    releaseTask(lab.portal, worker, first.taskId);
    const other = lab.addWorker('ben@example.org');
    assert.deepEqual(
      lab.take(other).map(({ datasetObjectId }) => datasetObjectId),
      ['0', '1', '2'],
    );
  });

  it('keeps what is being worked on when another task is given back', () => {
    const [first, second] = lab.take(worker);
    assert.ok(first && second);
    acceptTask(lab.portal, worker, first.taskId);
    acceptTask(lab.portal, worker, second.taskId);
    releaseTask(lab.portal, worker, second.taskId);
    const other = lab.addWorker('ben@example.org');
    assert.deepEqual(
      lab.take(other).map(({ datasetObjectId }) => datasetObjectId),
      ['1', '2'],
    );
  });

  it('gives back what was fetched ahead in a job by going to another one', async () => {
    await lab.createJob({ name: 'Other' });
    const [first, second] = lab.take(worker);
    assert.ok(first && second);
    acceptTask(lab.portal, worker, first.taskId);
    lab.take(worker, 10, 'Other');
    const other = lab.addWorker('ben@example.org');
    assert.deepEqual(
      lab.take(other).map(({ datasetObjectId }) => datasetObjectId),
      ['1', '2'],
    );
    assert.equal(acceptTask(lab.portal, worker, first.taskId).state, 'accepted');
  });

  it('pauses a job and goes on with it', async () => {
    lab.take(worker);
    const { JobReferenceCode: ref } = await lab.describe();
    stopWorking(lab.portal, worker, ref);
    assert.deepEqual(
      listJobs(lab.portal, worker).map(({ status, availableTasks }) => [status, availableTasks]),
      [['Paused', 3]],
    );
    assert.equal(lab.take(worker).length, 3);
    assert.equal(listJobs(lab.portal, worker)[0]?.status, 'Available');
  });

  it('cannot go on with what is held after leaving the team', async () => {
    const [first, second] = lab.take(worker);
    assert.ok(first && second);
    acceptTask(lab.portal, worker, first.taskId);
    await lab.call('cognito', 'AdminRemoveUserFromGroup', {
      UserPoolId: lab.userPool,
      Username: worker.username,
      GroupName: 'team',
    });
    const answer = { taskId: first.taskId, answerContent: answerOf('cat') };
    assert.throws(() => submitAnswer(lab.portal, worker, answer), { code: 'TaskGone' });
    assert.throws(() => acceptTask(lab.portal, worker, second.taskId), { code: 'TaskGone' });
    assert.throws(() => declineTask(lab.portal, worker, second.taskId), { code: 'TaskGone' });
    assert.equal(await lab.counts(), 'InProgress 0+0+3');
  });

  it('sees nothing of other teams', async () => {
    const { JobReferenceCode: ref } = await lab.describe();
    const stranger = { ...lab.addWorker('eve@example.org'), username: 'nobody' };
    assert.deepEqual(listJobs(lab.portal, stranger), []);
    assert.throws(() => undoLastAnswer(lab.portal, stranger, ref), { code: 'NotFound' });
    const [first] = lab.take(worker);
    assert.ok(first);
    assert.throws(() => acceptTask(lab.portal, stranger, first.taskId), { code: 'TaskGone' });
  });
});
