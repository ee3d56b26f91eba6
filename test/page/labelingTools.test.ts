import assert from 'node:assert/strict';
import { currentTask, labJob, openLabeling, progressIs, sitDown, taskHasKeyboard } from '../support/labelingPages.js';
import { PageHarness } from '../support/pageHarness.js';

describe("the labeling page's tools", () => {
  let harness: PageHarness;
  before(async () => {
    harness = await PageHarness.start();
  });
  after(() => harness.dispose());

  async function atTask(template?: string) {
    const { job, objects } = await labJob(2);
    const lab = await sitDown({ job: { ...job, ...(template !== undefined && { template }) }, objects });
    const opened = await openLabeling(harness, lab);
    await currentTask(opened.page).locator('crowd-form').waitFor();
    return { ...lab, ...opened };
  }

  it('look different from each other, and say their keys', async () => {
    const { page, close } = await atTask();
    const buttons = await page.getByRole('toolbar', { name: 'Task' }).getByRole('button').all();
    const icons = await Promise.all(
      buttons.map((button) =>
        button.evaluate((element) => {
          const icon = element.querySelector('.codicon');
          return icon ? getComputedStyle(icon, '::before').content : '';
        }),
      ),
    );
    assert.equal(new Set(icons).size, 4);
    const hints = await Promise.all(buttons.map((button) => button.getAttribute('title')));
    assert.deepEqual(
      hints.map((hint) => /\(.*\)$/u.exec(hint ?? '')?.[0]),
      ['(Ctrl+Z)', '(Alt+D)', '(Alt+L)', '(Alt+P)'],
    );
    await page.keyboard.press('?');
    const help = await currentTask(page).getByRole('dialog', { name: 'Shortcuts' }).innerText();
    for (const text of ['Decline the task', 'Release the task', 'Stop working']) {
      assert.ok(help.includes(text), text);
    }
    await close();
  });

  it('are there by keyboard alone, in front of the task and beside it', async () => {
    const { page, portal, close } = await atTask();
    await page.keyboard.press('Alt+d');
    await page.getByRole('dialog', { name: 'Decline this task?' }).waitFor();
    await page.keyboard.press('Enter');
    await progressIs(page, '1 of 2');
    assert.equal(portal.states[0], 'declined');
    await currentTask(page).locator('.stage img').waitFor();
    await taskHasKeyboard(page); // Else the task would take it from the button.
    await page.getByRole('button', { name: 'Stop working' }).focus();
    await page.keyboard.press('Alt+l');
    await page.getByRole('dialog', { name: 'Release this task?' }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByText('The task went back to the pool').waitFor();
    await page.getByRole('button', { name: 'Start working' }).click();
    await currentTask(page).locator('.stage img').waitFor();
    // The frame that takes this key goes with it, and then nobody may say that the key was taken.
    void page.keyboard.press('Alt+p').catch(() => undefined);
    await page.getByText('You stopped working').waitFor();
    await close();
  });

  it('ask before they stop where something is picked that would be lost', async () => {
    const { page, portal, close } = await atTask();
    await page.keyboard.press('2');
    await currentTask(page).getByRole('radio', { name: 'dog', checked: true }).waitFor();
    await page.keyboard.press('Alt+p');
    await page.getByRole('dialog', { name: 'Stop working?' }).waitFor();
    await page.keyboard.press('Escape');
    await taskHasKeyboard(page);
    await page.keyboard.press('Enter');
    await progressIs(page, '1 of 2');
    assert.equal(portal.answers.length, 1);
    await close();
  });

  it('have their keys also while a worker writes, and leave those to a template that has a use for them', async () => {
    const { page, close } = await atTask(`<crowd-form><crowd-text-area name="why"></crowd-text-area>
      <input type="hidden" name="seen" value="">
      <script>document.addEventListener('keydown', (event) => {
        if (event.altKey && event.key === 'd') {
          event.preventDefault();
          document.querySelector('[name=seen]').value = 'd';
        }
      });</script></crowd-form>`);
    const text = currentTask(page).getByRole('textbox');
    await text.pressSequentially('Dll');
    await text.press('Alt+d');
    assert.equal(await currentTask(page).locator('[name=seen]').inputValue(), 'd');
    assert.equal(await page.locator('dialog[open]').count(), 0);
    await text.press('Alt+l');
    await page.getByRole('dialog', { name: 'Release this task?' }).waitFor();
    assert.equal(await text.inputValue(), 'Dll');
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
});
