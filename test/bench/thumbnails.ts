// A screen of thumbnails of 12-megapixel pictures, the first time and from the disk, in the built page.
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { thumbnailType } from '../../src/core/manifest/thumbnailCache.js';
import { ThumbnailFiles } from '../../src/node/thumbnailFiles.js';
import type { Handlers } from '../../src/protocol/channel.js';
import type { ManifestEditor } from '../../src/protocol/manifestEditor.js';
import { manifestHost } from '../support/manifestHost.js';
import { PageHarness } from '../support/pageHarness.js';
import { classification } from '../support/sampleManifests.js';
import { type Bench, rounded, timed } from './measure.js';

const pictures = 200;
/** A window in which so many have room at this size. */
const screen = { width: 2_200, height: 1_800, pictureSize: 96 };
const wholeSize = { width: 4_000, height: 3_000 };

export const bench: Bench = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'thumbnails-'));
  const harness = await PageHarness.start();
  try {
    const cold = await openScreen(harness, folder);
    const cached = await openScreen(harness, folder);
    return [
      {
        bench: 'thumbnails: a screen from the disk',
        oursMs: rounded(cached.ms),
        peer: 'the first time, from whole pictures',
        peerMs: rounded(cold.ms),
        ratio: rounded(cached.ms / cold.ms),
        pictures,
        megapixels: (wholeSize.width * wholeSize.height) / 1e6,
        wholePicturesRead: cold.wholes,
        wholePicturesReadAgain: cached.wholes,
        bytesOnDisk: await bytesIn(folder),
      },
    ];
  } finally {
    await harness.dispose();
    await rm(folder, { recursive: true });
  }
};

/** The page with the gallery in it, from its opening until all of the screen is drawn and kept. */
async function openScreen(harness: PageHarness, folder: string): Promise<{ ms: number; wholes: number }> {
  const host = await manifestHost(classification(pictures, { confidence: () => 0.9 }));
  host.look = { view: 'gallery', pictureSize: screen.pictureSize };
  const cache = new ThumbnailFiles(folder, {
    sweptEveryBytes: 20_000_000,
    sweep: () => undefined,
    onFailure: (error) => {
      throw error;
    },
  });
  let isStarted = false;
  let wholes = 0;
  let kept = 0;
  const allKept = Promise.withResolvers<void>();
  const handlers: Handlers<ManifestEditor> = {
    ...host.handlers,
    'thumbnail.read': async ({ line, size }) => {
      if (!isStarted) {
        return { kind: 'missing', cause: 'other', reason: 'Not yet' };
      }
      const found = await cache.find(String(line), size);
      if (found) {
        allKept.resolve(); // There is nothing to be kept the second time.
        return {
          kind: 'thumbnail',
          bytes: found.bytes,
          contentType: thumbnailType(found.bytes) ?? '',
          shape: found.shape,
        };
      }
      wholes += 1;
      return { kind: 'picture', bytes: new Uint8Array(), contentType: 'image/jpeg', ticket: line };
    },
    'thumbnail.keep': async ({ ticket, bytes, shape }) => {
      await cache.keep(String(ticket), 160, { version: '1', shape, bytes });
      kept += 1;
      if (kept === pictures) {
        allKept.resolve();
      }
    },
  };
  const { page, close } = await harness.open<ManifestEditor>({ page: 'manifest', handlers, ...screen });
  await page
    .locator('.gallery .placeholder')
    .nth(pictures - 1)
    .waitFor(); // Nothing is on its way to it any more.
  await page.addInitScript(putWholePictures, wholeSize);
  isStarted = true;
  await page.reload();
  await page.waitForFunction(() => 'wholePicture' in window);
  const ms = await timed(async () => {
    await page.evaluate(() => window.dispatchEvent(new Event('picture-ready')));
    await drawn(page);
    await allKept.promise;
  });
  await close();
  return { ms, wholes };
}

async function drawn(page: Page): Promise<void> {
  await page.waitForFunction((count) => document.querySelectorAll('.gallery canvas').length >= count, pictures);
}

/**
 * Runs in the page. Its host is at the other end of a debugger's line, which would take minutes for whole pictures, and
 * VS Code takes no time: the bytes are put in as the message arrives, in a copy as a message has.
 */
function putWholePictures({ width, height }: { readonly width: number; readonly height: number }): void {
  const held: MessageEvent[] = [];
  let whole: Uint8Array | undefined;
  window.addEventListener('message', (event: MessageEvent<{ value?: { kind?: string; bytes?: Uint8Array } }>) => {
    const { value } = event.data;
    if (value?.kind === 'picture' && whole) {
      value.bytes = whole.slice();
    }
    if (!whole) {
      held.push(event);
      event.stopImmediatePropagation();
    }
  });
  window.addEventListener('picture-ready', () => {
    whole = (window as unknown as { wholePicture: Uint8Array }).wholePicture;
    held.forEach(({ data, origin }) => window.dispatchEvent(new MessageEvent('message', { data, origin })));
  });
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  // Something of everything, so that it is as large as a photograph: about 3 MB.
  if (!context) {
    return;
  }
  for (let index = 0; index < 60_000; index += 1) {
    context.fillStyle = `hsl(${(index * 47) % 360} ${30 + (index % 50)}% ${20 + (index % 60)}%)`;
    const [x, y] = [(index * 7_919) % width, (index * 104_729) % height];
    context.fillRect(x, y, 4 + (index % 60), 4 + (index % 45));
  }
  void canvas
    .convertToBlob({ type: 'image/jpeg', quality: 0.9 })
    .then((blob) => blob.arrayBuffer())
    .then((buffer) => Object.assign(window, { wholePicture: new Uint8Array(buffer) }));
}

async function bytesIn(folder: string): Promise<number> {
  const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  const sizes = await Promise.all(files.map(async ({ parentPath, name }) => (await stat(join(parentPath, name))).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}
