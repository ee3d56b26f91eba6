import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import type { Handlers } from '../../src/protocol/channel.js';
import type { ManifestEditor, Picture } from '../../src/protocol/manifestEditor.js';
import { maskPng } from './drawnManifests.js';
import { manifestHost, type ManifestHostOptions } from './manifestHost.js';
import { type OpenedPage, PageHarness } from './pageHarness.js';
import type { Theme } from './themes.js';

export interface DetailOptions extends ManifestHostOptions {
  readonly theme?: Theme;
  readonly width?: number;
}

/** The manifest editor's page with the first object open, one at a time. */
export class DetailPages {
  readonly #harness: PageHarness;
  /** A picture of 640 × 480 pixels. */
  readonly jpeg: Uint8Array;
  #opened: OpenedPage<ManifestEditor> | undefined;

  private constructor(harness: PageHarness, jpeg: Uint8Array) {
    this.#harness = harness;
    this.jpeg = jpeg;
  }

  static async start(): Promise<DetailPages> {
    const jpeg = new Uint8Array(await readFile('media/samples/traindata_cat_dog_images_20/0.jpg'));
    return new DetailPages(await PageHarness.start(), jpeg);
  }

  async open(text: string, options: DetailOptions = {}): Promise<Page> {
    const { jpeg } = this;
    const host = await manifestHost(text, {
      picture: () => pictureOf(jpeg),
      mask: () => pictureOf(maskPng()),
      ...options,
    });
    const page = await this.show(host.handlers, options);
    await page.locator('.shape-list').waitFor();
    return page;
  }

  async show(handlers: Handlers<ManifestEditor>, options: Pick<DetailOptions, 'theme' | 'width'> = {}): Promise<Page> {
    this.#opened = await this.#harness.open<ManifestEditor>({ ...options, page: 'manifest', handlers });
    const { page } = this.#opened;
    await page.getByRole('rowgroup', { name: 'Rows' }).press('Enter');
    return page;
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

export function pictureOf(bytes: Uint8Array): Picture {
  return { kind: 'picture', bytes, contentType: 'image/jpeg' };
}
