import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { Frame, Page } from 'playwright-core';
import { currentTask, labJob, openLabeling, progressIs, sitDown, taskHasKeyboard } from '../support/labelingPages.js';
import { PageHarness } from '../support/pageHarness.js';

describe('keyboard of the labeling page', () => {
  let harness: PageHarness;
  before(async () => {
    harness = await PageHarness.start();
  });
  after(() => harness.dispose());

  it('belongs to the task on screen, though the frame of one that is still to come took it', async () => {
    const lab = await sitDown(await labJob(3));
    const { page, close } = await openLabeling(harness, lab);
    await currentTask(page).locator('.stage img').waitFor();
    const hidden = await hiddenTask(page);
    await hidden.evaluate(() => window.focus());
    await page.keyboard.press('2');
    await currentTask(page).getByRole('radio', { name: 'dog', checked: true }).waitFor();
    await page.keyboard.press('Enter');
    await progressIs(page, '1 of 3');
    assert.equal(await currentTask(page).getByRole('radio', { checked: true }).count(), 0);
    assert.deepEqual(labels(lab.portal.answers), ['task-0 dog']);
    await close();
  });

  it('belongs to the task on screen, though the frame of the one before kept it', async () => {
    const lab = await sitDown(await labJob(3));
    const { page, close } = await openLabeling(harness, lab);
    await currentTask(page).locator('.stage img').waitFor();
    await press(page, '1', 'Enter');
    await progressIs(page, '1 of 3');
    const before = await (await page.locator('iframe.isCurrent').elementHandle())?.contentFrame();
    await press(page, 'Control+z');
    await progressIs(page, '0 of 3');
    await before?.evaluate(() => window.focus());
    await press(page, '2');
    await currentTask(page).getByRole('radio', { name: 'dog', checked: true }).waitFor();
    await press(page, 'Enter');
    await progressIs(page, '1 of 3');
    assert.deepEqual(labels(lab.portal.answers), ['task-0 dog']);
    await close();
  });

  it('reaches the next task, though it was pressed in the frame of the one that was just answered', async () => {
    const lab = await sitDown(await labJob(4));
    const { page, close } = await openLabeling(harness, lab);
    await currentTask(page).locator('.stage img').waitFor();
    const answered = await (await page.locator('iframe.isCurrent').elementHandle())?.contentFrame();
    await press(page, '1', 'Enter');
    await progressIs(page, '1 of 4');
    await answered?.evaluate(() => window.focus());
    await press(page, '2');
    await currentTask(page).getByRole('radio', { name: 'dog', checked: true }).waitFor();
    await press(page, 'Enter');
    await progressIs(page, '2 of 4');
    assert.deepEqual(labels(lab.portal.answers), ['task-0 cat', 'task-1 dog']);
    if (answered?.isDetached() === false) {
      await page.waitForEvent('framedetached', (frame) => frame === answered);
    }
    await page.waitForFunction(() => document.querySelectorAll('iframe').length === 3); // Before, current and next.
    await close();
  });

  it('comes back to the frame of the task on screen with the next key', async () => {
    const lab = await sitDown(await labJob(2));
    const { page, close } = await openLabeling(harness, lab);
    await currentTask(page).locator('.stage img').waitFor();
    const hidden = await hiddenTask(page);
    await hidden.evaluate(() => window.focus());
    await press(page, '1');
    await page.waitForFunction(() => document.activeElement?.classList.contains('isCurrent'));
    const current = await (await page.locator('iframe.isCurrent').elementHandle())?.contentFrame();
    assert.equal(await current?.evaluate(() => document.hasFocus()), true);
    await close();
  });

  it('belongs to the card over a task, though the frame beneath took it', async () => {
    const lab = await sitDown(await labJob(3, { timeLimitInSeconds: 1 }));
    const { page, close } = await openLabeling(harness, lab);
    const current = await (await page.locator('iframe.isCurrent').elementHandle())?.contentFrame();
    await page.getByText('The time for this task is up').waitFor();
    await current?.evaluate(() => window.focus());
    await press(page, '2');
    await page.waitForFunction(() => document.activeElement?.textContent?.trim() === 'Next Task');
    assert.equal(await picked(page), 0);
    await press(page, 'Enter');
    await page.getByText('The time for this task is up').waitFor({ state: 'detached' });
    await close();
  });

  it('has nothing to act on before the task is on screen', async () => {
    const lab = await sitDown(await labJob(1));
    const isTime = new AbortController();
    const read = lab.test.readAsset;
    lab.test.readAsset = async (uri, signal) => {
      await once(isTime.signal, 'abort');
      return read(uri, signal);
    };
    const { page, close } = await openLabeling(harness, lab);
    await page.locator('.cover vscode-progress-ring').waitFor();
    await press(page, '2', 'Enter');
    isTime.abort();
    await currentTask(page).locator('.stage img').waitFor();
    await page.locator('.cover').waitFor({ state: 'detached' });
    assert.equal(await picked(page), 0);
    await press(page, '1', 'Enter');
    await page.getByRole('heading', { name: "You're finished" }).waitFor();
    assert.deepEqual(labels(lab.portal.answers), ['task-0 cat']);
    await close();
  });

  it('skips no task when Enter is pressed twice on a card', async () => {
    const lab = await sitDown(await labJob(4));
    const isTime = new AbortController();
    const read = lab.test.readAsset;
    lab.test.readAsset = async (uri, signal) => {
      if (uri.key === '10.jpg') {
        await once(isTime.signal, 'abort');
      }
      return read(uri, signal);
    };
    const { page, close } = await openLabeling(harness, lab);
    await currentTask(page).locator('.stage img').waitFor();
    lab.portal.withdraw(0);
    await press(page, '1', 'Enter');
    await page.getByRole('alertdialog').waitFor();
    await press(page, 'Enter', 'Enter', 'Enter');
    isTime.abort();
    await page.getByRole('alertdialog').waitFor({ state: 'detached' });
    for (const done of ['1 of 4', '2 of 4', '3 of 3']) {
      await currentTask(page).locator('.stage img').waitFor();
      await taskHasKeyboard(page);
      await press(page, '2', 'Enter');
      await progressIs(page, done);
    }
    assert.deepEqual(labels(lab.portal.answers), ['task-1 dog', 'task-2 dog', 'task-3 dog']);
    await close();
  });

  it('takes back the answer that is on its way', async () => {
    const lab = await sitDown(await labJob(2));
    const onDisk = new AbortController();
    lab.portal.beforeSubmit = async () => {
      await once(onDisk.signal, 'abort');
    };
    const { page, close } = await openLabeling(harness, lab);
    await currentTask(page).locator('.stage img').waitFor();
    await press(page, '1', 'Enter');
    await page.getByText('Saving…').waitFor();
    await press(page, 'Control+z', 'Control+z');
    onDisk.abort();
    await page.getByText('Saving…').waitFor({ state: 'detached' });
    await progressIs(page, '0 of 2');
    await currentTask(page).getByRole('radio', { name: 'cat', checked: true }).waitFor();
    assert.deepEqual(lab.portal.answers, []);
    assert.equal(lab.portal.calls.filter((call) => call === 'undoLastAnswer').length, 1);
    await close();
  });

  it('still reaches the toolbar while an answer waits for the server', async () => {
    const lab = await sitDown(await labJob(2));
    const { page, close } = await openLabeling(harness, lab);
    await currentTask(page).locator('.stage img').waitFor();
    lab.portal.isReachable = false;
    await press(page, '1', 'Enter');
    await page.getByText('Saving…').waitFor();
    const isAtToolbar = () => page.evaluate(() => document.activeElement?.localName === 'button');
    for (let tabs = 0; tabs < 30 && !(await isAtToolbar()); tabs += 1) {
      await press(page, 'Shift+Tab');
    }
    assert.equal(await isAtToolbar(), true);
    lab.portal.isReachable = true;
    await progressIs(page, '1 of 2');
    await close();
  });
});

async function press(page: Page, ...keys: readonly string[]): Promise<void> {
  for (const key of keys) {
    await page.keyboard.press(key);
  }
}

/** The frame of a task that lies ready beneath the current one. */
async function hiddenTask(page: Page): Promise<Frame> {
  const element = await page.locator('iframe:not(.isCurrent)').first().elementHandle();
  const frame = await element?.contentFrame();
  assert.ok(frame);
  await frame.locator('.stage img').waitFor();
  return frame;
}

/** Classes that are picked in any of the frames, on screen or beneath. */
async function picked(page: Page): Promise<number> {
  let count = 0;
  for (const frame of page.frames().slice(1)) {
    count += await frame.getByRole('radio', { checked: true, includeHidden: true }).count();
  }
  return count;
}

function labels(answers: readonly { readonly taskId: string; readonly answerContent: object }[]): readonly string[] {
  return answers.map(
    ({ taskId, answerContent }) => `${taskId} ${/"label":"(\w+)"/u.exec(JSON.stringify(answerContent))?.[1]}`,
  );
}
