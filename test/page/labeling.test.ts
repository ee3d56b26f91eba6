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

  const broken = [
    { name: 'is not there', content: undefined, text: 'There is no object "s3://lab/10.jpg".' },
    {
      name: 'may not be read',
      content: 'Access to "s3://lab/10.jpg" is denied.',
      text: 'Access to "s3://lab/10.jpg" is denied.',
    },
    { name: 'is empty', content: new Uint8Array(), text: 'The file is empty.' },
    {
      name: 'is no picture',
      content: new TextEncoder().encode('not a picture'),
      text: 'it is not a picture, or it is damaged',
    },
  ];
  for (const { name, content, text } of broken) {
    it(`says why a picture that ${name} cannot be shown, and goes on`, async () => {
      const { job, objects } = await labJob(3);
      const lab = await sitDown({
        job,
        objects: new Map<string, Uint8Array | string>(objects).set('s3://lab/10.jpg', ''),
      });
      lab.test.objects.delete('s3://lab/10.jpg');
      if (content !== undefined) {
        lab.test.objects.set('s3://lab/10.jpg', content);
      }
      const { page, close } = await openLabeling(harness, lab);
      await currentTask(page).locator('.stage img').waitFor();
      await page.keyboard.press('1');
      await page.keyboard.press('Enter');
      const card = page.getByRole('alertdialog');
      await card.getByText(text).waitFor();
      await page.keyboard.press('Enter'); // The first button has the focus.
      await progressIs(page, '2 of 3');
      await page.keyboard.press('2');
      await currentTask(page).getByRole('radio', { name: 'dog', checked: true }).waitFor();
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: "You're finished" }).waitFor();
      assert.deepEqual(lab.portal.states, ['answered', 'declined', 'answered']);
      await close();
    });
  }

  it('reads a broken picture again when asked to', async () => {
    const { job, objects } = await labJob(1);
    const lab = await sitDown({ job, objects });
    const bytes = lab.test.objects.get('s3://lab/0.jpg') ?? '';
    lab.test.objects.delete('s3://lab/0.jpg');
    const { page, close } = await openLabeling(harness, lab);
    await page.getByRole('alertdialog').waitFor();
    lab.test.objects.set('s3://lab/0.jpg', bytes);
    await page.getByRole('button', { name: 'Try Again' }).click();
    await currentTask(page).locator('.stage img').waitFor();
    await page.keyboard.press('1');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: "You're finished" }).waitFor();
    await close();
  });

  it('declines after asking', async () => {
    const lab = await sitDown(await labJob(2));
    const { page, close } = await openLabeling(harness, lab);
    await currentTask(page).locator('.stage img').waitFor();
    await page.getByRole('button', { name: 'Decline task' }).click();
    await page.keyboard.press('Escape');
    assert.deepEqual(lab.portal.states, ['accepted', 'held']);
    await page.getByRole('button', { name: 'Decline task' }).click();
    await page.keyboard.press('Enter');
    await progressIs(page, '1 of 2');
    assert.equal(lab.portal.states[0], 'declined');
    await close();
  });

  it('releases a task, and stops working, back to the list of jobs', async () => {
    const lab = await sitDown(await labJob(2));
    const { page, close } = await openLabeling(harness, lab);
    await currentTask(page).locator('.stage img').waitFor();
    await page.getByRole('button', { name: 'Release task' }).click();
    await page.getByRole('dialog', { name: 'Release this task?' }).waitFor();
    await page.keyboard.press('Escape');
    assert.equal(lab.portal.states[0], 'accepted');
    await page.getByRole('button', { name: 'Release task' }).click();
    await page.keyboard.press('Enter');
    await page.getByText('The task went back to the pool').waitFor();
    assert.equal(lab.portal.states[0], 'open');
    await page.getByRole('button', { name: 'Start working' }).click();
    await currentTask(page).locator('.stage img').waitFor();
    await page.getByRole('button', { name: 'Stop working' }).click();
    await page.getByText('You stopped working').waitFor();
    assert.deepEqual(lab.portal.states, ['open', 'open']);
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
    assert.deepEqual(lab.portal.answers, [answer('task-1', 'dog')]);
    await close();
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
    assert.deepEqual(lab.portal.answers, [answer('task-0', 'cat'), answer('task-1', 'dog')]);
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
