import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import type { ManifestEditor } from '../../src/protocol/manifestEditor.js';
import { manifestHost } from '../support/manifestHost.js';
import { type OpenedPage, PageHarness } from '../support/pageHarness.js';
import { classification } from '../support/sampleManifests.js';

describe('the list of the manifest editor', () => {
  let harness: PageHarness;
  let opened: OpenedPage<ManifestEditor> | undefined;
  before(async () => {
    harness = await PageHarness.start();
  });
  after(() => harness.dispose());
  afterEach(async () => {
    const { problems = [], strayRequests = [] } = opened ?? {};
    await opened?.close();
    opened = undefined;
    assert.deepEqual(problems, []);
    assert.deepEqual(strayRequests, []);
  });

  const open = async (text: string): Promise<Page> => {
    const { handlers } = await manifestHost(text);
    opened = await harness.open<ManifestEditor>({ page: 'manifest', handlers });
    return opened.page;
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
});
