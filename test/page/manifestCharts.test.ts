import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';
import type { SourceCheck } from '../../src/core/manifest/sourceCheck.js';
import { isAccessible } from '../support/accessibility.js';
import { type ManifestHost, manifestHost, type ManifestHostOptions } from '../support/manifestHost.js';
import { inSuite, ManifestPages, type PageOptions } from '../support/manifestPages.js';

const objects = 60;
const classes = ['cat', 'dog', 'horse'];
const expired = 'ClientError: Annotation tasks expired.';

/** Of each ten labels, one failed and three are a machine's; the first source comes three times. */
function labeled({ second = false } = {}): string {
  return Array.from({ length: objects }, (_, index) => {
    const id = index % 3;
    const said =
      index % 10 === 9
        ? { 'failure-reason': expired, 'human-annotated': 'true', 'retry-count': 1 }
        : {
            'class-name': classes[id],
            confidence: (50 + (index % 45)) / 100,
            'human-annotated': index % 10 < 6 ? 'yes' : 'no',
            'creation-date': `2026-11-${String(1 + 3 * Math.floor(index / 6)).padStart(2, '0')}T10:15:00.000000`,
            'job-name': 'labeling-job/animals',
            type: 'groundtruth/image-classification',
          };
    return JSON.stringify({
      'source-ref': `s3://pets/train/${index % 20 === 0 ? 0 : index}.jpg`,
      animals: id,
      'animals-metadata': said,
      ...(second && {
        size: 0,
        'size-metadata': { 'class-name': 'big', confidence: 0, 'human-annotated': 'yes', 'job-name': 'labeling-job/s' },
      }),
    });
  }).join('\n');
}

const threeMissing: ManifestHostOptions['checkSources'] = async (sources): Promise<SourceCheck> => ({
  sources: sources.length,
  missing: { count: 2, shown: sources.slice(1, 3) },
  unknown: { count: 0, shown: [], reasons: [] },
});

