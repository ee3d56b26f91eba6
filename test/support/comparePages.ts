import type { Page } from 'playwright-core';
import type { JsonObject } from '../../src/core/json.js';
import type { ComparedText } from './comparisonHost.js';
import { boxes, failed, picture, single } from './labeledLines.js';
import { type ManifestHost, manifestHost } from './manifestHost.js';
import { ManifestPages, type PageOptions } from './manifestPages.js';

export const textOf = (lines: readonly JsonObject[]) => lines.map((line) => `${JSON.stringify(line)}\n`).join('');
export const cat = (key: string) => single(picture(`${key}.jpg`), 'cat');
export const dog = (key: string) => single(picture(`${key}.jpg`), 'dog');
const box = (key: string, left: number) => boxes(picture(`${key}.jpg`), [{ name: 'cat', box: [left, 0, 60, 60] }]);

export const here = textOf([cat('a'), cat('b'), dog('c'), picture('d.jpg'), box('e', 0), cat('f'), cat('f')]);
export const there = textOf([cat('a'), dog('b'), failed(picture('c.jpg')), cat('d'), box('e', 50), cat('x'), cat('f')]);

export const withThere = (): ComparedText => ({ text: there, isChosen: true, heard: [] });
export const files = (page: Page) => page.locator('gt-compare-list .viewport .source-name').allTextContents();

/** The manifest editor's page, whose manifest can be compared with another. */
export class ComparePages extends ManifestPages {
  async open(
    compared: ComparedText,
    { text = here, ...options }: PageOptions & { readonly text?: string } = {},
  ): Promise<{ page: Page; host: ManifestHost }> {
    const host = await manifestHost(text, { compared });
    return { page: await this.show(host, options), host };
  }
}
