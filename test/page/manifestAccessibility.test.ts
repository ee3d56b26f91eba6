import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import type { ManifestEditor } from '../../src/protocol/manifestEditor.js';
import { isAccessible } from '../support/accessibility.js';
import { manifestHost } from '../support/manifestHost.js';
import { answerOf, manifestViews, viewedManifest } from '../support/manifestViews.js';
import { type OpenedPage, PageHarness } from '../support/pageHarness.js';
import type { Theme } from '../support/themes.js';

const text = viewedManifest((line) => `s3://b/pictures/${line}.jpg`);
const narrow = 420;

describe('the manifest editor has nothing serious for those who cannot see it well', function () {
  this.timeout(120_000); // All of a page is looked at, each text for its contrast.

  let harness: PageHarness;
  let jpeg: Uint8Array;
  let opened: OpenedPage<ManifestEditor> | undefined;
  before(async () => {
    harness = await PageHarness.start();
    jpeg = new Uint8Array(await readFile('media/samples/traindata_cat_dog_images_20/0.jpg'));
  });
  after(() => harness.dispose());
  afterEach(async () => {
    const { problems = [] } = opened ?? {};
    await opened?.close();
    opened = undefined;
    assert.deepEqual(problems, []);
  });

  const open = async (theme: Theme, width: number): Promise<Page> => {
    const host = await manifestHost(text, {
      picture: () => ({ kind: 'picture', bytes: jpeg, contentType: 'image/jpeg' }),
      jobAnswers: (line) =>
        [0, 1, 2].map((worker) => {
          const label = answerOf(worker, line);
          return { workerId: `private.us-east-1.00${worker}`, answer: label, label, timeSpentInSeconds: 2 + worker };
        }),
    });
    opened = await harness.open<ManifestEditor>({ page: 'manifest', handlers: host.handlers, theme, width });
    return opened.page;
  };

  for (const { name, show, leave } of manifestViews) {
    for (const theme of ['dark', 'light', 'highContrast'] as const) {
      it(`where it shows ${name} in ${theme}`, async () => {
        const page = await open(theme, 1_280);
        await show(page);
        await isAccessible(page);
        await leave(page);
      });
    }

    it(`where it shows ${name} and there is little room`, async () => {
      const page = await open('dark', narrow);
      await show(page);
      await isAccessible(page);
    });
  }

  it('where the overview takes the place of the rows', async () => {
    const page = await open('dark', narrow);
    await page.getByRole('button', { name: 'Overview' }).click();
    await isAccessible(page);
  });
});
