import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import type { Handlers } from '../../src/protocol/channel.js';
import type { ManifestEditor } from '../../src/protocol/manifestEditor.js';
import { type ManifestHost, manifestHost, type ManifestHostOptions } from '../support/manifestHost.js';
import { inSuite, ManifestPages, type PageOptions } from '../support/manifestPages.js';
import { classification, labSample } from '../support/sampleManifests.js';

describe('manifest editor', () => {
  const pages = inSuite(new ManifestPages());

  const open = async (
    text: string,
    options: ManifestHostOptions & PageOptions = {},
  ): Promise<{ page: Page; host: ManifestHost }> => {
    const host = await manifestHost(text, options);
    return { page: await pages.show(host, options), host };
  };
  const graded = classification(200, {
    confidence: (index) => (50 + (index % 46)) / 100,
    isMachine: (index) => index % 4 === 0,
  });

  it('shows how many objects there are of each class, and all rows', async () => {
    const { page } = await open(classification(20, { confidence: () => 0 }));
    await page.getByRole('button', { name: /^dog 11 55 %/u }).waitFor();
    await page.getByRole('button', { name: /^cat 9 45 %/u }).waitFor();
    assert.equal(await page.getByRole('grid').getAttribute('aria-rowcount'), '21');
    await page.getByText('20 objects · 20 labeled').waitFor();
    await page.getByRole('row', { name: /^1 0\.jpg/u }).waitFor();
  });

  it('calls the confidence of one worker not computed, and draws no histogram of it', async () => {
    const { page } = await open(classification(20, { confidence: () => 0 }));
    await page.getByText('Confidence: not computed (one worker).').waitFor();
    await page
      .getByRole('row', { name: /0\.jpg .* not computed/u })
      .first()
      .waitFor();
    assert.equal(await page.locator('.histogram').count(), 0);
  });

  it('draws the confidences, and says that those of humans and machines cannot be compared', async () => {
    const { page } = await open(graded);
    await page.getByRole('group', { name: /^Confidence of 200 labels from 0\.50 to 0\.95/u }).waitFor();
    await page.getByText('Confidences of humans and of machines cannot be compared.').waitFor();
  });

  it('says of each bin how many labels it has, and filters by it, by keyboard alone', async () => {
    const { page } = await open(graded);
    const bin = page.getByRole('button', { name: '0.50 to 0.55: 25 labels' });
    await bin.focus();
    await bin.press('ArrowRight');
    const next = page.getByRole('button', { name: '0.55 to 0.60: 25 labels' });
    assert.ok(await next.evaluate((element) => element === document.activeElement));
    await next.press('Enter');
    await page.getByRole('button', { name: '0.55 – below 0.60' }).waitFor();
    await page
      .getByRole('status')
      .filter({ hasText: /^25 of 200 objects/u })
      .waitFor();
    assert.equal(await page.getByLabel('Highest confidence').inputValue(), '0.6');
    assert.equal(await page.locator('.bin[tabindex="0"]').count(), 1, 'Tab stops once');
  });

  it('filters by class, state, confidence and text, and says how many match', async () => {
    const { page } = await open(graded);
    const matches = page.getByRole('status');
    await page.getByRole('button', { name: /^cat \d/u }).click();
    await matches.filter({ hasText: /^9\d of 200 objects/u }).waitFor();
    await page.getByRole('button', { name: 'Clear filter' }).click();
    await page.getByRole('button', { name: /^Machine 50/u }).click();
    await matches.filter({ hasText: /^50 of 200 objects/u }).waitFor();
    await page.getByRole('button', { name: /^Machine 50/u }).click();
    await page.getByLabel('Lowest confidence').fill('0.9');
    await page.getByLabel('Lowest confidence').press('Enter');
    await matches.filter({ hasText: /^2\d of 200 objects/u }).waitFor();
    await page.getByRole('button', { name: 'Clear filter' }).click();
    await page.getByLabel('Filter by file or class').fill('1990.jpg');
    await matches.filter({ hasText: /^1 of 200 objects/u }).waitFor();
    await page.getByRole('row', { name: /^200 1990\.jpg/u }).waitFor();
    await page.getByLabel('Filter by file or class').fill('nothing like this');
    await page.getByText('No object matches.').waitFor();
  });

  it('sorts by a column, and back', async () => {
    const { page } = await open(graded);
    const header = page.getByRole('columnheader', { name: 'Confidence' });
    await header.getByRole('button').click();
    await page.locator('[aria-rowindex="2"]', { hasText: '0.50' }).waitFor();
    assert.equal(await header.getAttribute('aria-sort'), 'ascending');
    await header.getByRole('button').click();
    await page.locator('[aria-rowindex="2"]', { hasText: '0.95' }).waitFor();
    assert.equal(await header.getAttribute('aria-sort'), 'descending');
  });

  it('shows one object large by keyboard alone, goes to the next, and comes back to its row', async () => {
    const jpeg = new Uint8Array(await readFile('media/samples/traindata_cat_dog_images_20/0.jpg'));
    const workerId = 'private.us-east-1.47a0115a1f1786e9';
    const answers = [{ workerId, answer: 'cat', classes: ['cat'], timeSpentInSeconds: 10.366 }];
    const { page } = await open(graded, {
      answers,
      picture: () => ({ kind: 'picture', bytes: jpeg, contentType: 'image/jpeg' }),
    });
    const list = page.getByRole('rowgroup', { name: 'Rows' });
    await list.focus();
    await list.press('ArrowDown');
    await list.press('Enter');
    const picture = page.getByRole('img', { name: '10.jpg' });
    await picture.waitFor();
    await page.waitForFunction(() => document.querySelector<HTMLImageElement>('.detail img')?.naturalWidth);
    await page.getByRole('row', { name: 'class-name dog' }).waitFor();
    await page.getByRole('row', { name: '47a0115a1f1786e9 cat 10.4 s' }).waitFor();
    assert.match(await page.getByLabel('The line as JSON').innerText(), /"source-ref": ".*\/10\.jpg"/u);
    await page.keyboard.press('ArrowRight');
    await page.getByRole('heading', { name: '20.jpg' }).waitFor();
    await page.keyboard.press('Escape');
    await page.locator('[role="grid"][aria-activedescendant="row-2"]').waitFor();
    assert.ok(await page.getByRole('grid').evaluate((element) => element === document.activeElement));
  });

  it('draws small pictures, and says why one is missing', async () => {
    const jpeg = new Uint8Array(await readFile('media/samples/traindata_cat_dog_images_20/0.jpg'));
    const { page } = await open(graded, {
      picture: (line) =>
        line === 1
          ? { kind: 'missing', cause: 'notFound', reason: 'There is no object "s3://b/10.jpg".' }
          : line === 2
            ? { kind: 'picture', bytes: jpeg.subarray(0, 100), contentType: 'image/jpeg' }
            : { kind: 'picture', bytes: jpeg, contentType: 'image/jpeg' },
    });
    await page.locator('#row-0 canvas').waitFor();
    const colours = await page.locator('#row-0 canvas').evaluate((canvas) => {
      const pixels = (canvas as HTMLCanvasElement).getContext('2d')?.getImageData(0, 0, 64, 64).data ?? [];
      return new Set(pixels).size;
    });
    assert.ok(colours > 10, 'the canvas is not empty');
    await page.getByTitle('There is no object "s3://b/10.jpg".').waitFor();
    await page
      .locator('#row-2')
      .getByTitle(/damaged/u)
      .waitFor();
  });

  it("reads the lab's sample, and lists what Ground Truth would not take", async () => {
    const { page, host } = await open(labSample);
    await page.getByText('2 objects · 2 labeled · 25 lines').waitFor();
    await page.getByRole('button', { name: '3 line problems' }).click();
    await page.getByRole('button', { name: /Line 1 The object goes on to line 12/u }).waitFor();
    await page.getByRole('button', { name: 'Check Manifest' }).click();
    assert.equal(host.asked.checks, 1);
    await page.getByRole('button', { name: /Line 25 Not JSON/u }).click();
    assert.deepEqual(host.openedAsText, [24]);
  });

  it('offers what can be done with the rows, and tells which are shown', async () => {
    const { page, host } = await open(graded);
    await page.getByRole('button', { name: /^cat \d/u }).click();
    await page.getByRole('button', { name: 'Use…' }).click();
    assert.equal(host.asked.actions, 1);
    assert.deepEqual(host.shown?.filter.classes, ['cat']);
    assert.equal(host.shown?.attribute, 'cats-and-dogs');
  });

  it('opens the manifest as text', async () => {
    const { page, host } = await open(graded);
    await page.getByRole('button', { name: 'Open as Text' }).click();
    assert.deepEqual(host.openedAsText, [undefined]);
  });

  it('follows a job that goes on labeling', async () => {
    const { page, host } = await open(classification(3, { confidence: () => 0.9 }));
    await page.getByText('3 objects · 3 labeled').waitFor();
    await host.replace(classification(9, { confidence: () => 0.9 }));
    pages.host.emit('manifest.changed', { progress: { kind: 'complete' } });
    await page.getByText('9 objects · 9 labeled').waitFor();
    await page.getByRole('row', { name: /^9 80\.jpg/u }).waitFor();
  });

  it('says why rows cannot be read, asks once, and again when told to', async () => {
    const host = await manifestHost(graded);
    host.rowsFailure = 'The bucket "b" cannot be reached.';
    const page = await pages.show(host);
    const alert = page.getByRole('alert').filter({ hasText: 'The bucket "b" cannot be reached.' });
    await alert.waitFor();
    assert.equal(await page.getByText('No object matches.').count(), 0);
    await page.getByRole('rowgroup', { name: 'Rows' }).hover();
    await page.mouse.wheel(0, 40); // It is drawn again, and again wants its rows.
    await page.evaluate(() => new Promise((drawn) => void requestAnimationFrame(() => requestAnimationFrame(drawn))));
    assert.equal(host.asked.rows, 1);
    host.rowsFailure = undefined;
    await alert.getByRole('button', { name: 'Retry' }).click();
    await page.getByRole('row', { name: /^1 0\.jpg/u }).waitFor();
    assert.equal(await alert.count(), 0);
  });

  it('shows how far reading is', async () => {
    const { page } = await open(graded, { progress: { kind: 'scanning', scannedBytes: 250, totalBytes: 1_000 } });
    assert.equal(await page.getByRole('progressbar').getAttribute('aria-valuenow'), '25');
  });

  it('says what a manifest is when it is empty, or has no labels yet', async () => {
    const { page, host } = await open('');
    await page.getByText('This manifest is empty.').waitFor();
    await host.replace('{"source":"It was the best of times"}\n');
    pages.host.emit('manifest.changed', { progress: { kind: 'complete' } });
    await page.getByText(/No labels yet\./u).waitFor();
    await page.getByRole('row', { name: /It was the best of times/u }).waitFor();
  });

  it('says why a manifest cannot be read, and reads it again when told to', async () => {
    const { page, host } = await open('', { progress: { kind: 'failed', message: 'There is no object "s3://b/k".' } });
    const alert = page.getByRole('alert').filter({ hasText: 'There is no object "s3://b/k".' });
    await alert.getByRole('button', { name: 'Retry' }).click();
    await page.waitForFunction(() => true); // One way to the page and back: the host has been asked by then.
    assert.equal(host.asked.rescans, 1);
  });

  it('asks again for what the host could not say at first', async () => {
    const host = await manifestHost(graded);
    const { 'manifest.read': read } = host.handlers;
    let isAsked = false;
    const handlers: Handlers<ManifestEditor> = {
      ...host.handlers,
      'manifest.read': async (params, signal) => {
        if (!isAsked) {
          isAsked = true;
          throw new Error('The thread has ended.');
        }
        return read(params, signal);
      },
    };
    const page = await pages.show({ handlers });
    await page.getByRole('alert').filter({ hasText: 'The thread has ended.' }).getByRole('button').click();
    await page.getByRole('row', { name: /^1 0\.jpg/u }).waitFor();
  });

  it('clears the text of the filter by Escape', async () => {
    const { page } = await open(graded);
    const field = page.getByLabel('Filter by file or class');
    await field.fill('1990.jpg');
    const matches = page.getByRole('status');
    await matches.filter({ hasText: /^1 of 200 objects/u }).waitFor();
    await field.press('Escape');
    await matches.filter({ hasText: /^200 objects/u }).waitFor();
    assert.equal(await field.inputValue(), '');
  });

  it('keeps filter and opened object over a reload', async () => {
    const { page } = await open(graded);
    await page.getByRole('button', { name: /^Machine 50/u }).click();
    await page.getByRole('row', { name: /^1 0\.jpg/u }).click();
    await page.getByRole('heading', { name: '0.jpg' }).waitFor();
    await page.reload();
    await page.getByRole('heading', { name: '0.jpg' }).waitFor();
    await page.getByText('1 of 50', { exact: true }).waitFor();
  });

  it('gives the picture of an open object more room than what is said of it, beside the side bar of a laptop', async () => {
    const { page } = await open(graded, { width: 925 });
    await page.getByRole('row', { name: /^1 0\.jpg/u }).click();
    const [picture, facts] = await Promise.all([
      page.locator('.detail-picture').boundingBox(),
      page.locator('.detail-facts').boundingBox(),
    ]);
    assert.ok(picture && facts);
    assert.ok(picture.width > facts.width, `${picture.width} is not more than ${facts.width}`);
  });

  it('stays usable where there is little room', async () => {
    const { page } = await open(graded, { width: 400 });
    await page
      .getByRole('row', { name: /0\.jpg/u })
      .first()
      .waitFor();
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 400);
    await page.getByRole('button', { name: 'Overview' }).click();
    await page.getByRole('button', { name: /^cat \d/u }).click();
    await page.getByRole('button', { name: 'Overview' }).click();
    await page.getByText(/^9\d of 200 objects/u).waitFor();
  });
});
