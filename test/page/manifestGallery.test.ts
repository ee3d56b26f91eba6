import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import type { RowPage } from '../../src/core/manifest/manifestRows.js';
import { isAccessible } from '../support/accessibility.js';
import { cell, GalleryPages, until } from '../support/galleryPages.js';
import { inSuite, pictureOf } from '../support/manifestPages.js';
import { classification } from '../support/sampleManifests.js';

const gone = { kind: 'missing', cause: 'notFound', reason: 'There is no object "s3://bucket/gone.jpg".' } as const;
const graded = classification(200, {
  confidence: (index) => (50 + (index % 46)) / 100,
  isMachine: (index) => index % 4 === 0,
});

describe('the gallery of the manifest editor', () => {
  const pages = inSuite(new GalleryPages());

  it('is chosen beside the filter, shows the same objects, and leads back to the list', async () => {
    const host = await pages.hostOf(graded);
    host.look = undefined;
    const page = await pages.show(host);
    await page.getByRole('row', { name: /^1 0\.jpg/u }).waitFor();
    await page.getByRole('button', { name: 'Gallery' }).click();
    await cell(page, /0\.jpg/u).waitFor();
    assert.equal(await page.getByRole('button', { name: 'Gallery' }).getAttribute('aria-pressed'), 'true');
    await page.locator('.gallery canvas').first().waitFor();
    await page.getByRole('button', { name: 'List' }).click();
    await page.getByRole('row', { name: /^1 0\.jpg/u }).waitFor();
  });

  it('says of each picture what it is labeled with, how surely, and by whom', async () => {
    const { page } = await pages.open(graded);
    await cell(page, /Machine.*cat.*0\.50.*0\.jpg/u).waitFor();
    const second = cell(page, /dog.*0\.51.*10\.jpg/u);
    assert.match((await second.getAttribute('title')) ?? '', /10\.jpg\ndog\nConfidence 0\.51\nHuman$/u);
    assert.equal(await second.getByLabel('Machine').count(), 0);
  });

  it('shows all of a picture', async () => {
    const { page } = await pages.open(graded);
    const canvas = page.locator('.gallery canvas').first();
    await canvas.waitFor();
    const [fit, width, height] = await canvas.evaluate((element: HTMLCanvasElement) => [
      getComputedStyle(element).objectFit,
      element.width,
      element.height,
    ]);
    assert.deepEqual([fit, width, height], ['contain', 160, 120], 'of 640 × 480');
  });

  it('goes by keys in both directions, opens one large, and comes back to it', async () => {
    const { page } = await pages.open(graded);
    const pictures = page.getByRole('grid', { name: 'Objects' });
    await cell(page, /0\.jpg/u).waitFor();
    await page.locator('[role="grid"]:not([aria-colcount="1"])').waitFor(); // Once its width is known.
    const columns = Number(await pictures.getAttribute('aria-colcount'));
    await pictures.focus();
    await isActive(page, 0);
    await pictures.press('ArrowRight');
    await isActive(page, 1);
    await pictures.press('ArrowDown');
    await isActive(page, columns + 1);
    await pictures.press('ArrowLeft');
    await pictures.press('ArrowUp');
    await isActive(page, 0);
    await pictures.press('End');
    await isActive(page, 199);
    await pictures.press('PageUp');
    await pictures.press('Home');
    await isActive(page, 0);
    await pictures.press('ArrowDown');
    await pictures.press('Enter');
    await page.getByRole('heading', { name: `${columns * 10}.jpg` }).waitFor();
    await page.keyboard.press('Escape');
    await isActive(page, columns);
    assert.ok(await pictures.evaluate((element) => element === document.activeElement));
  });

  it('opens what is clicked', async () => {
    const { page } = await pages.open(graded);
    await cell(page, /\b20\.jpg/u).click();
    await page.getByRole('heading', { name: '20.jpg' }).waitFor();
  });

  it('has the size that a slider and keys give it, and keeps it for the next manifest', async () => {
    const { page, host } = await pages.open(graded);
    const slider = page.getByRole('slider', { name: 'Size of the pictures' });
    await slider.fill('240');
    await page.waitForFunction(() => Number(document.querySelector('[role=grid]')?.ariaColCount) <= 3);
    await page.getByRole('grid', { name: 'Objects' }).press('-');
    assert.equal(await slider.inputValue(), '208');
    await page.getByRole('grid', { name: 'Objects' }).press('+');
    await until(page, () => host.look?.pictureSize === 240);
    const next = await pages.show(host);
    await next.getByRole('slider', { name: 'Size of the pictures' }).waitFor();
    assert.equal(await next.getByRole('slider', { name: 'Size of the pictures' }).inputValue(), '240');
  });

  it('is there again after a reload, whatever was chosen elsewhere since', async () => {
    const { page, host } = await pages.open(graded);
    await page.getByRole('slider', { name: 'Size of the pictures' }).fill('96');
    await until(page, () => host.look?.pictureSize === 96);
    host.look = { view: 'list', pictureSize: 200 };
    await page.reload();
    assert.equal(await page.getByRole('slider', { name: 'Size of the pictures' }).inputValue(), '96');
  });

  it('keeps the object in sight when the size changes and when the list takes its place', async () => {
    const { page } = await pages.open(graded);
    const pictures = page.getByRole('grid', { name: 'Objects' });
    await cell(page, /0\.jpg/u).waitFor();
    await pictures.press('End');
    await isActive(page, 199);
    for (const size of ['64', '320', '144']) {
      await page.getByRole('slider', { name: 'Size of the pictures' }).fill(size);
      await page.locator('#cell-199.active').waitFor();
      await isActive(page, 199);
    }
    await page.getByRole('button', { name: 'List' }).click();
    await page.getByRole('row', { name: /^200 1990\.jpg/u, selected: true }).waitFor();
  });

  it('is sorted and filtered as the list is', async () => {
    const { page } = await pages.open(graded);
    await page.getByLabel('Sort by').selectOption('Confidence');
    await page.locator('#cell-0', { hasText: '0.50' }).waitFor();
    await page.getByRole('button', { name: 'Ascending: turn the order round' }).click();
    await page.locator('#cell-0', { hasText: '0.95' }).waitFor();
    await page.getByLabel('Filter by file or class').fill('1990.jpg');
    await page.getByRole('status').filter({ hasText: '1 of 200 objects' }).waitFor();
    assert.equal(await page.getByRole('gridcell').count(), 1);
    await page.getByRole('button', { name: 'List' }).click();
    await page.getByRole('row', { name: /^200 1990\.jpg/u }).waitFor();
  });

  it('shows how a text begins', async () => {
    const { page } = await pages.open('{"source":"It rained all day, and we stayed in."}\n');
    await cell(page, /It rained all day, and we stayed in\..*Line 1/u).waitFor();
  });

  it('shows what was decided in a review', async () => {
    const host = await pages.hostOf(graded);
    host.review.decide('cats-and-dogs', 0, {
      decision: { verdict: { kind: 'accepted' }, isFlagged: true, comment: '' },
      object: {
        source: 's3://ground-truth-labeling-xy/traindata_cat_dog_images_20/0.jpg',
        occurrence: 0,
        said: '["cat"]',
      },
    });
    const page = await pages.show(host);
    const first = page.locator('#cell-0');
    await first.locator('[title="Accepted"]').waitFor();
    await first.locator('[title="Flagged"]').waitFor();
  });

  it('has a million objects by key, wheel and scrollbar, with only those on screen in the page', async () => {
    const host = await pages.hostOf(graded);
    const handlers = {
      ...host.handlers,
      'rows.read': async ({ first, count }: { first: number; count: number }) => manyRows(first, count),
    };
    const page = await pages.show({ ...host, handlers });
    const pictures = page.getByRole('grid', { name: 'Objects' });
    await cell(page, /\b0\.jpg/u)
      .first()
      .waitFor();
    await pictures.press('End');
    await cell(page, /\b999999\.jpg/u).waitFor();
    await isActive(page, 999_999);
    assert.ok((await page.getByRole('gridcell').count()) < 60);
    await pictures.press('Home');
    await cell(page, /\b0\.jpg/u)
      .first()
      .waitFor();
    await pictures.hover();
    await page.mouse.wheel(0, 100_000);
    await page.waitForFunction(() => document.querySelector('#cell-0') === null);
    const track = await page.locator('gt-gallery .scrollbar').boundingBox();
    assert.ok(track);
    await page.mouse.click(track.x + track.width / 2, track.y + track.height - 2);
    await cell(page, /\b999999\.jpg/u).waitFor();
  });

  for (const theme of ['dark', 'light', 'highContrast'] as const) {
    it(`is accessible in the theme "${theme}", wide and narrow`, async () => {
      for (const width of [1280, 480]) {
        const { page } = await pages.open(graded, {
          theme,
          width,
          picture: (line) => (line === 2 ? gone : pictureOf(pages.jpeg)),
        });
        await cell(page, /There is no object/u).waitFor();
        await page.locator('.gallery canvas').first().waitFor();
        await isAccessible(page);
      }
    });
  }
});

async function isActive(page: Page, place: number): Promise<void> {
  await page.locator(`[aria-activedescendant="cell-${place}"]`).waitFor();
  await page.locator(`#cell-${place}[aria-selected="true"]`).waitFor();
}

function manyRows(first: number, count: number): RowPage {
  return {
    total: 1_000_000,
    rows: Array.from({ length: count }, (_, index) => ({
      line: first + index,
      source: { kind: 'object', value: `s3://b/${first + index}.jpg` },
    })),
  };
}
