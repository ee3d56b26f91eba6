import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import type { JsonObject } from '../../src/core/json.js';
import { isAccessible } from '../support/accessibility.js';
import {
  boxLabel,
  customLabel,
  inlineMaskLabel,
  manifestOf,
  maskLabel,
  maskPng,
  turnedJpeg,
} from '../support/drawnManifests.js';
import { GalleryPages, until } from '../support/galleryPages.js';
import { inSuite, pictureOf } from '../support/manifestPages.js';
import { picture, single } from '../support/labeledLines.js';
import { largestPicture } from '../../webview/manifest/galleryGrid.js';

/** Of 320 × 240 pixels each, which is more than 40 MB. */
const manyMasks = 140;
const strokes = '#cell-0 .overlay .line';
/** In the pixels as they are stored, of 640 × 480. */
const dog = { left: 500, top: 20, width: 120, height: 90 };

describe('shapes over the pictures of the gallery', () => {
  const pages = inSuite(new GalleryPages());

  it('are all shapes of the labels, in the colours of their classes', async () => {
    const { page } = await pages.open(manifestOf(boxLabel()));
    await page.locator(strokes).first().waitFor();
    assert.equal(await page.locator(strokes).count(), 2, 'one path a class');
    const colors = await page
      .locator('#cell-0 .overlay .stroke')
      .evaluateAll((all) => all.map((one) => one.getAttribute('style') ?? (one as SVGElement).style.cssText));
    assert.deepEqual(
      colors.map((style) => style.replace(/;$/u, '')),
      ['--mark: var(--class-0)', '--mark: var(--class-1)'],
    );
  });

  const turns = [
    { name: 'upright', turn: (jpeg: Uint8Array) => jpeg, size: [160, 120] },
    { name: 'taken sideways', turn: turnedJpeg, size: [120, 160] },
  ] as const;
  for (const { name, turn, size } of turns) {
    it(`lie where they were drawn on a picture that was ${name}`, async () => {
      const { page: first } = await pages.open(manifestOf(boxLabel()));
      const marked = Uint8Array.from(await markedJpeg(first));
      const { page } = await pages.open(manifestOf(boxLabel({ annotations: [{ class_id: 1, ...dog }] })), {
        picture: () => pictureOf(turn(marked)),
      });
      await page.locator(strokes).waitFor();
      assert.deepEqual(await canvasSize(page), size);
      isSamePart(await strokedPart(page), await markedPart(page));
    });
  }

  it('count in the size that the label says, whatever the size of the picture', async () => {
    const label: JsonObject = {
      ...boxLabel({ annotations: [{ class_id: 1, left: 0, top: 0, width: 640, height: 480 }] }),
    };
    const { page } = await pages.open(manifestOf(label), { picture: () => pictureOf(pages.jpeg) });
    await page.locator(strokes).waitFor();
    isSamePart(await strokedPart(page), { left: 0, top: 0, right: 1, bottom: 1 });
  });

  it('are polygons, lines and points, too', async () => {
    const { page } = await pages.open(manifestOf(customLabel()));
    await page.locator('#cell-0 .overlay .line.point').waitFor({ state: 'attached' });
    assert.equal(await page.locator(strokes).count(), 3);
  });

  const masked = [
    { name: 'masks', label: maskLabel(), turn: (jpeg: Uint8Array) => jpeg },
    { name: 'masks, turned as their pictures are', label: maskLabel(), turn: turnedJpeg },
    { name: 'masks that a label itself has', label: inlineMaskLabel(), turn: (jpeg: Uint8Array) => jpeg },
  ];
  for (const { name, label, turn } of masked) {
    it(`are ${name}, in their colours`, async () => {
      const { page } = await pages.open(manifestOf(label), {
        picture: () => pictureOf(turn(pages.jpeg)),
        mask: () => pictureOf(maskPng()),
      });
      await page.locator('#cell-0 canvas.mask').waitFor();
      await page.waitForFunction(() => {
        const canvas = document.querySelector<HTMLCanvasElement>('#cell-0 canvas.mask');
        const isSideways = canvas && canvas.height > canvas.width;
        const at = isSideways ? [canvas.width * (1 - 220 / 480), canvas.height / 2] : [(canvas?.width ?? 0) / 2, 55];
        const [red, green, blue, opacity] =
          canvas?.getContext('2d')?.getImageData(at[0] ?? 0, at[1] ?? 0, 1, 1).data ?? [];
        return (
          Math.abs((red ?? 0) - 0x2c) < 4 &&
          Math.abs((green ?? 0) - 0xa0) < 4 &&
          Math.abs((blue ?? 0) - 0x2c) < 4 &&
          (opacity ?? 0) > 80
        );
      });
    });
  }

  it('are all masks of an object, also where together they are more than are kept', async () => {
    const { 'streets-ref': address, 'streets-ref-metadata': metadata } = maskLabel();
    const labels = Array.from({ length: manyMasks }, (_, place) => ({
      [`streets${place}-ref`]: address,
      [`streets${place}-ref-metadata`]: metadata,
    }));
    const host = await pages.hostOf(manifestOf(Object.assign({}, ...labels)), { mask: () => pictureOf(maskPng()) });
    host.look = { view: 'gallery', pictureSize: largestPicture };
    const page = await pages.show(host);
    await page.locator('#cell-0 canvas.mask').waitFor();
    const opacity = await page.locator('#cell-0 canvas.mask').evaluate((canvas: HTMLCanvasElement) =>
      canvas
        .getContext('2d')
        ?.getImageData(canvas.width / 2, (canvas.height * 220) / 480, 1, 1)
        .data.at(3),
    );
    assert.ok(opacity !== undefined && opacity > 250, `one over the other they hide the picture: ${opacity}`);
  });

  it('are switched off and on, by key too, which is remembered', async () => {
    const { page, host } = await pages.open(manifestOf(boxLabel()));
    const toggle = page.getByRole('button', { name: 'Shapes' });
    await page.locator(strokes).first().waitFor();
    assert.equal(await toggle.getAttribute('aria-pressed'), 'true');
    await toggle.click();
    await page.locator('#cell-0 .overlay').waitFor({ state: 'detached' });
    await until(page, () => host.look?.showsShapes === false);
    const next = await pages.show(host);
    await next.locator('#cell-0 canvas').first().waitFor();
    assert.equal(await next.locator('.overlay').count(), 0);
    await next.getByRole('grid', { name: 'Objects' }).press('b');
    await next.locator(strokes).first().waitFor();
    await until(next, () => host.look?.showsShapes === true);
  });

  it('are read only where they are shown', async () => {
    const asked: (boolean | undefined)[] = [];
    const host = await pages.hostOf(manifestOf(boxLabel()));
    const { 'rows.read': read } = host.handlers;
    host.look = { view: 'gallery', pictureSize: 144, showsShapes: false };
    const page = await pages.show({
      ...host,
      handlers: {
        ...host.handlers,
        'rows.read': (params, signal) => {
          asked.push(params.isDrawn);
          return read(params, signal);
        },
      },
    });
    await page.locator('#cell-0 canvas').waitFor();
    await page.getByRole('button', { name: 'Shapes' }).click();
    await page.locator(strokes).first().waitFor();
    await page.getByRole('button', { name: 'List' }).click();
    await page.getByRole('row', { name: /^1 0\.jpg/u }).waitFor();
    assert.equal(asked.filter((isDrawn) => isDrawn === true).length, 1);
  });

  it('have no switch where labels draw nothing', async () => {
    const { page } = await pages.open(`${JSON.stringify(single(picture('a.jpg'), 'cat'))}\n`);
    await page.locator('#cell-0 canvas').waitFor();
    assert.equal(await page.getByRole('button', { name: 'Shapes' }).count(), 0);
  });

  it('stay off that were switched off where the object is large', async () => {
    const { page } = await pages.open(manifestOf(boxLabel()));
    await page.locator(strokes).first().waitFor();
    await page.locator('#cell-0').click();
    await page.locator('.shape-list .class-switch', { hasText: 'cat' }).click();
    await page.keyboard.press('Escape');
    await page.locator('#cell-0').waitFor();
    assert.equal(await page.locator(strokes).count(), 1);
  });

  for (const theme of ['dark', 'light', 'highContrast'] as const) {
    for (const width of [1280, 420]) {
      it(`are accessible in the theme "${theme}", ${width} pixels wide`, async () => {
        const lines = Array.from(
          { length: 24 },
          (_, line) => [boxLabel({ moved: line }), customLabel(), maskLabel()][line % 3],
        );
        const { page } = await pages.open(manifestOf(...lines.filter((line) => line !== undefined)), {
          theme,
          width,
          mask: () => pictureOf(maskPng()),
        });
        await page.locator('#cell-1 .overlay .line').first().waitFor();
        await page.locator('#cell-2 canvas.mask').waitFor();
        const folder = process.env['SCREENSHOTS'];
        if (folder !== undefined) {
          await page.screenshot({ path: `${folder}/gallery-shapes-${theme}-${width}.png` });
        }
        await isAccessible(page);
      });
    }
  }
});

