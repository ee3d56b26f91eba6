import assert from 'node:assert/strict';
import type { JsonObject } from '../../src/core/json.js';
import { isAccessible } from '../support/accessibility.js';
import { cat, ComparePages, dog, files, here, textOf, there, withThere } from '../support/comparePages.js';
import { type ComparedText, comparedWith } from '../support/comparisonHost.js';
import { picture, single } from '../support/labeledLines.js';
import { manifestHost } from '../support/manifestHost.js';
import { inSuite } from '../support/manifestPages.js';

describe('comparing a manifest', () => {
  const pages = inSuite(new ComparePages());

  it('asks what to compare it with, and shows what has changed once it is told', async () => {
    const compared: ComparedText = { text: there, isChosen: false, heard: [] };
    const { page } = await pages.open(compared);
    await page.getByRole('button', { name: 'Compare', exact: true }).click();
    await page.getByText('Compare this manifest with another one').waitFor();
    await page.getByRole('button', { name: 'Compare With…' }).click();
    assert.deepEqual(compared.heard, ['choose', 'choose']);
    compared.isChosen = true;
    pages.host.emit('compare.chosen', comparedWith(compared));
    await page.getByRole('button', { name: 'Changed 4', pressed: true }).waitFor();
    await page.locator('gt-compare-list').getByText('e.jpg', { exact: true }).waitFor();
    assert.deepEqual(await files(page), ['b.jpg', 'c.jpg', 'd.jpg', 'e.jpg']);
    await page.getByText('with an overlap (IoU) of at least 0.5').waitFor();
    await page.getByText('1 line here repeats the source of an earlier one').waitFor();
  });

  it('lists what is the same, only here, only there and there twice', async () => {
    const { page } = await pages.open(withThere());
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

  it('is left when the rows are shown again, also for an editor that was out of sight', async () => {
    const { page } = await pages.open(withThere());
    const compare = page.getByRole('button', { name: 'Compare', exact: true });
    await page.getByRole('button', { name: 'Changed 4' }).waitFor();
    await page.reload();
    await page.getByRole('button', { name: 'Changed 4' }).waitFor();
    await compare.click();
    await page.getByRole('grid', { name: 'Objects', exact: true }).waitFor();
    await page.reload();
    await page.getByRole('row', { name: /^1 a\.jpg/u }).waitFor();
    await compare.click();
    await page.getByRole('button', { name: 'Changed 4' }).waitFor();
  });

  it('leads from each cell of the matrix to its objects', async () => {
    const { page } = await pages.open(withThere());
    await page.getByRole('button', { name: '1: “cat” here, “dog” there' }).click();
    await page.getByText('Only “cat” here and “dog” there').waitFor();
    await page.locator('[aria-label="Compared objects"][aria-rowcount="2"]').waitFor();
    assert.deepEqual(await files(page), ['b.jpg']);
    await page.getByTitle('All that is “Failed” there').click();
    await page.getByText('Only “Failed” there').waitFor();
    await page.getByRole('button', { name: 'Show all' }).click();
    await page.getByRole('button', { name: 'All 8', pressed: true }).waitFor();
  });

  it('shows the line of what is only there, and opens the other manifest', async () => {
    const compared = withThere();
    const { page } = await pages.open(compared);
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
    const { page } = await pages.open(compared);
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
    const { page } = await pages.open({ isChosen: true, heard: [], attributes }, { text });
    await page.getByRole('button', { name: '1: “dog” here, “cat” there' }).waitFor();
    await page.getByRole('button', { name: 'Swap here and there' }).click();
    await page.getByRole('button', { name: '1: “cat” here, “dog” there' }).waitFor();
    await page.getByRole('combobox', { name: 'Label attribute there' }).selectOption('first');
    await page.getByText('100 % of pairs are the same').waitFor();
  });

  it('says what went wrong, and compares again', async () => {
    const compared: ComparedText = { ...withThere(), failure: 'There is no file "/a.manifest" any more.' };
    const { page } = await pages.open(compared);
    await page.getByText('There is no file "/a.manifest" any more.').waitFor();
    delete compared.failure;
    await page.getByRole('button', { name: 'Retry' }).click();
    await page.getByRole('button', { name: 'Changed 4' }).waitFor();
  });

  it('offers to compare again when either manifest has changed', async () => {
    const { page, host } = await pages.open(withThere());
    await page.getByRole('button', { name: 'Changed 4' }).waitFor();
    pages.host.emit('compare.outdated', undefined);
    await page.getByText('The other manifest has changed since.').waitFor();
    await page.getByRole('button', { name: 'Compare again' }).click();
    await host.replace(textOf([cat('a'), dog('b')]));
    pages.host.emit('manifest.changed', { progress: { kind: 'complete' } });
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
        pages.host.emit('compare.outdated', undefined);
        return result;
      },
    };
    const page = await pages.show({ handlers });
    await page.getByText('The other manifest has changed since.').waitFor();
  });

  it('says that a manifest without labels is compared by its objects alone', async () => {
    const { page } = await pages.open({ text: textOf([picture('a.jpg')]), isChosen: true, heard: [] });
    await page.getByText('No label attribute there: all of its objects count as unlabeled.').waitFor();
  });

  for (const theme of ['dark', 'light', 'highContrast'] as const) {
    for (const width of [1280, 480, 340]) {
      it(`can be used by everybody (${theme}, ${width} pixels)`, async () => {
        const { page } = await pages.open(withThere(), { theme, width });
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