describe('charts of a manifest', () => {
  const pages = inSuite(new ManifestPages());

  const open = async (
    options: ManifestHostOptions & PageOptions & { readonly text?: string } = {},
  ): Promise<{ page: Page; host: ManifestHost }> => {
    const host = await manifestHost(options.text ?? labeled(), options);
    const page = await pages.show(host, { height: 1600, ...options });
    await page.getByRole('button', { name: /Charts$/u }).click();
    await card(page, 'Missing sources').waitFor();
    return { page, host };
  };

  const tables: readonly {
    readonly title: string;
    readonly columns: readonly string[];
    readonly first: readonly string[];
  }[] = [
    { title: 'Class balance', columns: ['Class', 'Labels', 'Share'], first: ['cat', '18', '0.3333'] },
    { title: 'Human or machine', columns: ['Labeled by', 'Objects', 'Share'], first: ['Human', '36', '0.6'] },
    { title: 'Confidence', columns: ['Confidence from', 'cat', 'dog', 'horse'], first: ['0.00', '0', '0', '0'] },
    {
      title: 'Labels over time',
      columns: ['From (UTC)', 'Human', 'Machine'],
      first: ['2026-11-01T00:00:00.000Z', '6', '0'],
    },
    { title: 'Failed labels', columns: ['Reason', 'Labels'], first: [expired, '6'] },
    {
      title: 'Repeated sources',
      columns: ['Source', 'Lines', 'First of them'],
      first: ['s3://pets/train/0.jpg', '3', '1, 21, 41'],
    },
  ];

  it('loads its script when it is first shown, and says each chart in words and in a table', async () => {
    const { page } = await open();
    assert.equal(await page.locator('script[src$="charts.js"]').count(), 1);
    for (const { title, columns, first } of tables) {
      const shown = card(page, title);
      await shown.getByText('Table', { exact: true }).click();
      assert.deepEqual(await shown.locator('thead th').allInnerTexts(), columns, title);
      const cells = shown.locator('tbody tr').first().locator('th, td');
      assert.deepEqual(await cells.allInnerTexts(), first, title);
    }
    await card(page, 'Class balance').getByText('54 labels of 3 classes, as many of each.').waitFor();
    await card(page, 'Class by confidence').getByText('The least sure class is').waitFor();
  });

  it('chooses a range of confidences by dragging, which the rows then have as a filter', async () => {
    const { page } = await open();
    const from = await middleOf(card(page, 'Confidence').getByRole('button', { name: /^0\.50 to/u }));
    const to = await middleOf(card(page, 'Confidence').getByRole('button', { name: /^0\.55 to/u }));
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move(to.x, to.y, { steps: 4 });
    await card(page, 'Confidence').locator('.brush').waitFor();
    await page.mouse.up();
    await chosen(page, `of ${objects} objects chosen`);
    await showRows(page);
    await chip(page, '0.50 – below 0.60').click();
    await chip(page, 'Human').waitFor();
  });

  it('chooses a range by Shift and the arrow keys, and forgets it by Escape', async () => {
    const { page } = await open();
    const bin = card(page, 'Confidence').getByRole('button', { name: /^0\.50 to/u });
    await bin.focus();
    await page.keyboard.press('Shift+ArrowRight');
    await card(page, 'Confidence').locator('.brush').waitFor();
    await page.keyboard.press('Escape');
    assert.equal(await page.locator('.brush').count(), 0);
    await bin.focus();
    await page.keyboard.press('Shift+ArrowRight');
    await page.keyboard.press('Enter');
    await chosen(page, 'chosen');
    await showRows(page);
    await chip(page, '0.50 – below 0.60').waitFor();
  });

  const clicks: readonly {
    readonly title: string;
    readonly button: RegExp;
    readonly chip: string;
    readonly rows: number;
  }[] = [
    { title: 'Class balance', button: /^dog: /u, chip: 'dog', rows: 18 },
    { title: 'Human or machine', button: /^Machine: /u, chip: 'Machine', rows: 18 },
    { title: 'Labels over time', button: /^2026-11-01: 6/u, chip: '2026-11-01', rows: 6 },
    { title: 'Failed labels', button: /expired/u, chip: `Failed: ${expired}`, rows: 6 },
    { title: 'Repeated sources', button: /^0\.jpg: 3/u, chip: '0.jpg', rows: 3 },
  ];
  for (const { title, button, chip: text, rows } of clicks) {
    it(`shows the rows of what is clicked in “${title}”`, async () => {
      const { page } = await open();
      await card(page, title).getByRole('button', { name: button }).click();
      await chosen(page, `${rows} of ${objects} objects chosen`);
      await showRows(page);
      await chip(page, text).waitFor();
      await page.locator('.matches', { hasText: `${rows} of ${objects} objects` }).waitFor();
    });
  }

  for (const format of ['PNG', 'SVG', 'CSV'] as const) {
    it(`copies a chart as ${format}, and saves it where the clipboard is refused`, async () => {
      const { page, host } = await open();
      await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
      const copy = card(page, 'Class balance').getByRole('button', { name: `Copy “Class balance” as ${format}` });
      await copy.click();
      await page.getByText(`Copied “Class balance” as ${format}.`).waitFor();
      const types = await page.evaluate(async () => (await navigator.clipboard.read()).flatMap((item) => item.types));
      assert.deepEqual(types, [format === 'PNG' ? 'image/png' : 'text/plain']);
      if (format !== 'PNG') {
        const copied = await page.evaluate(() => navigator.clipboard.readText());
        assert.match(
          copied,
          format === 'SVG' ? /^<svg [^>]*>.*54 labels of 3 classes/u : /^Class,Labels,Share\r?\ncat,18,/u,
        );
        assert.doesNotMatch(copied, /var\(|color-mix/u, 'another program reads it');
      }
      await page.evaluate(refuseClipboard);
      await copy.click();
      await page.getByText(`it was saved as /home/me/Class balance.${format.toLowerCase()}.`).waitFor();
      const [saved] = host.saved;
      assert.deepEqual([saved?.name, saved?.format], ['Class balance', format.toLowerCase()]);
      const beginnings = { PNG: '\u0089PNG', SVG: '<svg', CSV: 'Clas' };
      assert.equal(
        Buffer.from(saved?.bytes ?? [])
          .subarray(0, 4)
          .toString('latin1'),
        beginnings[format],
      );
    });
  }

  it('looks for missing sources when it is told to, and shows their rows', async () => {
    const { page } = await open({ checkSources: threeMissing });
    const shown = card(page, 'Missing sources');
    await shown.getByRole('button', { name: 'Look for Missing Sources' }).click();
    await shown.getByText(/^2 sources of 60 cannot be found\./u).waitFor();
    await shown.getByText('s3://pets/train/1.jpg').first().waitFor();
    await shown.getByRole('button', { name: 'Choose Them' }).click();
    await chosen(page, `2 of ${objects} objects chosen`);
    await showRows(page);
    await chip(page, '2 sources').waitFor();
  });

  it('says why sources could not be looked for, and tries again', async () => {
    let tries = 0;
    const { page } = await open({
      checkSources: async (sources, signal) => {
        tries += 1;
        if (tries === 1) {
          throw new Error('The bucket cannot be reached.');
        }
        return (await threeMissing?.(sources, signal)) ?? assert.fail();
      },
    });
    await page.getByRole('button', { name: 'Look for Missing Sources' }).click();
    await page.getByRole('alert').getByText('The bucket cannot be reached.').waitFor();
    await page.getByRole('button', { name: 'Try Again' }).click();
    await page.getByText(/^2 sources of 60 cannot be found\./u).waitFor();
  });

  it('says that long texts are compared by their beginnings', async () => {
    const lines = ['one', 'other'].map((end) =>
      JSON.stringify({ source: `${'It was a dark night. '.repeat(20)}${end}` }),
    );
    const { page } = await open({ text: lines.join('\n') });
    await page.getByText(/Long texts are compared in their first 256 bytes\.$/u).waitFor();
  });

  it('shows label attributes side by side', async () => {
    const { page } = await open({ text: labeled({ second: true }) });
    const chooser = page.getByRole('group', { name: 'Label attributes side by side' });
    await chooser.getByRole('button', { name: 'size', pressed: true }).waitFor();
    await chooser.getByRole('button', { name: 'animals', pressed: false }).click();
    for (const name of ['animals', 'size']) {
      await page.getByRole('region', { name: `Charts of ${name}` }).waitFor();
    }
    assert.equal(await page.getByRole('region', { name: 'Class balance', exact: true }).count(), 2);
    await page.getByText(/^Not computed: each of 60 labels is one worker's/u).waitFor();
  });

  it('counts the same rows for each of them, whichever the filter is about', async () => {
    const { page } = await open({ text: labeled({ second: true }) });
    await page.getByRole('button', { name: 'animals', pressed: false, exact: true }).click();
    const [animals, size] = ['animals', 'size'].map((name) => page.getByRole('region', { name: `Charts of ${name}` }));
    await animals?.getByRole('button', { name: /^cat: 18/u }).click();
    await page.getByLabel('Only the rows of the filter').check();
    await size?.getByText(/^18 labels of 1 class, “/u).waitFor();
    await animals?.getByText(/^18 labels of 1 class, “/u).waitFor();
  });

  for (const theme of ['dark', 'light', 'highContrast'] as const) {
    it(`can be used by everybody in ${theme}`, async () => {
      const { page } = await open({ theme, checkSources: threeMissing });
      await page.getByRole('button', { name: 'Look for Missing Sources' }).click();
      await page.getByText(/cannot be found\./u).waitFor();
      await card(page, 'Class balance').getByText('Table', { exact: true }).click();
      await isAccessible(page, 'gt-charts-pane');
    });
  }

  it('keeps within a narrow page', async () => {
    const { page } = await open({ width: 360 });
    const overflow = await page.locator('gt-charts-pane').evaluate((pane) => pane.scrollWidth - pane.clientWidth);
    assert.equal(overflow, 0);
  });
});

async function middleOf(element: Locator): Promise<{ x: number; y: number }> {
  const box = (await element.boundingBox()) ?? assert.fail('It is not drawn.');
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

function card(page: Page, title: string): Locator {
  return page.getByRole('region', { name: title, exact: true });
}

function showRows(page: Page): Promise<void> {
  return page.getByRole('button', { name: 'Show Rows' }).click();
}

function chip(page: Page, text: string): Locator {
  return page.locator('.filter-bar .chip', { hasText: text });
}

function chosen(page: Page, text: string): Promise<void> {
  return page.locator('.charts-bar', { hasText: text }).waitFor();
}

/** Runs in the page. */
function refuseClipboard(): void {
  const clipboard: object = Object.getPrototypeOf(navigator.clipboard);
  const refused = new DOMException('Not allowed', 'NotAllowedError');
  Object.assign(clipboard, { write: () => Promise.reject(refused), writeText: () => Promise.reject(refused) });
}
