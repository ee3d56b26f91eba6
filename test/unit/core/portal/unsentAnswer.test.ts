import assert from 'node:assert/strict';
import { Failure } from '../../../../src/core/failure.js';
import { labJob, sitDown, worker } from '../../../support/labelingPages.js';

const { signal } = new AbortController();
const answer = { 'crowd-image-classifier': { label: 'dog' } };
const other = 'ben@example.com';

/** A worker who was signed out just when the answer was sent. */
async function unsentAnswer() {
  const lab = await sitDown(await labJob(2));
  const session = lab.test.sessions.get(worker);
  assert.ok(session);
  await lab.desk.view(signal);
  await lab.desk.take(1, signal);
  await lab.desk.accept('task-0', signal);
  lab.portal.isSignedOut = true;
  await assert.rejects(lab.desk.submit('task-0', answer, signal), (error: unknown) =>
    Failure.is(error, 'portal.signedOut'),
  );
  lab.portal.isSignedOut = false;
  lab.test.sessions.set(worker, session);
  return { ...lab, session };
}

describe('an answer that was not sent', () => {
  it('is sent when its worker is back, and not as anybody else', async () => {
    const { test, portal, session } = await unsentAnswer();
    test.sessions.set(other, { ...session, email: other });
    const desk = test.desk();
    await desk.sit(other, undefined);
    await desk.view(signal);
    assert.deepEqual(portal.answers, []);
    await desk.sit(worker, undefined);
    await desk.view(signal);
    assert.deepEqual(portal.answers, [{ taskId: 'task-0', answerContent: answer }]);
  });

  it('does not keep its worker out when the portal refuses it', async () => {
    const { test, portal } = await unsentAnswer();
    let refusals = 0;
    portal.submitAnswer = () => {
      refusals += 1;
      return Promise.reject(
        new Failure('portal.refused', { action: 'SubmitAnswer', reason: 'Not an answer to this task' }),
      );
    };
    const desk = test.desk();
    await desk.sit(worker, undefined);
    assert.equal((await desk.view(signal)).kind, 'labeling');
    await desk.view(signal);
    assert.equal(refusals, 1);
  });
});
