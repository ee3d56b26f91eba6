import type { Page } from 'playwright-core';
import { isAccessible } from '../support/accessibility.js';
import { type ComparedText, comparedWith } from '../support/comparisonHost.js';
import { manifestHost } from '../support/manifestHost.js';
import { answerOf, earlierManifest, manifestViews, viewedManifest, type ViewSteps } from '../support/manifestViews.js';
import { inSuite, ManifestPages, pictureOf } from '../support/manifestPages.js';
import type { Theme } from '../support/themes.js';

const sourceOf = (line: number) => `s3://b/pictures/${line}.jpg`;
const text = viewedManifest(sourceOf);
const narrow = 420;

describe('the manifest editor has nothing serious for those who cannot see it well', function () {
  this.timeout(120_000); // All of a page is looked at, each text for its contrast.

  const pages = inSuite(new ManifestPages());

  const open = async (theme: Theme, width: number): Promise<{ readonly page: Page; readonly steps: ViewSteps }> => {
    const compared: ComparedText = { text: earlierManifest(sourceOf), isChosen: false, heard: [] };
    const host = await manifestHost(text, {
      compared,
      picture: () => pictureOf(pages.jpeg),
      jobAnswers: (line) =>
        [0, 1, 2].map((worker) => {
          const label = answerOf(worker, line);
          return { workerId: `private.us-east-1.00${worker}`, answer: label, label, timeSpentInSeconds: 2 + worker };
        }),
    });
    const page = await pages.show(host, { theme, width });
    const chooseComparison = async () => {
      await page.getByText('Compare this manifest with another one').waitFor();
      compared.isChosen = true;
      pages.host.emit('compare.chosen', comparedWith(compared));
    };
    return { page, steps: { chooseComparison } };
  };

  for (const { name, show, leave } of manifestViews) {
    for (const theme of ['dark', 'light', 'highContrast'] as const) {
      it(`where it shows ${name} in ${theme}`, async () => {
        const { page, steps } = await open(theme, 1_280);
        await show(page, steps);
        await picture(page, `${name}-${theme}`);
        await isAccessible(page);
        await leave(page);
      });
    }

    it(`where it shows ${name} and there is little room`, async () => {
      const { page, steps } = await open('dark', narrow);
      await show(page, steps);
      await picture(page, `${name}-narrow`);
      await isAccessible(page);
    });
  }

  it('where the overview takes the place of the rows', async () => {
    const { page } = await open('dark', narrow);
    await page.getByRole('button', { name: 'Overview' }).click();
    await isAccessible(page);
  });
});

/** For whoever wants to look at it. */
async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env['SCREENSHOTS'];
  if (folder !== undefined) {
    await page.screenshot({ path: `${folder}/manifest-${name}.png` });
  }
}
