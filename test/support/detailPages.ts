import type { Page } from 'playwright-core';
import { maskPng } from './drawnManifests.js';
import { type ManifestHost, manifestHost, type ManifestHostOptions } from './manifestHost.js';
import { ManifestPages, type PageOptions, pictureOf } from './manifestPages.js';

/** The manifest editor's page with the first object open. */
export class DetailPages extends ManifestPages {
  async open(text: string, options: ManifestHostOptions & PageOptions = {}): Promise<Page> {
    const picture = () => pictureOf(this.jpeg);
    const host = await manifestHost(text, { picture, mask: () => pictureOf(maskPng()), ...options });
    const page = await this.openFirst(host, options);
    await page.locator('.shape-list').waitFor();
    return page;
  }

  async openFirst(host: Pick<ManifestHost, 'handlers'>, options: PageOptions = {}): Promise<Page> {
    const page = await this.show(host, options);
    await page.getByRole('rowgroup', { name: 'Rows' }).press('Enter');
    return page;
  }
}
