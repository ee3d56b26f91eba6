import assert from 'node:assert/strict';
import { once } from 'node:events';
import { currentTask, labJob, openLabeling, progressIs, sitDown } from '../support/labelingPages.js';
import { PageHarness } from '../support/pageHarness.js';

describe('labeling page, when something goes wrong', () => {
  let harness: PageHarness;
  before(async () => {
    harness = await PageHarness.start();
  });
  after(() => harness.dispose());

  it('lets a task be submitted again that was submitted while an answer was taken back', async () => {
    const lab = await sitDown(await labJob(3));
    const undo = lab.portal.undoLastAnswer.bind(lab.portal);
    const isTime = new AbortController();
    lab.portal.undoLastAnswer = async () => {
      await once(isTime.signal, 'abort');
      return undo();
    };
    const { page, close } = await openLabeling(harness, lab);
    await currentTask(page).locator('.stage img').waitFor();
    await page.keyboard.press('1');
    await page.keyboard.press('Enter');
    await progressIs(page, '1 of 3');
    await page.keyboard.press('2');
    await page.keyboard.press('Control+z');
    await page.getByText('Saving…').waitFor();
    await page.keyboard.press('Enter');
    isTime.abort();
    for (const done of ['0 of 3', '1 of 3', '2 of 3']) {
      await progressIs(page, done);
      await page.keyboard.press('Enter');
    }
    assert.deepEqual(
      lab.portal.answers.map(({ taskId }) => taskId),
      ['task-0', 'task-1'],
    );
    await close();
  });

  it('asks to sign in again as soon as the session is over', async () => {
    const lab = await sitDown(await labJob(2));
    const { page, close } = await openLabeling(harness, lab);
    await currentTask(page).locator('.stage img').waitFor();
    lab.portal.isSignedOut = true;
    await page.getByRole('button', { name: 'Sign In' }).waitFor();
    await close();
  });

  it('tries again to get tasks', async () => {
    const lab = await sitDown(await labJob(1));
    const take = lab.portal.takeTasks.bind(lab.portal);
    lab.portal.takeTasks = () => Promise.reject(new Error('The disk is full'));
    const { page, close } = await openLabeling(harness, lab);
    await page.getByRole('alertdialog').getByText('The disk is full').waitFor();
    lab.portal.takeTasks = take;
    await page.getByRole('button', { name: 'Try Again' }).click();
    await currentTask(page).locator('.stage img').waitFor();
    await close();
  });

  it('tries again to get the script of the elements', async () => {
    const lab = await sitDown(await labJob(1));
    const handlers = lab.test.handlers(lab.desk);
    let asked = 0;
    lab.test.handlers = () => ({
      ...handlers,
      'frame.bundle': (params, signal) => {
        asked += 1;
        return asked === 1 ? Promise.reject(new Error('No such file')) : handlers['frame.bundle'](params, signal);
      },
    });
    const { page, close } = await openLabeling(harness, lab);
    await page.getByRole('alertdialog').getByText('No such file').waitFor();
    await page.getByRole('button', { name: 'Try Again' }).click();
    await currentTask(page).locator('.stage img').waitFor();
    await close();
  });

  it('gives a template up that loads itself again and again', async () => {
    const { job, objects } = await labJob(1);
    const lab = await sitDown({
      job: {
        ...job,
        template: '<crowd-form></crowd-form><script>onload = () => setTimeout(() => location.reload())</script>',
      },
      objects,
    });
    const { page, close } = await openLabeling(harness, lab);
    await page.getByRole('alertdialog').getByText('loads itself again').waitFor();
    let added = 0;
    page.on('frameattached', () => {
      added += 1;
    });
    await page.getByRole('button', { name: 'Stop Working', exact: true }).click();
    await page.getByText('You stopped working').waitFor();
    assert.equal(added, 0);
    await close();
  });

  it('says that the time is up, and goes on', async () => {
    const lab = await sitDown(await labJob(2, { timeLimitInSeconds: 1 }));
    const { page, close } = await openLabeling(harness, lab);
    await page.getByText('The time for this task is up').waitFor();
    lab.portal.withdraw(0);
    await page.getByRole('button', { name: 'Next Task' }).click();
    await page.getByText('The time for this task is up').waitFor({ state: 'detached' });
    await currentTask(page).locator('.stage img').waitFor();
    await close();
  });

  it('says that another worker was faster, and goes on', async () => {
    const lab = await sitDown(await labJob(2));
    const { page, close } = await openLabeling(harness, lab);
    await currentTask(page).locator('.stage img').waitFor();
    lab.portal.withdraw(0);
    await page.keyboard.press('1');
    await page.keyboard.press('Enter');
    await page.getByText('Another worker has answered it.').waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('alertdialog').waitFor({ state: 'detached' });
    await page.keyboard.press('2');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: "You're finished" }).waitFor();
    assert.deepEqual(lab.portal.answers, [
      { taskId: 'task-1', answerContent: { 'crowd-image-classifier': { label: 'dog' } } },
    ]);
    await close();
  });
});
