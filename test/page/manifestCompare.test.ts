import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import type { JsonObject } from '../../src/core/json.js';
import type { ManifestEditor } from '../../src/protocol/manifestEditor.js';
import { isAccessible } from '../support/accessibility.js';
import { type ComparedText, comparedWith } from '../support/comparisonHost.js';
import { boxes, failed, picture, single } from '../support/labeledLines.js';
import { manifestHost, type ManifestHost } from '../support/manifestHost.js';
import { type OpenedPage, PageHarness } from '../support/pageHarness.js';
import type { Theme } from '../support/themes.js';

const textOf = (lines: readonly JsonObject[]) => lines.map((line) => `${JSON.stringify(line)}\n`).join('');
const cat = (key: string) => single(picture(`${key}.jpg`), 'cat');
const dog = (key: string) => single(picture(`${key}.jpg`), 'dog');
const box = (key: string, left: number) => boxes(picture(`${key}.jpg`), [{ name: 'cat', box: [left, 0, 60, 60] }]);

const here = textOf([cat('a'), cat('b'), dog('c'), picture('d.jpg'), box('e', 0), cat('f'), cat('f')]);
const there = textOf([cat('a'), dog('b'), failed(picture('c.jpg')), cat('d'), box('e', 50), cat('x'), cat('f')]);

const withThere = (): ComparedText => ({ text: there, isChosen: true, heard: [] });
const files = (page: Page) => page.locator('gt-compare-list .viewport .source-name').allTextContents();

