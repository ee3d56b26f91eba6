import assert from 'node:assert/strict';
import type { FrameLocator, Page } from 'playwright-core';
import { currentTask, labJob, openLabeling, progressIs, sitDown } from '../support/labelingPages.js';
import { PageHarness } from '../support/pageHarness.js';

/** A form of the template's own; what its script hears and how often it runs is written into the page. */
const template = `
<crowd-form>
  <label>City <input name="city" value="Rome"></label>
  <label>Remark <input id="remark"></label>
  <label>Alias <input name="alias"></label>
  <label>Other alias <input name="alias"></label>
  <label>Notes <textarea name="notes"></textarea></label>
  <label>Size <select name="size"><option>small</option><option>large</option></select></label>
  <label>Colours <select name="colours" multiple><option>red</option><option>green</option><option>blue</option></select></label>
  <label><input type="checkbox" name="sure"> Sure</label>
  <label><input type="checkbox" name="parts" value="head" checked> Head</label>
  <label><input type="checkbox" name="parts" value="tail"> Tail</label>
  <label><input type="radio" name="mood" value="happy"> Happy</label>
  <label><input type="radio" name="mood" value="sad"> Sad</label>
  <label>Secret <input type="password" name="secret"></label>
  <label>File <input type="file" name="file"></label>
  <input type="hidden" name="steps" value="0">
  <button type="button" id="step">Step</button>
  <crowd-input name="who" label="Who?" value="Ana"></crowd-input>
  <crowd-input name="pin" label="Pin" type="password"></crowd-input>
  <crowd-text-area name="why" label="Why?"></crowd-text-area>
  <output id="heard"></output>
  <script>
    const heard = { runs: 0, events: 0 };
    const tell = () => { document.querySelector('#heard').textContent = heard.runs + ' runs, ' + heard.events + ' events'; };
    heard.runs += 1;
    for (const type of ['input', 'change']) {
      document.addEventListener(type, () => { heard.events += 1; tell(); });
    }
    document.querySelector('#step').addEventListener('click', () => {
      const steps = document.querySelector('[name=steps]');
      steps.value = Number(steps.value) + 1;
    });
    document.addEventListener('all-crowd-elements-ready', () => {
      document.querySelector('crowd-form form').insertAdjacentHTML('beforeend', '<label>Late <input name="late"></label>');
    });
    tell();
  </script>
</crowd-form>`;

const filledIn = {
  alias: 'B',
  city: 'Oslo',
  colours: ['red', 'blue'],
  late: 'came later',
  mood: { happy: false, sad: true },
  notes: 'two\nlines',
  parts: { head: false, tail: true },
  size: 'large',
  steps: '1',
  sure: { on: true },
  why: 'Because.',
};

async function fillIn(task: FrameLocator): Promise<void> {
  await task.getByLabel('City').fill('Oslo');
  await task.getByLabel('Remark').fill('unnamed');
  await task.getByLabel('Alias', { exact: true }).fill('A');
  await task.getByLabel('Other alias').fill('B');
  await task.getByLabel('Notes').fill('two\nlines');
  await task.getByLabel('Size').selectOption('large');
  await task.getByLabel('Colours').selectOption(['red', 'blue']);
  await task.getByLabel('Sure').check();
  await task.getByLabel('Head').uncheck();
  await task.getByLabel('Tail').check();
  await task.getByLabel('Sad').check();
  await task.getByLabel('Secret').fill('not to be kept');
  await task.getByLabel('File').setInputFiles({ name: 'a.txt', mimeType: 'text/plain', buffer: Buffer.from('a') });
  await task.getByLabel('Pin').fill('1234');
  await task.getByLabel('Who?').fill('');
  await task.getByLabel('Why?').fill('Because.');
  await task.getByLabel('Late').fill('came later');
  await task.getByRole('button', { name: 'Step' }).click();
}

async function isFilledIn(task: FrameLocator): Promise<void> {
  const expected = { City: 'Oslo', Remark: 'unnamed', 'Other alias': 'B', Secret: '', File: '', Pin: '' };
  await task.getByLabel('Late').waitFor();
  for (const [label, value] of Object.entries(expected)) {
    assert.equal(await task.getByLabel(label).inputValue(), value, label);
  }
  assert.equal(await task.getByLabel('Alias', { exact: true }).inputValue(), 'A');
}

