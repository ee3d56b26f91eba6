import assert from 'node:assert/strict';
import { manifestHost } from '../support/manifestHost.js';
import { inSuite, ManifestPages } from '../support/manifestPages.js';
import { openReview, said, untilDecided } from '../support/reviewPages.js';
import { classification } from '../support/sampleManifests.js';

describe('reviewing a manifest', () => {
  const pages = inSuite(new ManifestPages());

  // Lines 0 to 5 are of a cat, four dogs and a cat; the keys are 1 for a cat and 2 for a dog.
  const manifest = classification(200, { confidence: () => 0.95 });
  const open = (shown = manifest) => openReview(pages, shown);

  it('accepts and changes labels by one key each, however quickly they come', async () => {
    const { page, host } = await open();
    for (const key of ['a', '1', 'Enter', '2', '1']) {
      await page.keyboard.press(key);
    }
    await page.getByText('6 of 200').waitFor();
    await page.getByText('5 decisions').waitFor();
    await untilDecided(page, host, ['0 accepted', '1 cat', '2 accepted', '3 accepted', '4 cat']);
  });

  it('shows the key of a class within its button, however VS Code dresses keys', async () => {
    const { page } = await open();
    // From VS Code's own styles for webviews.
    await page.evaluate(async () => {
      const sheet = new CSSStyleSheet();
      await sheet.replace('@layer vscode-default { kbd { border: 1px solid; border-radius: 3px; padding: 1px 3px; } }');
      document.adoptedStyleSheets.push(sheet);
    });
    const chip = page.getByRole('toolbar', { name: 'Review' }).getByRole('button', { name: 'cat' });
    const [whole, key] = await Promise.all([chip.boundingBox(), chip.locator('kbd').boundingBox()]);
    assert.ok(whole && key);
    assert.ok(key.y >= whole.y + 2, `${key.y} is at the upper edge, ${whole.y}`);
    assert.ok(key.y + key.height <= whole.y + whole.height - 2, 'or at the lower one');
  });

  it('begins with the row that keys act on', async () => {
    const page = await pages.show(await manifestHost(manifest));
    await page.getByRole('row', { name: /^1 0\.jpg/u }).waitFor();
    for (let count = 0; count < 3; count += 1) {
      await page.keyboard.press('ArrowDown');
    }
    await page.getByRole('row', { name: /^4 30\.jpg/u, selected: true }).waitFor();
    await page.getByRole('button', { name: 'Review' }).click();
    await page.getByText('4 of 200').waitFor();
  });

  it('takes decisions back one by one, each where it was made, and makes them again', async () => {
    const { page, host } = await open();
    await page.keyboard.press('1');
    await page.keyboard.press('1');
    await page.getByText('3 of 200').waitFor();
    await page.keyboard.press('Control+z');
    await page.getByText('2 of 200').waitFor();
    await untilDecided(page, host, ['0 accepted']);
    await page.keyboard.press('Control+Shift+z');
    await page.getByText('2 decisions').waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('1 decision', { exact: true }).waitFor();
  });

  it('flags and comments, by keyboard alone, and goes on with the keys of the object', async () => {
    const { page, host } = await open();
    await page.keyboard.press('f');
    await page.getByRole('button', { name: 'Flag', pressed: true }).waitFor();
    await page.keyboard.press('c');
    await page.keyboard.type('a fox, 1 of 2');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'a fox, 1 of 2' }).waitFor();
    assert.deepEqual(host.review.decided, [{ line: 0, decision: { isFlagged: true, comment: 'a fox, 1 of 2' } }]);
    await page.keyboard.press('ArrowRight');
    await page.getByText('2 of 200').waitFor();
    await page.keyboard.press('Escape');
    await page
      .getByRole('row', { name: /^1 0\.jpg/u })
      .getByTitle('a fox, 1 of 2')
      .waitFor();
  });

  it('shows in the list what was decided, and asks the host to save', async () => {
    const { page, host } = await open();
    await page.keyboard.press('2');
    await page.keyboard.press('a');
    await page.getByRole('button', { name: 'Save Review As…' }).click();
    assert.equal(host.asked.saves, 1);
    await page.keyboard.press('Escape');
    await page
      .getByRole('row', { name: /^1 0\.jpg/u })
      .getByTitle('Changed')
      .waitFor();
    await page
      .getByRole('row', { name: /^2 10\.jpg/u })
      .getByTitle('Accepted')
      .waitFor();
  });

  it('shows decisions where their objects are now, and counts those whose objects are gone', async () => {
    const { page, replace } = await open();
    await page.keyboard.press('2');
    await page.keyboard.press('1');
    await page.keyboard.press('a');
    await page.getByText('3 decisions').waitFor();
    const [first = '', , ...rest] = manifest.trimEnd().split('\n');
    await replace(`${[...rest, first].join('\n')}\n`);
    await page
      .getByText('3 decisions, of which 1 is of an object that is not in the manifest any more, or labeled anew')
      .waitFor();
    await page.keyboard.press('Escape');
    const marked = page.getByRole('row').filter({ has: page.locator('.decision') });
    await page
      .getByRole('row', { name: /^1 20\.jpg/u })
      .getByTitle('Accepted')
      .waitFor();
    assert.equal(await marked.count(), 1); // The other one is at the end, out of sight.
  });

  it('decides by keys after a click on a button, which stays one for the keyboard', async () => {
    const { page, host } = await open();
    const button = (name: string) => page.getByRole('button', { name: new RegExp(`^\\P{L}*${name}$`, 'u') }); // Behind an icon.
    const switchOn = button('Review');
    await switchOn.click();
    await button('Accept').waitFor({ state: 'detached' });
    await switchOn.click();
    await page.keyboard.press('1');
    await page.getByText('2 of 200').waitFor();
    await button('Next').click();
    await page.getByText('3 of 200').waitFor();
    await page.keyboard.press('Enter');
    await page.getByText('4 of 200').waitFor();
    await button('Flag').click();
    await page.getByRole('button', { name: 'Flag', pressed: true }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByText('5 of 200').waitFor();
    await button('Comment').click();
    await page.keyboard.type('dim');
    await page.keyboard.press('Enter');
    await button('dim').waitFor();
    const decisions = host.review.decided.map(
      ({ line, decision }) => `${line} ${said(decision)} ${decision?.isFlagged}`,
    );
    assert.deepEqual(decisions, ['0 accepted false', '2 accepted false', '3 accepted true', '4 - false']);
    await button('Flag').focus();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Flag', pressed: true }).waitFor();
    await page.keyboard.press(' ');
    await page.getByRole('button', { name: 'Flag', pressed: false }).waitFor();
    assert.ok(await button('Flag').evaluate((element) => element === document.activeElement));
    await page.getByText('5 of 200').waitFor();
  });

  it('goes on after the window was reloaded, and takes back what was decided before', async () => {
    const { page, host } = await open();
    await page.keyboard.press('1');
    await page.keyboard.press('1');
    await page.getByText('2 decisions').waitFor();
    await page.reload();
    await page.getByText('3 of 200').waitFor();
    await page.keyboard.press('a');
    await page.getByText('4 of 200').waitFor();
    await page.getByText('3 decisions').waitFor();
    for (const left of ['2 decisions', '1 decision', '0 decisions']) {
      await page.getByRole('button', { name: 'Undo' }).click();
      await page.getByText(left, { exact: true }).waitFor();
    }
    await untilDecided(page, host, []);
    await page.getByTitle('There is no decision to undo').waitFor();
  });

  it('shows in the list something of a class and of what it was changed to, however long', async () => {
    const long = 'neither, or not sure about it at all';
    const { page } = await open(classification(6, { confidence: () => 0.9, classes: ['cat', long] }));
    await page.keyboard.press('2'); // A cat is not.
    await page.keyboard.press('1');
    await page.keyboard.press('Escape');
    for (const [line, before, after] of [
      ['1', 'cat', long],
      ['2', long, 'cat'],
    ] as const) {
      const cell = page.getByRole('row', { name: new RegExp(`^${line} `, 'u') }).locator('.cell-class');
      const now = cell.getByTitle(`Changed: ${before} → ${after}`);
      await now.waitFor();
      const places = [cell, cell.getByTitle(before, { exact: true }), now].map((one) => one.boundingBox());
      const [whole, old, changed] = await Promise.all(places);
      assert.ok(whole && old && changed);
      assert.ok(old.width > 18 && changed.width > 30, `${old.width} and ${changed.width} pixels`);
      assert.ok(changed.x + changed.width <= whole.x + whole.width);
      assert.equal(await now.evaluate((element) => getComputedStyle(element).textOverflow), 'ellipsis');
    }
  });

  it('can be saved, discarded and undone in the list, too', async () => {
    const { page, host } = await open();
    for (let count = 0; count < 60; count += 1) {
      await page.keyboard.press('1');
    }
    await page.getByText('60 decisions').waitFor();
    await page.keyboard.press('Escape');
    const bar = page.getByRole('toolbar', { name: 'Review' });
    await bar.getByText('60 decisions').waitFor();
    await page.getByRole('row', { name: /^1 0\.jpg/u }).waitFor({ state: 'detached' });
    await bar.getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('row', { name: /^60 590\.jpg/u, selected: true }).waitFor();
    await bar.getByRole('button', { name: 'Save Review As…' }).click();
    assert.equal(host.asked.saves, 1);
    await bar.getByRole('button', { name: 'Discard the review' }).click();
    await bar.getByText('0 decisions').waitFor();
    await untilDecided(page, host, []);
  });
});
