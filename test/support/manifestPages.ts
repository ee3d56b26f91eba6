import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import type { Host } from '../../src/protocol/channel.js';
import type { ManifestEditor, Picture } from '../../src/protocol/manifestEditor.js';
import type { ManifestHost } from './manifestHost.js';
import { type OpenedPage, type OpenOptions, PageHarness } from './pageHarness.js';

export type PageOptions = Pick<OpenOptions<ManifestEditor>, 'theme' | 'width' | 'height'>;

/** The manifest editor's page, one at a time. */
export class ManifestPages {
  #harness: PageHarness | undefined;
  #jpeg: Uint8Array | undefined;
  #opened: OpenedPage<ManifestEditor> | undefined;

  /** A picture of 640 × 480 pixels. */
  get jpeg(): Uint8Array {
    return this.#jpeg ?? assert.fail('No browser has been started');
  }

  /** What is at the other end of the page that is open. */
  get host(): Host<ManifestEditor> {
    return this.#opened?.host ?? assert.fail('No page is open');
  }

  async start(): Promise<void> {
    this.#harness = await PageHarness.start();
    this.#jpeg = new Uint8Array(await readFile('media/samples/traindata_cat_dog_images_20/0.jpg'));
  }

  /** In the place of a page that was open. */
  async show({ handlers }: Pick<ManifestHost, 'handlers'>, options: PageOptions = {}): Promise<Page> {
    await this.close();
    const harness = this.#harness ?? assert.fail('No browser has been started');
    this.#opened = await harness.open<ManifestEditor>({ ...options, page: 'manifest', handlers });
    return this.#opened.page;
  }

  /** Nothing must have gone wrong in the page. */
  async close(): Promise<void> {
    const { problems = [], strayRequests = [] } = this.#opened ?? {};
    await this.#opened?.close();
    this.#opened = undefined;
    assert.deepEqual(problems, []);
    assert.deepEqual(strayRequests, []);
  }

  async dispose(): Promise<void> {
    await this.#harness?.dispose();
  }
}

/** The same for the tests of a suite: each has pages of its own, in one browser. */
export function inSuite<P extends ManifestPages>(pages: P): P {
  before(() => pages.start());
  after(() => pages.dispose());
  afterEach(() => pages.close());
  return pages;
}

export function pictureOf(bytes: Uint8Array): Picture {
  return { kind: 'picture', bytes, contentType: 'image/jpeg' };
}
