import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import type { Handlers } from '../../src/protocol/channel.js';
import type { ManifestEditor } from '../../src/protocol/manifestEditor.js';
import { DetailPages } from '../support/detailPages.js';
import { boxLabel } from '../support/drawnManifests.js';
import { type ManifestHost, manifestHost } from '../support/manifestHost.js';
import { inSuite, pictureOf } from '../support/manifestPages.js';

const named = (...names: readonly string[]) =>
  names.map((name) => JSON.stringify({ 'source-ref': `s3://b/${name}`, ...boxLabel() })).join('\n');

describe('an object shown large', () => {
  const pages = inSuite(new DetailPages());

  const hostOf = (...names: readonly string[]) =>
    manifestHost(named(...names), { picture: () => pictureOf(pages.jpeg) });

  it('is not taken for the next one while that is slow to come', async () => {
    const host = await hostOf('first.jpg', 'second.jpg');
    const late = Promise.withResolvers<void>();
    const page = await pages.openFirst(reading(host, ({ line }) => (line === 1 ? late.promise : Promise.resolve())));
    await picture(page, 'first.jpg').waitFor();
    await page.keyboard.press('ArrowRight');
    await page.locator('.detail-picture').getByText('Reading…').waitFor();
    await page.getByRole('heading', { name: 'second.jpg' }).waitFor();
    assert.equal(await page.locator('gt-picture-stage').count(), 0);
    late.resolve();
    await picture(page, 'second.jpg').waitFor();
  });

  it('is said to be on its way where it is slow to come at first', async () => {
    const late = Promise.withResolvers<void>();
    const page = await pages.openFirst(reading(await hostOf('first.jpg'), () => late.promise));
    await page.locator('.detail-picture').getByText('Reading…').waitFor();
    late.resolve();
    await picture(page, 'first.jpg').waitFor();
    assert.equal(await page.locator('.detail-picture').getByText('Reading…').count(), 0);
  });

  it('has the answers that could be read, and says how many files could not', async () => {
    const { handlers } = await hostOf('first.jpg');
    const answers = [{ workerId: 'private.us-east-1.7', answer: 'cat', label: 'cat', classes: ['cat'] }];
    const page = await pages.openFirst({
      handlers: { ...handlers, 'responses.read': async () => ({ kind: 'answers', answers, unreadable: 2 }) },
    });
    await page.getByRole('row', { name: /^7 cat/u }).waitFor();
    await page.getByText('2 files of answers are not JSON, and left out.').waitFor();
  });

  it('has no picture of another object where the manifest is written anew while it is read', async () => {
    const host = await hostOf('first.jpg');
    const page = await pages.openFirst(reading(host, () => host.replace(named('other.jpg'))));
    await page.getByText('The manifest has changed since.').waitFor();
    assert.equal(await page.locator('gt-picture-stage').count(), 0);
  });
});

/** The host's handlers, which do something else before each picture is read. */
function reading(
  { handlers }: ManifestHost,
  before: (asked: { line: number }) => Promise<void>,
): { readonly handlers: Handlers<ManifestEditor> } {
  const read = handlers['picture.read'];
  return {
    handlers: {
      ...handlers,
      async 'picture.read'(asked, signal) {
        await before(asked);
        return read(asked, signal);
      },
    },
  };
}

function picture(page: Page, name: string) {
  return page.locator(`gt-picture-stage img[alt="${name}"]`);
}