describe('comparing a manifest', () => {
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

  const open = async (
    compared: ComparedText,
    { theme = 'dark', width = 1280, text = here }: { theme?: Theme; width?: number; text?: string } = {},
  ): Promise<{ page: Page; host: ManifestHost }> => {
    const host = await manifestHost(text, { compared });
    opened = await harness.open<ManifestEditor>({ page: 'manifest', handlers: host.handlers, theme, width });
    return { page: opened.page, host };
  };

  it('asks what to compare it with, and shows what has changed once it is told', async () => {
    const compared: ComparedText = { text: there, isChosen: false, heard: [] };
    const { page } = await open(compared);
    await page.getByRole('button', { name: 'Compare', exact: true }).click();
    await page.getByText('Compare this manifest with another one').waitFor();
    await page.getByRole('button', { name: 'Compare With…' }).click();
    assert.deepEqual(compared.heard, ['choose', 'choose']);
    compared.isChosen = true;
    opened?.host.emit('compare.chosen', comparedWith(compared));
    await page.getByRole('button', { name: 'Changed 4', pressed: true }).waitFor();
    await page.locator('gt-compare-list').getByText('e.jpg', { exact: true }).waitFor();
    assert.deepEqual(await files(page), ['b.jpg', 'c.jpg', 'd.jpg', 'e.jpg']);
    await page.getByText('with an overlap (IoU) of at least 0.5').waitFor();
    await page.getByText('1 line here repeats the source of an earlier one').waitFor();
  });

  it('lists what is the same, only here, only there and there twice', async () => {
    const { page } = await open(withThere());
    const cases = [
      { name: 'Same 2', listed: ['a.jpg', 'f.jpg'] },
      { name: 'Only here 1', listed: ['f.jpg'] },
      { name: 'Only there 1', listed: ['x.jpg'] },
      { name: 'Duplicates 1', listed: ['f.jpg', 'f.jpg'] },
    ];
    for (const { name, listed } of cases) {
      await page.getByRole('button', { name }).click();
      await page.locator(`[aria-label="Compared objects"][aria-rowcount="${listed.length + 1}"]`).waitFor();
      assert.deepEqual(await files(page), listed, name);
    }
  });

  it('leads from each cell of the matrix to its objects', async () => {
    const { page } = await open(withThere());
    await page.getByRole('button', { name: '1: “cat” here, “dog” there' }).click();
    await page.getByText('Only “cat” here and “dog” there').waitFor();
    await page.locator('[aria-label="Compared objects"][aria-rowcount="2"]').waitFor();
    assert.deepEqual(await files(page), ['b.jpg']);
    await page.getByTitle('All that is “Failed” there').click();
    await page.getByText('Only “Failed” there').waitFor();
    await page.getByRole('button', { name: 'Show all' }).click();
    await page.getByRole('button', { name: 'All 8', pressed: true }).waitFor();
  });

  it('opens an object by keyboard, and comes back to where it was', async () => {
    const { page } = await open(withThere());
    await page.getByText('e.jpg', { exact: true }).waitFor();
    await page.locator('gt-compare-list .compare-rows').focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByRole('article', { name: 'Object c.jpg' }).waitFor();
    await page.keyboard.press('Escape');
    await page.locator('gt-compare-list .compare-rows:focus').waitFor();
    await page.locator('#compared-1[aria-selected="true"]').waitFor();
  });

  it('shows what is chosen while an object of the comparison before is open', async () => {
    const compared = withThere();
    const { page } = await open(compared);
    await page.getByText('c.jpg', { exact: true }).click();
    await page.getByRole('article', { name: 'Object c.jpg' }).waitFor();
    opened?.host.emit('compare.chosen', comparedWith(compared));
    await page.getByRole('button', { name: 'Changed 4', pressed: true }).waitFor();
    await page.locator('gt-compare-list').getByText('e.jpg', { exact: true }).waitFor();
    assert.equal(await page.getByRole('article').count(), 0);
  });

  it('shows what is chosen while an object of the rows is open', async () => {
    const compared: ComparedText = { text: there, isChosen: false, heard: [] };
    const { page } = await open(compared);
    await page.getByText('c.jpg', { exact: true }).click();
    await page.getByRole('article', { name: 'Object c.jpg' }).waitFor();
    compared.isChosen = true;
    opened?.host.emit('compare.chosen', comparedWith(compared));
    await page.getByRole('button', { name: 'Changed 4', pressed: true }).waitFor();
    assert.equal(await page.getByRole('article').count(), 0);
  });

  it('goes from object to object of its list, and comes back to the one that was seen last', async () => {
    const { page } = await open(withThere());
    await page.getByText('b.jpg', { exact: true }).click();
    await page.getByRole('article', { name: 'Object b.jpg' }).waitFor();
    await page.getByText('1 of 4 changed').waitFor();
    assert.ok(await page.getByRole('button', { name: 'Previous' }).isDisabled());
    for (const name of ['c.jpg', 'd.jpg', 'e.jpg']) {
      await page.keyboard.press('ArrowRight');
      await page.getByRole('article', { name: `Object ${name}` }).waitFor();
    }
    assert.ok(await page.getByRole('button', { name: 'Next' }).isDisabled());
    await page.keyboard.press('ArrowLeft');
    await page.getByRole('article', { name: 'Object d.jpg' }).waitFor();
    await page.getByRole('button', { name: 'Back to the comparison' }).click();
    await page.locator('gt-compare-list .compare-rows:focus').waitFor();
    await page.locator('#compared-2[aria-selected="true"]').waitFor();
    assert.deepEqual(await files(page), ['b.jpg', 'c.jpg', 'd.jpg', 'e.jpg']);
  });

  it('goes through those that are here only, and leaves the rows as they were arranged', async () => {
    const { page } = await open(withThere());
    await page.getByRole('button', { name: 'Duplicates 1' }).click();
    await page.locator('#compared-0').click();
    await page.getByText('1 of 2 duplicates').waitFor();
    await page.getByRole('button', { name: 'All 8' }).waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: 'Compare', exact: true }).click();
    await page.getByRole('button', { name: 'All 8' }).click();
    await page.locator('#compared-6').click();
    await page.getByText('7 of 7 compared').waitFor();
    assert.ok(await page.getByRole('button', { name: 'Next' }).isDisabled());
  });

  it('is in the same place again after a reload', async () => {
    const { page } = await open(withThere());
    await page.getByRole('button', { name: 'All 8' }).click();
    await page.locator('#compared-2').click();
    await page.getByText('3 of 7 compared').waitFor();
    await page.reload();
    await page.getByText('3 of 7 compared').waitFor();
    await page.keyboard.press('ArrowRight');
    await page.getByRole('article', { name: 'Object d.jpg' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'All 8', pressed: true }).waitFor();
    await page.locator('#compared-3[aria-selected="true"]').waitFor();
  });

  it('shows the rows where the comparison ended meanwhile', async () => {
    const compared = withThere();
    const { page } = await open(compared);
    await page.getByText('b.jpg', { exact: true }).click();
    await page.getByText('1 of 4 changed').waitFor();
    compared.isChosen = false;
    await page.reload();
    await page.getByRole('row', { name: /^1 a\.jpg/u }).waitFor();
  });

  it('says that an object is another one since it was compared', async () => {
    const { page, host } = await open(withThere());
    await page.getByText('b.jpg', { exact: true }).click();
    await page.getByText('1 of 4 changed').waitFor();
    await host.replace(textOf([cat('z'), cat('y'), dog('c')]));
    opened?.host.emit('manifest.changed', { progress: { kind: 'complete' } });
    await page.getByText('This manifest has changed since it was compared.').waitFor();
    await page.getByRole('button', { name: 'Back to the comparison' }).click();
    await page.getByText('This manifest has changed since.').waitFor();
  });

  it('takes decisions of a review back to their place in the list', async () => {
    const { page, host } = await open(withThere());
    await page.getByText('c.jpg', { exact: true }).click();
    await page.getByText('2 of 4 changed').waitFor();
    await page.getByRole('button', { name: 'Review' }).click();
    host.onReview = (decided) =>
      opened?.host.emit('review.changed', {
        decided,
        state: { attribute: 'lan', canUndo: host.review.canUndo, lost: 0 },
      });
    await page.locator('.detail').focus();
    await page.keyboard.press('a');
    await page.getByText('3 of 4 changed').waitFor();
    assert.deepEqual(
      host.review.decided.map(({ line }) => line),
      [2],
    );
    await page.keyboard.press('Control+z');
    await page.getByText('2 of 4 changed').waitFor();
  });

  it('shows the line of what is only there, and opens the other manifest', async () => {
    const compared = withThere();
    const { page } = await open(compared);
    await page.getByRole('button', { name: 'Only there' }).click();
    await page.getByText('x.jpg', { exact: true }).click();
    await page.getByRole('button', { name: 'earlier.manifest' }).click();
    await page.getByRole('button', { name: 'Swap here and there' }).click();
    await page.getByRole('button', { name: 'End the comparison' }).click();
    await page.getByText('Compare this manifest with another one').waitFor();
    assert.deepEqual(compared.heard, ['open 5', 'open all', 'swap', 'close']);
  });

  it('tells which list commands work with, until the rows are shown again', async () => {
    const compared = withThere();
    const { page } = await open(compared);
    await page.locator('gt-compare-list').getByText('e.jpg', { exact: true }).waitFor();
    assert.deepEqual(compared.shown, { status: 'changed' });
    await page.getByRole('button', { name: /^Only here/u }).click();
    await page.getByRole('button', { name: /^Only here/u, pressed: true }).waitFor();
    assert.deepEqual(compared.shown, { status: 'onlyHere' });
    await page.getByRole('button', { name: 'Compare', exact: true }).click();
    await page.getByRole('row', { name: /^1 a\.jpg/u }).waitFor();
    assert.equal(compared.shown, undefined);
  });

  it('compares two label attributes of one manifest, which can be changed and swapped', async () => {
    const text = textOf([twiceLabeled('1.jpg', 'cat', 'dog'), twiceLabeled('2.jpg', 'cat', 'cat')]);
    const attributes = { here: 'second', there: 'first' };
    const { page } = await open({ isChosen: true, heard: [], attributes }, { text });
    await page.getByRole('button', { name: '1: “dog” here, “cat” there' }).waitFor();
    await page.getByRole('button', { name: 'Swap here and there' }).click();
    await page.getByRole('button', { name: '1: “cat” here, “dog” there' }).waitFor();
    await page.getByRole('combobox', { name: 'Label attribute there' }).selectOption('first');
    await page.getByText('100 % of pairs are the same').waitFor();
  });

  it('says what went wrong, and compares again', async () => {
    const compared: ComparedText = { ...withThere(), failure: 'There is no file "/a.manifest" any more.' };
    const { page } = await open(compared);
    await page.getByText('There is no file "/a.manifest" any more.').waitFor();
    delete compared.failure;
    await page.getByRole('button', { name: 'Retry' }).click();
    await page.getByRole('button', { name: 'Changed 4' }).waitFor();
  });

  it('offers to compare again when either manifest has changed', async () => {
    const { page, host } = await open(withThere());
    await page.getByRole('button', { name: 'Changed 4' }).waitFor();
    opened?.host.emit('compare.outdated', undefined);
    await page.getByText('The other manifest has changed since.').waitFor();
    await page.getByRole('button', { name: 'Compare again' }).click();
    await host.replace(textOf([cat('a'), dog('b')]));
    opened?.host.emit('manifest.changed', { progress: { kind: 'complete' } });
    await page.getByText('This manifest has changed since.').waitFor();
    await page.getByRole('button', { name: 'Compare again' }).click();
    await page.getByText('100 % of pairs are the same').waitFor();
  });

  it('says that the other manifest has changed while it was compared', async () => {
    const compared = withThere();
    const host = await manifestHost(here, { compared });
    const { 'compare.run': run } = host.handlers;
    const handlers: typeof host.handlers = {
      ...host.handlers,
      'compare.run': async (attributes, signal) => {
        const result = await run(attributes, signal);
        opened?.host.emit('compare.outdated', undefined);
        return result;
      },
    };
    opened = await harness.open<ManifestEditor>({ page: 'manifest', handlers });
    await opened.page.getByText('The other manifest has changed since.').waitFor();
  });

  it('says that a manifest without labels is compared by its objects alone', async () => {
    const { page } = await open({ text: textOf([picture('a.jpg')]), isChosen: true, heard: [] });
    await page.getByText('No label attribute there: all of its objects count as unlabeled.').waitFor();
  });

  for (const theme of ['dark', 'light', 'highContrast'] as const) {
    for (const width of [1280, 480]) {
      it(`can be used by everybody (${theme}, ${width} pixels)`, async () => {
        const { page } = await open(withThere(), { theme, width });
        await page.getByText('e.jpg', { exact: true }).waitFor();
        const folder = process.env['SCREENSHOTS'];
        if (folder !== undefined) {
          await page.screenshot({ path: `${folder}/compare-${theme}-${width}.png` });
        }
        await isAccessible(page, 'gt-compare-pane');
      });
    }
  }
});

function twiceLabeled(key: string, first: string, second: string): JsonObject {
  return { ...renamed(single(picture(key), first), 'first'), ...renamed(single(picture(key), second), 'second') };
}

function renamed(line: JsonObject, name: string): JsonObject {
  const { lan, 'lan-metadata': metadata, ...rest } = line;
  return { ...rest, [name]: lan, [`${name}-metadata`]: metadata };
}
