import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { isAccessible } from '../support/accessibility.js';
import { manifestHost } from '../support/manifestHost.js';
import { inSuite, ManifestPages } from '../support/manifestPages.js';
import { classification } from '../support/sampleManifests.js';

describe('the list of the manifest editor', () => {
  const pages = inSuite(new ManifestPages());

  const open = async (text: string): Promise<Page> => {
    const { handlers } = await manifestHost(text);
    return pages.show({ handlers });
  };

  it('reaches every row of a long list by key and wheel, with only those on screen in the page', async () => {
    const page = await open(classification(30_000, { confidence: () => 0.9 }));
    const list = page.getByRole('grid', { name: 'Objects' });
    await list.focus();
    await list.press('End');
    await page.getByRole('row', { name: /^30,?000 299990\.jpg/u }).waitFor();
    assert.ok((await page.getByRole('row').count()) < 40);
    await list.press('Home');
    await page.getByRole('row', { name: /^1 0\.jpg/u }).waitFor();
    await list.hover();
    await page.mouse.wheel(0, 40 * 1_000);
    await page.getByRole('row', { name: /^1001 /u }).waitFor();
  });

  it('keeps what is typed into the filter, however quickly, while rows of the first letters arrive', async () => {
    const page = await open(classification(200, { confidence: () => 0.9 }));
    const field = page.getByLabel('Filter by file or class');
    await field.focus();
    const typed = await field.evaluate(async (input: HTMLInputElement) => {
      const bar = input.closest('gt-filter-bar') as Element & {
        requestUpdate: () => void;
        updateComplete: Promise<unknown>;
      };
      const shown: string[] = [];
      for (const letter of '1990.jpg') {
        input.value += letter;
        input.dispatchEvent(new Event('input', { bubbles: true }));
        bar.requestUpdate(); // As the count of rows does that comes meanwhile.
        await bar.updateComplete;
        shown.push(input.value);
      }
      return shown;
    });
    assert.deepEqual(typed, ['1', '19', '199', '1990', '1990.', '1990.j', '1990.jp', '1990.jpg']);
    await page.getByRole('status').filter({ hasText: '1 of 200 objects' }).waitFor();
    await page.getByRole('row', { name: /^200 1990\.jpg/u }).waitFor();
  });

  it('takes the arrow keys that nothing else has the focus for, as where the editor was just opened', async () => {
    const page = await open(classification(10, { confidence: () => 0.9 }));
    const list = page.getByRole('grid', { name: 'Objects' });
    await page.getByRole('row', { name: /^1 0\.jpg/u }).waitFor();
    await page.keyboard.press('ArrowDown');
    assert.equal(await list.getAttribute('aria-activedescendant'), 'row-1');
    await page.keyboard.press('Enter');
    await page.getByText('2 of 10').waitFor();
    await page.locator('.detail').blur();
    await page.keyboard.press('ArrowDown');
    await page.getByText('2 of 10').waitFor();
    assert.equal(await page.evaluate(() => document.activeElement === document.body), true);
  });

  it('turns pages from what is seen, wherever the row is that keys act on', async () => {
    const page = await open(classification(1_000, { confidence: () => 0.9 }));
    const list = page.getByRole('grid', { name: 'Objects' });
    await list.focus();
    await page.mouse.move(700, 500);
    await page.mouse.wheel(0, 40 * 500);
    await page.getByRole('row', { name: /^501 /u }).waitFor();
    await list.press('PageDown');
    await list.press('PageDown');
    await page.getByRole('row', { name: /^530 /u }).waitFor();
    assert.match((await list.getAttribute('aria-activedescendant')) ?? '', /^row-5[23]\d$/u);
  });

  it('shows the row that keys act on in one colour: what is muted could hardly be read on its background', async () => {
    const page = await open(classification(10, { confidence: () => 0 }));
    const colours = await page
      .locator('.viewport .row.active')
      .evaluate((row) =>
        [row, ...row.querySelectorAll('.cell-line, .muted')].map((each) => getComputedStyle(each).color),
      );
    assert.equal(colours.length, 3);
    assert.equal(new Set(colours).size, 1, colours.join('; '));
  });

  it('names the row that keys act on only while it is in the page', async () => {
    const page = await open(classification(1_000, { confidence: () => 0.9 }));
    const list = page.getByRole('grid', { name: 'Objects' });
    await page.getByRole('row', { name: /^1 0\.jpg/u }).waitFor();
    assert.equal(await list.getAttribute('aria-activedescendant'), 'row-0');
    await list.hover();
    await page.mouse.wheel(0, 40 * 500);
    await page.getByRole('row', { name: /^501 /u }).waitFor();
    assert.equal(await list.getAttribute('aria-activedescendant'), null);
  });

  it('sorts by the keys of a column title, and opens nothing by them', async () => {
    const page = await open(classification(20, { confidence: (index) => (50 + index) / 100 }));
    const title = page.getByRole('columnheader', { name: 'Confidence' });
    await title.getByRole('button').press('Enter');
    await page.locator('[aria-rowindex="2"]', { hasText: '0.50' }).waitFor();
    await title.getByRole('button').press('Space');
    await page.locator('[aria-rowindex="2"]', { hasText: '0.69' }).waitFor();
    assert.equal(await page.locator('.detail').count(), 0);
    assert.ok(await title.getByRole('button').evaluate((element) => element === document.activeElement));
  });

  it('says of a range of confidences that cannot be, at its fields, and what is shown all the same', async () => {
    const page = await open(classification(100, { confidence: (index) => index / 100 }));
    const [lowest, highest] = [page.getByLabel('Lowest confidence'), page.getByLabel('Highest confidence')];
    const problem = page.getByRole('alert');
    const shown = page.getByRole('status');
    const type = async (field: typeof lowest, text: string) => {
      await field.fill(text);
      await field.press('Enter');
    };
    await type(lowest, '0.9');
    await shown.filter({ hasText: /^10 of 100 objects/u }).waitFor();
    await type(highest, '0.5');
    await problem
      .filter({ hasText: 'The lowest confidence is above the highest. Still shown: 0.90 – 1.00.' })
      .waitFor();
    assert.deepEqual([await lowest.inputValue(), await highest.inputValue()], ['0.9', '0.5']);
    assert.equal(await highest.getAttribute('aria-invalid'), 'true');
    await shown.filter({ hasText: /^10 of 100 objects/u }).waitFor();
    await type(lowest, '5');
    await problem.filter({ hasText: 'A confidence is a number from 0 to 1. Still shown: 0.90 – 1.00.' }).waitFor();
    assert.deepEqual(
      [await lowest.getAttribute('aria-invalid'), await highest.getAttribute('aria-invalid')],
      ['true', 'false'],
    );
    await isAccessible(page, 'gt-filter-bar');
    await type(lowest, '0.4');
    await shown.filter({ hasText: /^11 of 100 objects/u }).waitFor();
    assert.equal(await problem.count(), 0);
    await type(highest, '-1');
    await problem.waitFor();
    await page.getByRole('button', { name: 'Clear filter' }).click();
    await shown.filter({ hasText: /^100 objects/u }).waitFor();
    assert.equal(await problem.count(), 0);
    assert.deepEqual([await lowest.inputValue(), await highest.inputValue()], ['', '']);
  });

  it('says of a picture that it is no manifest, and opens it as text', async () => {
    const { handlers, openedAsText } = await manifestHost('\u00ff\u00d8\u00ff\u00e0 JFIF\n\u0001 not {"a": \n');
    const page = await pages.show({ handlers });
    await page.getByRole('status').filter({ hasText: 'This is no manifest.' }).waitFor();
    assert.equal(await page.getByText('No labels yet').count(), 0);
    assert.equal(await page.getByText('No object matches').count(), 0);
    await isAccessible(page);
    await page.getByRole('main').getByRole('button', { name: 'Open as Text' }).click();
    assert.deepEqual(openedAsText, [undefined]);
    await page.getByRole('button', { name: 'Show what is wrong with its lines' }).click();
    await page.getByRole('button', { name: /Line 1 Not JSON/u }).waitFor();
    assert.equal(await page.getByText('No labels yet').count(), 0);
  });
});
