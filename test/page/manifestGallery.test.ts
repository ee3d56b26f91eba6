import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import type { RowPage } from '../../src/core/manifest/manifestRows.js';
import type { ManifestEditor, Picture } from '../../src/protocol/manifestEditor.js';
import { isAccessible } from '../support/accessibility.js';
import { pictureOf } from '../support/detailPages.js';
import { type ManifestHost, manifestHost, type ManifestHostOptions } from '../support/manifestHost.js';
import { type OpenedPage, type OpenOptions, PageHarness } from '../support/pageHarness.js';
import { classification } from '../support/sampleManifests.js';

const folder = 'media/samples/traindata_cat_dog_images_20';
const gone: Picture = { kind: 'missing', reason: 'There is no object "s3://bucket/gone.jpg".' };
const graded = classification(200, {
  confidence: (index) => (50 + (index % 46)) / 100,
  isMachine: (index) => index % 4 === 0,
});

describe('the gallery of the manifest editor', () => {
  let harness: PageHarness;
  let jpeg: Uint8Array;
  let opened: OpenedPage<ManifestEditor> | undefined;
  before(async () => {
    harness = await PageHarness.start();
    jpeg = new Uint8Array(await readFile(`${folder}/0.jpg`));
  });
  after(() => harness.dispose());
  afterEach(async () => {
    const { problems = [], strayRequests = [] } = opened ?? {};
    await opened?.close();
    opened = undefined;
    assert.deepEqual(problems, []);
    assert.deepEqual(strayRequests, []);
  });

  const show = async (host: ManifestHost, options: Partial<OpenOptions<ManifestEditor>> = {}): Promise<Page> => {
    await opened?.close();
    opened = await harness.open<ManifestEditor>({ ...options, page: 'manifest', handlers: host.handlers });
    return opened.page;
  };
  const hostOf = async (text: string, options: ManifestHostOptions = {}): Promise<ManifestHost> => {
    const host = await manifestHost(text, { picture: () => pictureOf(jpeg), ...options });
    host.look = { view: 'gallery', pictureSize: 144 };
    return host;
  };
  const open = async (
    text: string,
    options: ManifestHostOptions & Partial<OpenOptions<ManifestEditor>> = {},
  ): Promise<{ page: Page; host: ManifestHost }> => {
    const host = await hostOf(text, options);
    return { host, page: await show(host, options) };
  };

  it('is chosen beside the filter, shows the same objects, and leads back to the list', async () => {
    const host = await hostOf(graded);
    host.look = undefined;
    const page = await show(host);
    await page.getByRole('row', { name: /^1 0\.jpg/u }).waitFor();
    await page.getByRole('button', { name: 'Gallery' }).click();
    await cell(page, /0\.jpg/u).waitFor();
    assert.equal(await page.getByRole('button', { name: 'Gallery' }).getAttribute('aria-pressed'), 'true');
    await page.locator('.gallery canvas').first().waitFor();
    await page.getByRole('button', { name: 'List' }).click();
    await page.getByRole('row', { name: /^1 0\.jpg/u }).waitFor();
  });

  it('says of each picture what it is labeled with, how surely, and by whom', async () => {
    const { page } = await open(graded);
    await cell(page, /Machine.*cat.*0\.50.*0\.jpg/u).waitFor();
    const second = cell(page, /dog.*0\.51.*10\.jpg/u);
    assert.match((await second.getAttribute('title')) ?? '', /10\.jpg\ndog\nConfidence 0\.51\nHuman$/u);
    assert.equal(await second.getByLabel('Machine').count(), 0);
  });

  it('shows all of a picture', async () => {
    const { page } = await open(graded);
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
    const { page } = await open(graded);
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
    const { page } = await open(graded);
    await cell(page, /\b20\.jpg/u).click();
    await page.getByRole('heading', { name: '20.jpg' }).waitFor();
  });

  it('has the size that a slider and keys give it, and keeps it for the next manifest', async () => {
    const { page, host } = await open(graded);
    const slider = page.getByRole('slider', { name: 'Size of the pictures' });
    await slider.fill('240');
    await page.waitForFunction(() => Number(document.querySelector('[role=grid]')?.ariaColCount) <= 3);
    await page.getByRole('grid', { name: 'Objects' }).press('-');
    assert.equal(await slider.inputValue(), '208');
    await page.getByRole('grid', { name: 'Objects' }).press('+');
    await until(page, () => host.look?.pictureSize === 240);
    const next = await show(host);
    await next.getByRole('slider', { name: 'Size of the pictures' }).waitFor();
    assert.equal(await next.getByRole('slider', { name: 'Size of the pictures' }).inputValue(), '240');
  });

  it('is there again after a reload, whatever was chosen elsewhere since', async () => {
    const { page, host } = await open(graded);
    await page.getByRole('slider', { name: 'Size of the pictures' }).fill('96');
    await until(page, () => host.look?.pictureSize === 96);
    host.look = { view: 'list', pictureSize: 200 };
    await page.reload();
    assert.equal(await page.getByRole('slider', { name: 'Size of the pictures' }).inputValue(), '96');
  });

  it('keeps the object in sight when the size changes and when the list takes its place', async () => {
    const { page } = await open(graded);
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
    const { page } = await open(graded);
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

  it('says why a picture is missing, to everybody', async () => {
    const { page } = await open(graded, { picture: (line) => (line === 1 ? gone : pictureOf(jpeg)) });
    await cell(page, /There is no object "s3:\/\/bucket\/gone\.jpg"\..*dog/u).waitFor();
    assert.equal(await page.locator('#cell-1 .placeholder').getAttribute('title'), gone.reason);
    await page.getByRole('slider', { name: 'Size of the pictures' }).fill('64');
    await cell(page, /There is no object/u).waitFor();
  });

  it('calls a file damaged that is no picture', async () => {
    const { page, host } = await open(graded, { picture: () => pictureOf(jpeg.slice(0, 40)) });
    await cell(page, /The file is damaged/u)
      .first()
      .waitFor();
    assert.equal(host.thumbnails.size, 0);
  });

  it('shows how a text begins', async () => {
    const { page } = await open('{"source":"It rained all day, and we stayed in."}\n');
    await cell(page, /It rained all day, and we stayed in\..*Line 1/u).waitFor();
  });

  it('shows what was decided in a review', async () => {
    const host = await hostOf(graded);
    host.review.decide('cats-and-dogs', 0, {
      decision: { className: 'cat', isFlagged: true, comment: '' },
      source: 's3://ground-truth-labeling-xy/traindata_cat_dog_images_20/0.jpg',
    });
    const page = await show(host);
    const first = page.locator('#cell-0');
    await first.locator('[title="Accepted"]').waitFor();
    await first.locator('[title="Flagged"]').waitFor();
  });

  it('hands small pictures back, and opens with them the next time', async () => {
    const { page: first, host } = await open(graded);
    await until(first, () => host.thumbnails.size > 20);
    const [small] = host.thumbnails.values();
    assert.equal(small && Buffer.from(small.subarray(8, 12)).toString(), 'WEBP');
    assert.ok((small?.length ?? 0) < 10_000);
    await until(first, () => host.asked.pictures === host.thumbnails.size);
    const { pictures, thumbnails } = host.asked;
    const page = await show(host);
    await page.locator('.gallery canvas').nth(10).waitFor();
    await until(page, () => host.asked.thumbnails >= thumbnails + 20);
    assert.ok(host.asked.pictures - pictures < 5, 'the whole ones are not read again');
  });

  it('has upright thumbnails of pictures that were taken sideways', async () => {
    const { page } = await open(graded, { picture: () => pictureOf(sideways(jpeg)) });
    const canvas = page.locator('.gallery canvas').first();
    await canvas.waitFor();
    assert.deepEqual(await canvas.evaluate(({ width, height }: HTMLCanvasElement) => [width, height]), [120, 160]);
  });

  it('asks for what is on screen and the next screen, and no more', async () => {
    const { page, host } = await open(graded);
    await page.locator('.gallery canvas').first().waitFor();
    const shown = await page.getByRole('gridcell').count();
    await until(page, () => host.asked.pictures >= shown);
    assert.ok(host.asked.pictures <= 2 * shown, `${host.asked.pictures} for ${shown}`);
  });

  it('has a million objects by key, wheel and scrollbar, with only those on screen in the page', async () => {
    const host = await hostOf(graded);
    const handlers = {
      ...host.handlers,
      'rows.read': async ({ first, count }: { first: number; count: number }) => manyRows(first, count),
    };
    const page = await show({ ...host, handlers });
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
        const { page } = await open(graded, { theme, width, picture: (line) => (line === 2 ? gone : pictureOf(jpeg)) });
        await cell(page, /There is no object/u).waitFor();
        await page.locator('.gallery canvas').first().waitFor();
        await isAccessible(page);
      }
    });
  }
});

function cell(page: Page, name: RegExp) {
  return page.getByRole('gridcell', { name }).first();
}

async function isActive(page: Page, place: number): Promise<void> {
  await page.locator(`[aria-activedescendant="cell-${place}"]`).waitFor();
  await page.locator(`#cell-${place}[aria-selected="true"]`).waitFor();
}

/** Looks with each frame that the page draws. */
async function until(page: Page, isSo: () => boolean): Promise<void> {
  while (!isSo()) {
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
  }
}

/** The picture, turned by a quarter as cameras say it: an Exif segment with orientation 6. */
function sideways(jpeg: Uint8Array): Uint8Array {
  const tiff = [0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0];
  const exif = [0x45, 0x78, 0x69, 0x66, 0, 0, ...tiff];
  return Uint8Array.from([0xff, 0xd8, 0xff, 0xe1, 0, exif.length + 2, ...exif, ...jpeg.subarray(2)]);
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
