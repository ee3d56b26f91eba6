import assert from 'node:assert/strict';
import type { JsonObject } from '../../src/core/json.js';
import type { Picture } from '../../src/protocol/manifestEditor.js';
import { turnedJpeg } from '../support/drawnManifests.js';
import { cell, GalleryPages, until } from '../support/galleryPages.js';
import { inSuite, pictureOf } from '../support/manifestPages.js';
import { picture, single } from '../support/labeledLines.js';
import { classification } from '../support/sampleManifests.js';

const gone = { kind: 'missing', cause: 'notFound', reason: 'There is no object "s3://bucket/gone.jpg".' } as const;
const graded = classification(200, { confidence: (index) => (50 + (index % 46)) / 100 });
const textOf = (lines: readonly JsonObject[]) => lines.map((line) => `${JSON.stringify(line)}\n`).join('');

describe('the thumbnails of the manifest editor', () => {
  const pages = inSuite(new GalleryPages());

  it('say why they are missing, to everybody', async () => {
    const { page } = await pages.open(graded, { picture: (line) => (line === 1 ? gone : pictureOf(pages.jpeg)) });
    await cell(page, /There is no object "s3:\/\/bucket\/gone\.jpg"\..*dog/u).waitFor();
    assert.equal(await page.locator('#cell-1 .placeholder').getAttribute('title'), gone.reason);
    await page.getByRole('slider', { name: 'Size of the pictures' }).fill('64');
    await cell(page, /There is no object/u).waitFor();
  });

  it('call a file damaged that is no picture', async () => {
    const { page, host } = await pages.open(graded, { picture: () => pictureOf(pages.jpeg.slice(0, 40)) });
    await cell(page, /The file is damaged/u)
      .first()
      .waitFor();
    assert.equal(host.thumbnails.size, 0);
  });

  it('are handed back, and there at once the next time', async () => {
    const { page: first, host } = await pages.open(graded);
    await until(first, () => host.thumbnails.size > 20);
    const [small] = host.thumbnails.values();
    assert.equal(small && Buffer.from(small.bytes.subarray(8, 12)).toString(), 'WEBP');
    assert.ok((small?.bytes.length ?? 0) < 10_000);
    assert.deepEqual(small?.shape, { width: 640, height: 480, orientation: 1 });
    await until(first, () => host.asked.pictures === host.thumbnails.size);
    const { pictures, thumbnails } = host.asked;
    const page = await pages.show(host);
    await page.locator('.gallery canvas').nth(10).waitFor();
    await until(page, () => host.asked.thumbnails >= thumbnails + 20);
    assert.ok(host.asked.pictures - pictures < 5, 'the whole ones are not read again');
  });

  it('are upright of pictures that were taken sideways', async () => {
    const { page, host } = await pages.open(graded, { picture: () => pictureOf(turnedJpeg(pages.jpeg)) });
    const canvas = page.locator('.gallery canvas').first();
    await canvas.waitFor();
    assert.deepEqual(await canvas.evaluate(({ width, height }: HTMLCanvasElement) => [width, height]), [120, 160]);
    await until(page, () => host.thumbnails.size > 0);
    const [small] = host.thumbnails.values();
    assert.deepEqual(small?.shape, { width: 640, height: 480, orientation: 6 }, 'as it is stored');
  });

  it('are asked for on screen and the next screen, and no more', async () => {
    const { page, host } = await pages.open(graded);
    await page.locator('.gallery canvas').first().waitFor();
    const shown = await page.getByRole('gridcell').count();
    await until(page, () => host.asked.pictures >= shown);
    assert.ok(host.asked.pictures <= 2 * shown, `${host.asked.pictures} for ${shown}`);
  });

  it('are those of their objects when lines have moved meanwhile', async () => {
    const [cat, dog] = [single(picture('cat.jpg'), 'cat'), single(picture('dog.jpg'), 'dog')];
    const [ofCat, ofDog] = [pages.jpeg, turnedJpeg(pages.jpeg)];
    let isMoved = false;
    const host = await pages.hostOf(textOf([cat, dog]), {
      picture: (line) => pictureOf((line === 0) === isMoved ? ofDog : ofCat),
    });
    const { 'thumbnail.read': read } = host.handlers;
    const move = async () => {
      await host.replace(textOf([dog, cat]));
      isMoved = true;
    };
    let moving: Promise<void> | undefined;
    const page = await pages.show({
      ...host,
      handlers: {
        ...host.handlers,
        // The first requests come to a manifest that has been written anew since their rows were read.
        'thumbnail.read': async (params, signal) => {
          await (moving ??= move());
          return read(params, signal);
        },
      },
    });
    await cell(page, /The manifest has changed since/u).waitFor();
    pages.host.emit('manifest.changed', { progress: { kind: 'complete' } });
    await page.locator('#cell-0', { hasText: 'dog.jpg' }).waitFor();
    await page.locator('#cell-0 canvas[width="120"]').waitFor();
    await page.locator('#cell-1 canvas[width="160"]').waitFor();
  });

  it('are there once the manifest has changed, or they are read again', async () => {
    let isGone = true;
    const found = (): Picture => (isGone ? gone : pictureOf(pages.jpeg));
    const { page, host } = await pages.open(textOf([single(picture('a.jpg'), 'cat')]), { picture: found });
    const missing = cell(page, /There is no object/u);
    await missing.waitFor();
    isGone = false;
    pages.host.emit('manifest.changed', { progress: { kind: 'complete' } });
    await page.locator('#cell-0 canvas').waitFor();
    isGone = true;
    host.thumbnails.clear();
    await page.getByRole('button', { name: 'Read the pictures again' }).click();
    await until(page, () => host.asked.refreshes === 1);
    pages.host.emit('pictures.outdated', undefined);
    await missing.waitFor();
  });

  it('are read again with the picture that is open', async () => {
    let isGone = true;
    const found = (): Picture => (isGone ? gone : pictureOf(pages.jpeg));
    const { page } = await pages.open(textOf([single(picture('a.jpg'), 'cat')]), { picture: found });
    await cell(page, /There is no object/u).click();
    await page.locator('.no-picture').waitFor();
    isGone = false;
    pages.host.emit('pictures.outdated', undefined);
    await page.locator('.detail img').waitFor();
    isGone = true;
    pages.host.emit('pictures.outdated', undefined);
    await page.locator('.no-picture').waitFor();
  });

  it('can be asked for again, and by another connection, where the object is open', async () => {
    const { page, host } = await pages.open(textOf([single(picture('a.jpg'), 'cat')]), { picture: () => gone });
    await cell(page, /There is no object/u).click();
    await page.locator('.no-picture').getByRole('button', { name: 'Read Again' }).press('Enter');
    await until(page, () => host.asked.refreshes === 1);
    await page.locator('.no-picture').getByRole('button', { name: 'Choose Connection…' }).press('Enter');
    await until(page, () => host.asked.connections === 1);
  });

  it('that stand beside the manifest are in no other connection', async () => {
    const line = { ...single(picture('a.jpg'), 'cat'), 'source-ref': 'pictures/a.jpg' };
    const { page } = await pages.open(textOf([line]), { picture: () => gone });
    await cell(page, /There is no object/u).click();
    await page.locator('.no-picture').getByRole('button', { name: 'Read Again' }).waitFor();
    assert.equal(await page.getByRole('button', { name: 'Choose Connection…' }).count(), 0);
  });

  const causes = [
    { cause: 'notFound', icon: 'search-stop' },
    { cause: 'noAccess', icon: 'lock' },
    { cause: 'notAPicture', icon: 'circle-slash' },
    { cause: 'unreachable', icon: 'debug-disconnect' },
  ] as const;
  it('show why they are missing', async () => {
    const { page } = await pages.open(textOf(causes.map(({ cause }) => single(picture(`${cause}.jpg`), 'cat'))), {
      picture: (line) => ({ ...gone, cause: causes[line]?.cause ?? 'other' }),
    });
    for (const [line, { icon }] of causes.entries()) {
      await page.locator(`#cell-${line} .codicon-${icon}`).waitFor();
    }
  });
});
