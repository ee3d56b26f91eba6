import assert from 'node:assert/strict';
import { PageHarness } from '../support/pageHarness.js';
import { currentTask, labJob, openLabeling, progressIs, sitDown } from '../support/labelingPages.js';

const answer = (taskId: string, label: string) => ({
  taskId,
  answerContent: { 'crowd-image-classifier': { label } },
});

describe('labeling page', () => {
  let harness: PageHarness;
  before(async () => {
    harness = await PageHarness.start();
  });
  after(() => harness.dispose());

  it('labels a whole job by keyboard and says that it is finished', async () => {
    const lab = await sitDown(await labJob(4));
    const { page, problems, strayRequests, close } = await openLabeling(harness, lab);
    for (const [index, key] of ['1', '2', '2', '1'].entries()) {
      await progressIs(page, `${index} of 4`);
      await currentTask(page).locator('.stage img').waitFor();
      await page.keyboard.press(key);
      await page.keyboard.press('Enter');
    }
    await page.getByRole('heading', { name: "You're finished" }).waitFor();
    assert.deepEqual(lab.portal.answers, [
      answer('task-0', 'cat'),
      answer('task-1', 'dog'),
      answer('task-2', 'dog'),
      answer('task-3', 'cat'),
    ]);
    await page.getByRole('button', { name: 'Show Output Manifest' }).click();
    assert.deepEqual(lab.test.asked, ['output']);
    assert.deepEqual({ problems, strayRequests }, { problems: [], strayRequests: [] });
    await close();
  });

  it('labels by mouse, with the Submit button', async () => {
    const lab = await sitDown(await labJob(1));
    const { page, close } = await openLabeling(harness, lab);
    await currentTask(page).getByRole('radio', { name: 'dog' }).click();
    await currentTask(page).getByRole('button', { name: 'Submit' }).click();
    await page.getByRole('heading', { name: "You're finished" }).waitFor();
    assert.deepEqual(lab.portal.answers, [answer('task-0', 'dog')]);
    await close();
  });

  it('does not submit before a class is picked, and says what to do', async () => {
    const lab = await sitDown(await labJob(1));
    const { page, close } = await openLabeling(harness, lab);
    await currentTask(page).locator('.stage img').waitFor();
    await page.keyboard.press('Enter');
    await currentTask(page).getByText('Pick a class first: press 1 or 2.').waitFor();
    assert.deepEqual(lab.portal.answers, []);
    await close();
  });

  it('goes on by itself after a pick where the setting says so', async () => {
    const lab = await sitDown(await labJob(2));
    lab.test.autoAdvance = true;
    const { page, close } = await openLabeling(harness, lab);
    for (const key of ['2', '1']) {
      await currentTask(page).locator('.stage img').waitFor();
      await page.keyboard.press(key);
      await progressIs(page, key === '2' ? '1 of 2' : '2 of 2');
    }
    assert.deepEqual(lab.portal.answers, [answer('task-0', 'dog'), answer('task-1', 'cat')]);
    await close();
  });

  it('takes the last answer back with what was picked, and comes back to the task after it', async () => {
    const lab = await sitDown(await labJob(2));
    const { page, close } = await openLabeling(harness, lab);
    const picked = () => currentTask(page).getByRole('radio', { checked: true });
    await currentTask(page).locator('.stage img').waitFor();
    await page.keyboard.press('1');
    await page.keyboard.press('Enter');
    await progressIs(page, '1 of 2');
    await page.keyboard.press('Control+z');
    await progressIs(page, '0 of 2');
    assert.match(await picked().innerText(), /^cat/u);
    await page.keyboard.press('2');
    await page.keyboard.press('Enter');
    await progressIs(page, '1 of 2');
    await page.keyboard.press('1');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: "You're finished" }).waitFor();
    assert.deepEqual(lab.portal.answers, [answer('task-0', 'dog'), answer('task-1', 'cat')]);
    await close();
  });

  it('says when there is nothing to take back any more', async () => {
    const lab = await sitDown(await labJob(2));
    const { page, close } = await openLabeling(harness, lab);
    await currentTask(page).locator('.stage img').waitFor();
    await page.keyboard.press('1');
    await page.keyboard.press('Enter');
    await progressIs(page, '1 of 2');
    lab.portal.canUndo = false;
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('Its batch is closed.').waitFor();
    assert.equal(await page.getByRole('button', { name: 'Undo' }).isDisabled(), true);
    await close();
  });

  it('moves on only when the answer is on disk', async () => {
    const lab = await sitDown(await labJob(2));
    const onDisk: (() => void)[] = [];
    lab.portal.beforeSubmit = () =>
      new Promise((resolve) => {
        onDisk.push(resolve);
      });
    const { page, close } = await openLabeling(harness, lab);
    await currentTask(page).locator('.stage img').waitFor();
    await page.keyboard.press('1');
    await page.keyboard.press('Enter');
    await page.getByText('Saving…').waitFor();
    await page.keyboard.press('2'); // For the picture that is still there: it is on its way and cannot be changed.
    await page.keyboard.press('Enter');
    assert.equal(await page.locator('.progress .number').innerText(), '0 of 2');
    assert.equal(await currentTask(page).getByRole('radio', { name: 'cat' }).getAttribute('aria-checked'), 'true');
    onDisk.forEach((release) => release());
    await progressIs(page, '1 of 2');
    assert.deepEqual(lab.portal.answers, [answer('task-0', 'cat')]);
    await close();
  });

  it('keeps an answer while the server is gone, and sends it once when it is back', async () => {
    const lab = await sitDown(await labJob(2));
    const { page, close } = await openLabeling(harness, lab);
    await currentTask(page).locator('.stage img').waitFor();
    await page.keyboard.press('2');
    lab.portal.isReachable = false;
    await page.keyboard.press('Enter');
    await page.getByText('Your answer is kept').waitFor();
    assert.deepEqual(lab.test.places.get('ana@example.com')?.unsent, {
      taskId: 'task-0',
      answer: { 'crowd-image-classifier': { label: 'dog' } },
    });
    lab.portal.isReachable = true;
    await progressIs(page, '1 of 2');
    assert.equal(await page.getByText('Your answer is kept').count(), 0);
    assert.deepEqual(lab.portal.answers, [answer('task-0', 'dog')]);
    await close();
  });

  it('resumes at the same object after a reload, with what was picked', async () => {
    const lab = await sitDown(await labJob(3));
    const { page, close } = await openLabeling(harness, lab);
    await currentTask(page).locator('.stage img').waitFor();
    await page.keyboard.press('1');
    await page.keyboard.press('Enter');
    await progressIs(page, '1 of 3');
    await page.keyboard.press('2');
    await currentTask(page).getByRole('radio', { checked: true }).waitFor();
    await page.reload();
    await progressIs(page, '1 of 3');
    await currentTask(page).getByRole('radio', { name: 'dog', checked: true }).waitFor();
    await page.keyboard.press('Enter');
    await progressIs(page, '2 of 3');
    assert.deepEqual(lab.portal.answers, [answer('task-0', 'cat'), answer('task-1', 'dog')]);
    await close();
  });

  it('shows the same place in a window that was loaded again', async () => {
    const lab = await sitDown(await labJob(3));
    const first = await openLabeling(harness, lab);
    await currentTask(first.page).locator('.stage img').waitFor();
    await first.page.keyboard.press('1');
    await first.page.keyboard.press('Enter');
    await progressIs(first.page, '1 of 3');
    await first.close();
    const desk = lab.test.desk();
    await desk.sit('ana@example.com', undefined);
    const second = await openLabeling(harness, { ...lab, desk });
    await progressIs(second.page, '1 of 3');
    await second.close();
  });

  it('asks to sign in again in mid-labeling, and sends what was on its way', async () => {
    const lab = await sitDown(await labJob(2));
    const { page, close } = await openLabeling(harness, lab);
    await currentTask(page).locator('.stage img').waitFor();
    lab.portal.isSignedOut = true;
    await page.keyboard.press('2');
    await page.keyboard.press('Enter');
    await page.getByText('You were signed out').waitFor();
    await page.locator('#password').pressSequentially(lab.portal.password);
    await page.keyboard.press('Enter');
    await progressIs(page, '1 of 2');
    assert.deepEqual(lab.portal.answers, [answer('task-0', 'dog')]);
    await close();
  });

  it('keeps the choices and Submit in view in a narrow editor, and has the instructions where there is room', async () => {
    const lab = await sitDown(await labJob(1));
    const { page, close } = await openLabeling(harness, lab);
    const instructions = currentTask(page).getByRole('complementary', { name: 'Instructions' });
    await instructions.waitFor();
    await page.setViewportSize({ width: 400, height: 490 });
    await instructions.waitFor({ state: 'hidden' });
    const submit = await currentTask(page).getByRole('button', { name: 'Submit' }).boundingBox();
    assert.ok(submit && submit.y + submit.height <= 490);
    const dog = await currentTask(page).getByRole('radio', { name: 'dog' }).boundingBox();
    assert.ok(dog && dog.y + dog.height <= submit.y);
    await page.setViewportSize({ width: 1050, height: 700 });
    await instructions.waitFor();
    await close();
  });

  it('runs no template in a restricted workspace', async () => {
    const lab = await sitDown(await labJob(1));
    lab.test.isTrusted = false;
    const { page, close } = await openLabeling(harness, lab);
    await page.getByRole('heading', { name: 'This workspace is restricted' }).waitFor();
    assert.equal(await page.locator('iframe').count(), 0);
    await page.getByRole('button', { name: 'Manage Workspace Trust' }).click();
    assert.deepEqual(lab.test.asked, ['trust']);
    await close();
  });
});
