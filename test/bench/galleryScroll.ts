// Scrolling through a gallery of a million objects in the built page, with and without shapes over the pictures.
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import type { RowPage, RowRange } from '../../src/core/manifest/manifestRows.js';
import { thumbnailDrawing } from '../../src/core/manifest/thumbnailDrawing.js';
import type { Handlers } from '../../src/protocol/channel.js';
import type { ManifestEditor } from '../../src/protocol/manifestEditor.js';
import { boxLabel } from '../support/drawnManifests.js';
import { manifestHost } from '../support/manifestHost.js';
import { PageHarness } from '../support/pageHarness.js';
import { type Bench, percentile, rounded } from './measure.js';

const objects = 1_000_000;
const boxes = 20;
const steps = 120;

export const bench: Bench = async () => {
  const harness = await PageHarness.start();
  try {
    const without = await scroll(harness, false);
    const withShapes = await scroll(harness, true);
    return [
      {
        bench: 'gallery: a step of the wheel until it is drawn, with shapes',
        oursMs: rounded(percentile(withShapes, 0.5)),
        peer: 'without shapes',
        peerMs: rounded(percentile(without, 0.5)),
        ratio: rounded(percentile(withShapes, 0.5) / percentile(without, 0.5)),
        p95Ms: rounded(percentile(withShapes, 0.95)),
        peerP95Ms: rounded(percentile(without, 0.95)),
        objects,
        boxes,
        steps,
      },
    ];
  } finally {
    await harness.dispose();
  }
};

/** Milliseconds of each step, from the turn of the wheel to the frame after it. */
async function scroll(harness: PageHarness, showsShapes: boolean): Promise<readonly number[]> {
  const bytes = new Uint8Array(await readFile('media/samples/traindata_cat_dog_images_20/0.jpg'));
  const host = await manifestHost(`${JSON.stringify({ 'source-ref': 's3://b/0.jpg', ...boxLabel() })}\n`);
  host.look = { view: 'gallery', pictureSize: 144, showsShapes };
  const handlers: Handlers<ManifestEditor> = {
    ...host.handlers,
    'rows.read': async (range) => rowsOf(range),
    'thumbnail.read': async () => ({ kind: 'picture', bytes, contentType: 'image/jpeg', ticket: 0 }),
    'thumbnail.keep': async () => undefined,
  };
  const { page, close } = await harness.open<ManifestEditor>({ page: 'manifest', handlers });
  await page.locator('#cell-20 canvas').waitFor();
  const times = await turnTheWheel(page);
  await close();
  return times;
}

function turnTheWheel(page: Page): Promise<readonly number[]> {
  return page.evaluate(async (turns) => {
    const viewport = document.querySelector('.viewport');
    const times: number[] = [];
    for (let turn = 0; turn < turns; turn += 1) {
      await new Promise((resolve) => requestAnimationFrame(resolve));
      const startedAt = performance.now();
      viewport?.dispatchEvent(new WheelEvent('wheel', { deltaY: 240, cancelable: true }));
      await new Promise((resolve) => requestAnimationFrame(resolve));
      await new Promise((resolve) => setTimeout(resolve)); // After what the frame has drawn.
      times.push(performance.now() - startedAt);
    }
    return times;
  }, steps);
}

function rowsOf({ first, count, isDrawn = false }: RowRange): RowPage {
  const rows = Array.from({ length: count }, (_, index) => {
    const line = first + index;
    const row = { line, source: { kind: 'object', value: `s3://b/${line}.jpg` } } as const;
    const drawing = isDrawn ? drawingOf(line) : undefined;
    return drawing ? Object.assign(row, { drawing }) : row;
  });
  return { total: objects, rows };
}

function drawingOf(line: number) {
  const annotations = Array.from({ length: boxes }, (_, box) => ({
    class_id: box % 2,
    left: (box * 31 + line) % 540,
    top: (box * 47 + line) % 400,
    width: 60 + box,
    height: 50 + box,
  }));
  return thumbnailDrawing(boxLabel({ annotations }));
}
