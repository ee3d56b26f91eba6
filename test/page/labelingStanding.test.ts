import assert from 'node:assert/strict';
import type { JobStanding, SessionEnd, TaskStanding } from '../../src/core/portal/standing.js';
import type { Page } from 'playwright-core';
import { currentTask, labJob, openLabeling, progressIs, sitDown } from '../support/labelingPages.js';
import { PageHarness } from '../support/pageHarness.js';

const notSent = 'What you picked in this task was not sent';

describe('labeling page, as things change around it', () => {
  let harness: PageHarness;
  before(async () => {
    harness = await PageHarness.start();
  });
  after(() => harness.dispose());

  async function atTask() {
    const lab = await sitDown(await labJob(2));
    const opened = await openLabeling(harness, lab);
    await currentTask(opened.page).locator('.stage img').waitFor();
    await opened.page.keyboard.press('1');
    return { ...lab, ...opened, card: opened.page.getByRole('alertdialog') };
  }

  const overs: readonly { readonly job: JobStanding; readonly title: string; readonly text: string }[] = [
    { job: { kind: 'ended', status: 'Stopped' }, title: 'This job was stopped', text: 'It takes no more answers.' },
    {
      job: { kind: 'ended', status: 'Stopping' },
      title: 'This job is being stopped',
      text: 'Those that you submitted are saved, and become labels now.',
    },
    {
      job: { kind: 'ended', status: 'Stopping', failureReason: 'The bucket is gone.' },
      title: 'This job is failing',
      text: 'The bucket is gone.',
    },
    {
      job: { kind: 'ended', status: 'Failed', failureReason: 'The bucket is gone.' },
      title: 'This job has failed',
      text: 'The bucket is gone.',
    },
    {
      job: { kind: 'ended', status: 'Completed' },
      title: 'This job is completed',
      text: 'All its objects are dealt with.',
    },
    {
      job: { kind: 'notInTeam', workteam: 'my-team' },
      title: 'You are no longer in the team',
      text: 'You were taken out of the work team "my-team"',
    },
    {
      job: { kind: 'teamDeleted', workteam: 'my-team' },
      title: 'The work team was deleted',
      text: 'its work team "my-team" is gone.',
    },
    { job: { kind: 'unknown' }, title: 'This job is no longer there', text: 'its data was deleted' },
  ];
  for (const { job, title, text } of overs) {
    it(`says over the task: ${title}, and what becomes of the answer`, async () => {
      const { page, portal, card, close } = await atTask();
      portal.jobStanding = job;
      await comesIntoView(page);
      await card.getByRole('heading', { name: title }).waitFor();
      await card.getByText(text).waitFor();
      await card.getByText(notSent).waitFor();
      await page.keyboard.press('Enter'); // Back to Jobs.
      await page.getByText('There is no work for you right now.').waitFor();
      assert.deepEqual(portal.answers, []);
      await close();
    });
  }

  const gone: readonly { readonly task: TaskStanding; readonly title: string; readonly text: string }[] = [
    { task: 'timeUp', title: 'The time for this task is up', text: notSent },
    { task: 'answered', title: 'You have answered this task', text: 'An answer of yours counts' },
    { task: 'declined', title: 'You have declined this task', text: notSent },
    { task: 'closed', title: 'This task is no longer needed', text: notSent },
    { task: 'gone', title: 'This task is no longer yours', text: notSent },
  ];
  for (const { task, title, text } of gone) {
    it(`says over the task: ${title}, and goes on with the next`, async () => {
      const { page, portal, card, close } = await atTask();
      portal.withdraw(0);
      portal.taskStandings.set('task-0', task);
      await comesIntoView(page);
      await card.getByRole('heading', { name: title }).waitFor();
      await card.getByText(text).waitFor();
      await page.keyboard.press('Enter'); // Next Task.
      await card.waitFor({ state: 'detached' });
      await currentTask(page).getByRole('radio', { checked: true }).waitFor({ state: 'hidden' });
      await page.keyboard.press('2');
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: "You're finished" }).waitFor();
      assert.deepEqual(
        portal.answers.map(({ taskId }) => taskId),
        ['task-1'],
      );
      await close();
    });
  }

  it('says more once it is known that the job is over, not the task alone', async () => {
    const { portal, card, close } = await atTask();
    portal.taskStandings.set('task-0', 'gone');
    await card.getByRole('heading', { name: 'This task is no longer yours' }).waitFor();
    portal.jobStanding = { kind: 'ended', status: 'Stopped' };
    await card.getByRole('heading', { name: 'This job was stopped' }).waitFor();
    await close();
  });

  it('says that an answer which was taken back counts again', async () => {
    const { page, portal, card, close } = await atTask();
    await page.keyboard.press('Enter');
    await progressIs(page, '1 of 2');
    await page.keyboard.press('Control+z');
    await progressIs(page, '0 of 2');
    portal.jobStanding = { kind: 'ended', status: 'Stopped' };
    await comesIntoView(page);
    await card.getByText('the answer that you had taken back counts again').waitFor();
    await close();
  });

  async function atFinish() {
    const lab = await sitDown(await labJob(1));
    const opened = await openLabeling(harness, lab);
    const { page } = opened;
    await currentTask(page).locator('.stage img').waitFor();
    await page.keyboard.press('1');
    await page.keyboard.press('Enter');
    await page.getByText('There is no other task for you now').waitFor();
    return { ...lab, ...opened };
  }

  it('offers the next batch to a worker who was finished', async () => {
    const lab = await sitDown(await labJob(1));
    const { page, close } = await openLabeling(harness, lab);
    await currentTask(page).locator('.stage img').waitFor();
    await page.keyboard.press('1');
    await page.keyboard.press('Enter');
    await page.getByText('There is no other task for you now').waitFor();
    lab.portal.sendBatch();
    await page.getByText('another batch: 1 object can be labeled now').waitFor();
    assert.deepEqual(lab.portal.states, ['answered', 'open'], 'to look holds nothing');
    await page.getByRole('button', { name: 'Go On' }).click();
    await currentTask(page).locator('.stage img').waitFor();
    await progressIs(page, '1 of 2');
    await page.keyboard.press('2');
    await page.keyboard.press('Enter');
    await page.getByText('2 objects of "cats-and-dogs" done').waitFor();
    assert.deepEqual(
      lab.portal.answers.map(({ taskId }) => taskId),
      ['task-0', 'task-1'],
    );
    await close();
  });

  it('says on the finished page that the job is completed', async () => {
    const { page, portal, close } = await atFinish();
    portal.jobStanding = { kind: 'ended', status: 'Completed' };
    await page.getByText('1 object of "cats-and-dogs" done. This job is completed').waitFor();
    assert.equal(await page.getByText('Undo the last answer').count(), 0);
    assert.equal(await page.getByRole('button', { name: 'Undo', exact: true }).isDisabled(), true);
    await page.getByRole('button', { name: 'Back to Jobs' }).click();
    await page.getByText('that were there for you are done').waitFor();
    await close();
  });

  it('says on the finished page why the job has failed', async () => {
    const { page, portal, close } = await atFinish();
    portal.jobStanding = { kind: 'ended', status: 'Failed', failureReason: 'The bucket is gone.' };
    await comesIntoView(page);
    await page.getByRole('heading', { name: 'This job has failed' }).waitFor();
    await page.getByText('The bucket is gone.').waitFor();
    await page.getByRole('button', { name: 'Back to Jobs' }).click();
    await page.getByText('There is no work for you right now.').waitFor();
    await close();
  });

  it('keeps the list of jobs as it is now, with the job that is selected', async () => {
    const lab = await sitDown(await labJob(1), { startsJob: false });
    const { page, close } = await openLabeling(harness, lab);
    await page.getByText('1 task', { exact: false }).waitFor();
    const [job] = await lab.portal.listJobs();
    assert.ok(job);
    lab.portal.otherJobs.push({
      ...job,
      jobReferenceCode: 'job-2',
      labelingJobName: 'horses',
      taskTitle: 'Horses',
      creationTime: '2026-11-24T09:15:30.000Z',
    });
    await page.getByText('horses · 1 task').waitFor();
    const other = page.getByRole('radio', { name: 'Image Classification' });
    await other.check();
    lab.portal.sendBatch();
    await page.getByText('cats-and-dogs · 2 tasks').waitFor();
    assert.equal(await other.isChecked(), true);
    assert.equal(await other.evaluate((radio) => radio === document.activeElement), true);
    await close();
  });

  const ends: readonly { readonly why: SessionEnd; readonly said: string; readonly becomes: string }[] = [
    {
      why: 'signedOut',
      said: 'in another tab or window',
      becomes: 'if the time of its task is not up',
    },
    {
      why: 'anotherWorker',
      said: 'somebody else has signed in in this browser',
      becomes: 'if the time of its task is not up',
    },
    {
      why: 'expired',
      said: 'a session ends after twelve hours',
      becomes: 'if the time of its task is not up',
    },
    {
      why: 'passwordChanged',
      said: 'your password was changed',
      becomes: 'if the time of its task is not up',
    },
    {
      why: 'disabled',
      said: 'your account was disabled',
      becomes: 'if the time of its task is not up',
    },
    {
      why: 'memberDeleted',
      said: 'you were deleted from the private workforce',
      becomes: 'what you had not sent cannot count any more',
    },
    {
      why: 'unknown',
      said: 'Its data was deleted, or another server runs at this address',
      becomes: 'What you had not sent cannot count there',
    },
  ];
  for (const { why, said, becomes } of ends) {
    it(`asks to sign in again, and says that ${said}`, async () => {
      const { page, portal, close } = await atTask();
      portal.sessionEnd = why;
      portal.isSignedOut = true;
      await comesIntoView(page);
      const note = page.getByRole('status').filter({ hasText: 'You were signed out' });
      await note.getByText(said).waitFor();
      await note.getByText(becomes).waitFor();
      await close();
    });
  }

  it('says that a kept answer does not count, where its task is gone meanwhile', async () => {
    const { page, portal, close } = await atTask();
    portal.beforeSubmit = () => {
      portal.isSignedOut = true;
      return Promise.resolve();
    };
    await page.keyboard.press('Enter');
    await page.getByText('Your last answer is kept on this machine').waitFor();
    portal.withdraw(0);
    portal.beforeSubmit = () => Promise.resolve();
    await page.locator('#password').pressSequentially(portal.password);
    await page.keyboard.press('Enter');
    await page.getByText('does not count. Another worker has answered it.').waitFor();
    await currentTask(page).locator('.stage img').waitFor();
    assert.deepEqual(portal.answers, []);
    await close();
  });
});

/** As when the page comes into view again: it looks at once what has become of what it shows. */
async function comesIntoView(page: Page): Promise<void> {
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
}