/** Until the page has heard of all that was filled in. */
async function kept(page: Page, text: string): Promise<void> {
  await page.waitForFunction((wanted) => (sessionStorage.getItem('state') ?? '').includes(wanted), text);
}

describe('labeling page, of what is filled in and not sent', () => {
  let harness: PageHarness;
  before(async () => {
    harness = await PageHarness.start();
  });
  after(() => harness.dispose());

  async function atForm(own = template) {
    const { job, objects } = await labJob(2);
    const lab = await sitDown({ job: { ...job, template: own }, objects });
    const opened = await openLabeling(harness, lab);
    await currentTask(opened.page).locator('form').waitFor();
    return { ...lab, ...opened, task: currentTask(opened.page) };
  }

  it("keeps all fields of a template's own over a reload, but no password and no file", async () => {
    const { page, portal, task, close } = await atForm();
    await fillIn(task);
    await kept(page, '"1"');
    const state = await page.evaluate(() => sessionStorage.getItem('state') ?? '');
    assert.doesNotMatch(state, /not to be kept|1234|a\.txt/u);
    await page.reload();
    await isFilledIn(task);
    assert.equal(await task.locator('#heard').innerText(), '1 runs, 0 events');
    await task.getByTestId('crowd-submit').click();
    await progressIs(page, '1 of 2');
    assert.deepEqual(portal.answers, [{ taskId: 'task-0', answerContent: filledIn }]);
    await close();
  });

  it('keeps them while the worker signs in again', async () => {
    const { page, portal, task, close } = await atForm();
    await fillIn(task);
    portal.isSignedOut = true;
    await page.locator('#password').pressSequentially(portal.password);
    await page.keyboard.press('Enter');
    await isFilledIn(task);
    await close();
  });

  it('keeps them while the server is gone, and sends them once it is back', async () => {
    const { page, portal, task, close } = await atForm();
    await fillIn(task);
    portal.isReachable = false;
    await page.getByText('cannot be reached').waitFor();
    await page.reload();
    portal.isReachable = true;
    await isFilledIn(task);
    await close();
  });

  it('keeps what is changed in an answer that was taken back', async () => {
    const { page, task, close } = await atForm();
    await fillIn(task);
    await task.getByTestId('crowd-submit').click();
    await progressIs(page, '1 of 2');
    await page.getByRole('button', { name: 'Undo' }).click();
    await progressIs(page, '0 of 2');
    assert.deepEqual(await task.getByLabel('Colours').evaluate(selected), ['red', 'blue']);
    await task.getByLabel('City').fill('Bergen');
    await kept(page, 'Bergen');
    await page.reload();
    await progressIs(page, '0 of 2');
    await task.getByLabel('Late').waitFor();
    assert.equal(await task.getByLabel('City').inputValue(), 'Bergen');
    assert.equal(await task.getByLabel('Notes').inputValue(), 'two\nlines');
    await close();
  });

  it('forgets them with the answer', async () => {
    const { page, task, close } = await atForm();
    await fillIn(task);
    await kept(page, 'Oslo');
    await task.getByTestId('crowd-submit').click();
    await progressIs(page, '1 of 2');
    assert.equal(await task.getByLabel('City').inputValue(), 'Rome');
    assert.doesNotMatch(await page.evaluate(() => sessionStorage.getItem('state') ?? ''), /Oslo/u);
    await close();
  });

  it('keeps a comment that was written before a class is picked', async () => {
    const { page, task, close } = await atForm(`<crowd-form>
      <crowd-classifier name="sentiment" categories="['good', 'bad']" header="How is it?">
        <classification-target>Well, well.</classification-target>
        <worker-comment>Why?</worker-comment>
      </crowd-classifier>
    </crowd-form>`);
    await task.getByRole('textbox').fill('Hard to say');
    await kept(page, 'Hard to say');
    await page.reload();
    await task.getByRole('radio', { name: 'good' }).waitFor();
    assert.equal(await task.getByRole('textbox').inputValue(), 'Hard to say');
    await close();
  });
});

function selected(element: Element): readonly string[] {
  return element instanceof HTMLSelectElement ? [...element.selectedOptions].map(({ value }) => value) : [];
}