/** White, and red where the dog is. */
function markedJpeg(page: Page): Promise<number[]> {
  return page.evaluate(async ({ left, top, width, height }) => {
    const canvas = new OffscreenCanvas(640, 480);
    const context = canvas.getContext('2d');
    if (context) {
      context.fillStyle = '#fff';
      context.fillRect(0, 0, 640, 480);
      context.fillStyle = '#f00';
      context.fillRect(left, top, width, height);
    }
    const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.95 });
    return [...new Uint8Array(await blob.arrayBuffer())];
  }, dog);
}

function canvasSize(page: Page): Promise<number[]> {
  return page.locator('#cell-0 canvas').evaluate((element: HTMLCanvasElement) => [element.width, element.height]);
}

interface Part {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** As exactly as a small picture has pixels. */
function isSamePart(actual: Part, expected: Part): void {
  for (const side of ['left', 'top', 'right', 'bottom'] as const) {
    assert.ok(Math.abs(actual[side] - expected[side]) < 0.015, `${side}: ${actual[side]} for ${expected[side]}`);
  }
}

/** The red part of the small picture, from 0 to 1. */
function markedPart(page: Page): Promise<Part> {
  return page.locator('#cell-0 canvas').evaluate((canvas: HTMLCanvasElement) => {
    const { width, height } = canvas;
    const { data } = canvas.getContext('2d')?.getImageData(0, 0, width, height) ?? { data: [] };
    const red = Array.from({ length: width * height }, (_, pixel) => pixel).filter(
      (pixel) => (data[pixel * 4] ?? 0) > 200 && (data[pixel * 4 + 1] ?? 255) < 100,
    );
    const [across, down] = [red.map((pixel) => pixel % width), red.map((pixel) => Math.floor(pixel / width))];
    return {
      left: Math.min(...across) / width,
      top: Math.min(...down) / height,
      right: (Math.max(...across) + 1) / width,
      bottom: (Math.max(...down) + 1) / height,
    };
  });
}

/** The part of the picture that the shape's box takes, the same way. */
function strokedPart(page: Page): Promise<Part> {
  return page.locator('#cell-0').evaluate((cell) => {
    const canvas = cell.querySelector('canvas');
    const path = cell.querySelector('.overlay .line');
    const [box, stroke] = [canvas?.getBoundingClientRect(), path?.getBoundingClientRect()];
    if (!canvas || !box || !stroke) {
      throw new Error('There is nothing drawn');
    }
    const scale = Math.min(box.width / canvas.width, box.height / canvas.height);
    const [width, height] = [canvas.width * scale, canvas.height * scale];
    const [left, top] = [box.left + (box.width - width) / 2, box.top + (box.height - height) / 2];
    return {
      left: (stroke.left - left) / width,
      top: (stroke.top - top) / height,
      right: (stroke.right - left) / width,
      bottom: (stroke.bottom - top) / height,
    };
  });
}
