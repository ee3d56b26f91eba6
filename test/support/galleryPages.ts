import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import type { Locator, Page } from 'playwright-core';
import type { Host } from '../../src/protocol/channel.js';
import type { ManifestEditor } from '../../src/protocol/manifestEditor.js';
import { pictureOf } from './detailPages.js';
import { type ManifestHost, manifestHost, type ManifestHostOptions } from './manifestHost.js';
import { type OpenedPage, type OpenOptions, PageHarness } from './pageHarness.js';

type GalleryOptions = ManifestHostOptions & Partial<OpenOptions<ManifestEditor>>;

/** The manifest editor's page with its gallery, one at a time. */
export class GalleryPages {
  readonly #harness: PageHarness;
  /** A picture of 640 × 480 pixels. */
  readonly jpeg: Uint8Array;
  #opened: OpenedPage<ManifestEditor> | undefined;

  private constructor(harness: PageHarness, jpeg: Uint8Array) {
    this.#harness = harness;
    this.jpeg = jpeg;
  }

  static async start(): Promise<GalleryPages> {
    const jpeg = new Uint8Array(await readFile('media/samples/traindata_cat_dog_images_20/0.jpg'));
    return new GalleryPages(await PageHarness.start(), jpeg);
  }

  /** What is at the other end of the page that is open. */
  get host(): Host<ManifestEditor> {
    return this.#opened?.host ?? assert.fail('No page is open');
  }

  async open(text: string, options: GalleryOptions = {}): Promise<{ page: Page; host: ManifestHost }> {
    const host = await this.hostOf(text, options);
    return { host, page: await this.show(host, options) };
  }

  async hostOf(text: string, options: ManifestHostOptions = {}): Promise<ManifestHost> {
    const { jpeg } = this;
    const host = await manifestHost(text, { picture: () => pictureOf(jpeg), ...options });
    host.look = { view: 'gallery', pictureSize: 144 };
    return host;
  }

  async show(host: ManifestHost, options: Partial<OpenOptions<ManifestEditor>> = {}): Promise<Page> {
    await this.#opened?.close();
    this.#opened = await this.#harness.open<ManifestEditor>({ ...options, page: 'manifest', handlers: host.handlers });
    return this.#opened.page;
  }

  /** Closes the page, in which nothing must have gone wrong. */
  async close(): Promise<void> {
    const { problems = [], strayRequests = [] } = this.#opened ?? {};
    await this.#opened?.close();
    this.#opened = undefined;
    assert.deepEqual(problems, []);
    assert.deepEqual(strayRequests, []);
  }

  dispose(): Promise<void> {
    return this.#harness.dispose();
  }
}

export function cell(page: Page, name: RegExp): Locator {
  return page.getByRole('gridcell', { name }).first();
}

/** Looks with each frame that the page draws. */
export async function until(page: Page, isSo: () => boolean): Promise<void> {
  while (!isSo()) {
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
  }
}
