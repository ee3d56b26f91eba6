import assert from 'node:assert/strict';
import type { JsonObject } from '../../src/core/json.js';
import { boxes, picture, single } from '../support/labeledLines.js';
import { inSuite, ManifestPages } from '../support/manifestPages.js';
import { openReview, untilDecided } from '../support/reviewPages.js';
import { classification } from '../support/sampleManifests.js';

describe('a review', () => {
  const pages = inSuite(new ManifestPages());
  const manifest = classification(200, { confidence: () => 0.95 });
  const open = (shown = manifest) => openReview(pages, shown);

  it('accepts objects with any number of labels as they are', async () => {
    const named = [['dog'], ['dog', 'cat'], []];
    const { page, host } = await open(
      lines(
        named.map((names, at) =>
          boxes(
            picture(`${at}.jpg`),
            names.map((name) => ({ name, box: [1, 2, 3, 4] })),
          ),
        ),
      ),
    );
    await page.keyboard.press('a');
    await page.keyboard.press('Enter');
    await page.getByText('3 of 3').waitFor();
    await page.keyboard.press('1');
    await page.getByText('These labels are not of one class each, so none can be chosen.').waitFor();
    await page.getByRole('button', { name: 'Accept', pressed: false }).click();
    await page.getByRole('button', { name: 'Accept', pressed: true }).waitFor();
    await untilDecided(page, host, ['0 accepted', '1 accepted', '2 accepted']);
    await page.keyboard.press('Escape');
    await page
      .getByRole('row', { name: /^2 1\.jpg/u })
      .getByTitle('Accepted')
      .waitFor();
  });

  it('accepts nothing where there is no label, and says what can be done', async () => {
    const metadata = { 'failure-reason': 'Expired', 'human-annotated': 'true' };
    const { page, host } = await open(
      lines([single(picture('0.jpg'), 'cat'), { ...picture('1.jpg'), 'lan-metadata': metadata }, picture('2.jpg')]),
    );
    await page.keyboard.press('a');
    await page.getByText('2 of 3').waitFor();
    const failed =
      'Labeling this object failed: there is no label to accept. Give the object a class, flag it or comment on it.';
    assert.ok(await page.getByTitle(failed).isDisabled());
    await page.keyboard.press('a');
    await page.getByText(failed).waitFor();
    await page.getByText('2 of 3').waitFor();
    await page.keyboard.press('1');
    await page.getByText('3 of 3').waitFor();
    await page.getByText('2 decisions').waitFor();
    await page.keyboard.press('a');
    await page.getByText(failed.replace(/^.*: t/u, 'T')).waitFor();
    await untilDecided(page, host, ['0 accepted', '1 cat']);
  });

  it('says which label is reviewed where an object has several', async () => {
    const first = single(picture('0.jpg'), 'cat');
    const toolbar = (await open(lines([first]))).page.getByRole('toolbar', { name: 'Review' });
    await toolbar.getByRole('button', { name: 'Accept' }).waitFor();
    assert.equal(await toolbar.getByText('lan', { exact: true }).count(), 0);
    const { lan, 'lan-metadata': metadata } = first;
    const { page } = await open(lines([{ ...first, second: lan ?? 0, 'second-metadata': metadata ?? {} }]));
    await page.getByRole('toolbar', { name: 'Review' }).getByText('second', { exact: true }).waitFor();
  });

  it('decides of no object that came into the place of the one on the page', async () => {
    const { page, host } = await open();
    await host.replace(manifest.trimEnd().split('\n').toReversed().join('\n')); // The page has not heard of it yet.
    await page.keyboard.press('a');
    await page.getByText('This line is another object now.').waitFor();
    await page.getByText('1 of 200').waitFor();
    await untilDecided(page, host, []);
  });

  it('says why a decision was not taken', async () => {
    const { page, host } = await open();
    host.review.decide('another', 7, {
      decision: { isFlagged: true, comment: '' },
      object: { source: '', occurrence: 0, said: '' },
    });
    await page.keyboard.press('1');
    await page.getByText('This review is of "another", not of "cats-and-dogs".').waitFor();
    await page.getByText('1 of 200').waitFor();
  });
});

function lines(objects: readonly JsonObject[]): string {
  return objects.map((object) => `${JSON.stringify(object)}\n`).join('');
}
