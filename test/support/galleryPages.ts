import type { Locator, Page } from 'playwright-core';
import { type ManifestHost, manifestHost, type ManifestHostOptions } from './manifestHost.js';
import { ManifestPages, type PageOptions, pictureOf } from './manifestPages.js';

/** The manifest editor's page with its gallery. */
export class GalleryPages extends ManifestPages {
  async open(
    text: string,
    options: ManifestHostOptions & PageOptions = {},
  ): Promise<{ page: Page; host: ManifestHost }> {
    const host = await this.hostOf(text, options);
    return { host, page: await this.show(host, options) };
  }

  async hostOf(text: string, options: ManifestHostOptions = {}): Promise<ManifestHost> {
    const host = await manifestHost(text, { picture: () => pictureOf(this.jpeg), ...options });
    host.look = { view: 'gallery', pictureSize: 144 };
    return host;
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
