import assert from 'node:assert/strict';
import { cat, ComparePages, dog, files, textOf, there, withThere } from '../support/comparePages.js';
import { type ComparedText, comparedWith } from '../support/comparisonHost.js';
import { inSuite } from '../support/manifestPages.js';
import { untilDecided } from '../support/reviewPages.js';

describe('an object of a comparison', () => {
  const pages = inSuite(new ComparePages());

  it('is opened by keyboard, and leads back to where it was', async () => {
    const { page } = await pages.open(withThere());
    await page.getByText('e.jpg', { exact: true }).waitFor();
    await page.locator('gt-compare-list .compare-rows').focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByRole('article', { name: 'Object c.jpg' }).waitFor();
    await page.keyboard.press('Escape');
    await page.locator('gt-compare-list .compare-rows:focus').waitFor();
    await page.locator('#compared-1[aria-selected="true"]').waitFor();
  });

  it('makes room for another comparison that is chosen while it is open', async () => {
    const compared = withThere();
    const { page } = await pages.open(compared);
    await page.getByText('c.jpg', { exact: true }).click();
    await page.getByRole('article', { name: 'Object c.jpg' }).waitFor();
    pages.host.emit('compare.chosen', comparedWith(compared));
    await page.getByRole('button', { name: 'Changed 4', pressed: true }).waitFor();
    await page.locator('gt-compare-list').getByText('e.jpg', { exact: true }).waitFor();
    assert.equal(await page.getByRole('article').count(), 0);
  });

  it('is not shown where a comparison is chosen while one of the rows is open', async () => {
    const compared: ComparedText = { text: there, isChosen: false, heard: [] };
    const { page } = await pages.open(compared);
    await page.getByText('c.jpg', { exact: true }).click();
    await page.getByRole('article', { name: 'Object c.jpg' }).waitFor();
    compared.isChosen = true;
    pages.host.emit('compare.chosen', comparedWith(compared));
    await page.getByRole('button', { name: 'Changed 4', pressed: true }).waitFor();
    assert.equal(await page.getByRole('article').count(), 0);
  });

  it('has the neighbours of its list, and leads back to the one that was seen last', async () => {
    const { page } = await pages.open(withThere());
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

  it('has those that are here as its neighbours, and leaves the rows as they were arranged', async () => {
    const { page } = await pages.open(withThere());
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
    const { page } = await pages.open(withThere());
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

  it('gives way to the rows where the comparison ended meanwhile', async () => {
    const compared = withThere();
    const { page } = await pages.open(compared);
    await page.getByText('b.jpg', { exact: true }).click();
    await page.getByText('1 of 4 changed').waitFor();
    compared.isChosen = false;
    await page.reload();
    await page.getByRole('row', { name: /^1 a\.jpg/u }).waitFor();
  });

  it('says where it is another one since it was compared', async () => {
    const { page, host } = await pages.open(withThere());
    await page.getByText('b.jpg', { exact: true }).click();
    await page.getByText('1 of 4 changed').waitFor();
    await host.replace(textOf([cat('z'), cat('y'), dog('c')]));
    pages.host.emit('manifest.changed', { progress: { kind: 'complete' } });
    await page.getByText('This manifest has changed since it was compared.').waitFor();
    await page.getByRole('button', { name: 'Back to the comparison' }).click();
    await page.getByText('This manifest has changed since.').waitFor();
  });

  it('is reviewed in the order of its list, and decisions are taken back there', async () => {
    const { page, host } = await pages.open(withThere());
    await page.getByText('c.jpg', { exact: true }).click();
    await page.getByText('2 of 4 changed').waitFor();
    await page.getByRole('button', { name: 'Review' }).click();
    host.onReview = (decided) =>
      pages.host.emit('review.changed', {
        decided,
        state: { attribute: 'lan', canUndo: host.review.canUndo, lost: 0 },
      });
    await page.locator('.detail').focus();
    await page.keyboard.press('a');
    await page.getByText('3 of 4 changed').waitFor();
    await untilDecided(page, host, ['2 accepted']);
    await page.keyboard.press('Control+z');
    await page.getByText('2 of 4 changed').waitFor();
  });
});
