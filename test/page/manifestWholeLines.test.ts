import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import type { Locator, Page } from 'playwright-core';
import type { Handlers } from '../../src/protocol/channel.js';
import type { ManifestEditor } from '../../src/protocol/manifestEditor.js';
import { isAccessible } from '../support/accessibility.js';
import { manifestHost } from '../support/manifestHost.js';
import { inSuite, ManifestPages } from '../support/manifestPages.js';
import type { Theme } from '../support/themes.js';

const objects = 300;
/** Every third line has a note, which no column says. */
const text = Array.from({ length: objects }, (_, line) => {
  const note = line % 3 === 0 ? String.raw`,"note":"Z\u00fcrich"` : '';
  const metadata = `{"class-name":"${line % 2 === 0 ? 'cat' : 'dog'}","human-annotated":"yes","confidence":0.9}`;
  return `{"source-ref":"s3://b/${line}.jpg","j":0,"j-metadata":${metadata}${note}}`;
}).join('\n');

describe('the search in whole lines', () => {
  const pages = inSuite(new ManifestPages());

  const open = async (handlers: Handlers<ManifestEditor>, theme: Theme = 'dark'): Promise<Page> => {
    const page = await pages.show({ handlers }, { theme });
    await page.getByRole('row', { name: /^1 0\.jpg/u }).waitFor();
    return page;
  };
  it('says on its button what it does and by which key', async () => {
    const page = await open((await manifestHost(text)).handlers);
    assert.equal(
      await choice(page).getAttribute('title'),
      "Search all of the lines' text, not only files and classes; in a large manifest it may take a while (Alt+L)",
    );
  });

  it('is chosen beside the field, and finds what no column says, together with other filters', async () => {
    const page = await open((await manifestHost(text)).handlers);
    await field(page).fill('zürich');
    await page.getByText('No object matches.').waitFor();
    await choice(page).click();
    await matches(page, /^100 of 300 objects/u);
    assert.equal(await choice(page).getAttribute('aria-pressed'), 'true');
    await page.getByRole('row', { name: /^4 3\.jpg/u }).waitFor();
    await page.getByRole('button', { name: /^dog \d/u }).click();
    await matches(page, /^50 of 300 objects/u);
    await choice(page).click();
    await page.getByText('No object matches.').waitFor();
  });

  it('is chosen by a key, also before there is a text, and stays chosen when the filter is cleared', async () => {
    const page = await open((await manifestHost(text)).handlers);
    await field(page).focus();
    await page.keyboard.press('Alt+l');
    await page.getByLabel('Filter by any text of a line').waitFor();
    assert.equal(await field(page).inputValue(), '', 'the key is no text');
    await matches(page, /^300 objects/u);
    await page.keyboard.type('NOTE');
    await matches(page, /^100 of 300 objects/u);
    await page.keyboard.press('Escape');
    await matches(page, /^300 objects/u);
    assert.equal(await choice(page).getAttribute('aria-pressed'), 'true');
    await page.keyboard.press('Alt+l');
    await page.getByLabel('Filter by file or class').waitFor();
  });

  it('is over at once where its text was taken away just before', async () => {
    const { handlers } = await manifestHost(text);
    const page = await open(handlers);
    await choice(page).click();
    await field(page).fill('zürich');
    await matches(page, /^100 of 300 objects/u);
    await field(page).evaluate((input: HTMLInputElement) => {
      input.value = '';
      input.dispatchEvent(new Event('input', { bubbles: true }));
      input.dispatchEvent(new KeyboardEvent('keydown', { code: 'KeyL', altKey: true, bubbles: true }));
    });
    await matches(page, /^300 objects/u);
    assert.equal(await page.getByLabel('Filter by file or class').inputValue(), '');
  });

  it('is chosen still when the page is loaded again', async () => {
    const { handlers } = await manifestHost(text);
    const page = await open(handlers);
    await choice(page).click();
    await field(page).fill('zürich');
    await matches(page, /^100 of 300 objects/u);
    await page.reload();
    await matches(page, /^100 of 300 objects/u);
    assert.equal(await choice(page).getAttribute('aria-pressed'), 'true');
  });

  it('shows rows while it goes on, says how far it is, and asks for rows that were found since', async () => {
    const { handlers, find } = await slowSearch();
    const page = await open(handlers);
    await choice(page).click();
    await field(page).fill('zürich');
    find(2);
    await matches(page, /^2 of 300 objects so far/u);
    await page.getByRole('row', { name: /^4 3\.jpg/u }).waitFor();
    const progress = page.getByRole('progressbar', { name: 'Searching whole lines' });
    assert.equal(await progress.getAttribute('aria-valuenow'), '2');
    await page
      .locator('[aria-live="polite"]', { hasText: /^Searching whole lines, \d+ %: \d+ objects? so far$/u })
      .waitFor();
    assert.equal(await page.locator('.matches').getAttribute('aria-busy'), 'true', 'each number is not read out');
    find(60);
    await matches(page, /^60 of 300 objects so far/u);
    await page.getByRole('row', { name: /^10 9\.jpg/u }).waitFor();
    find(100);
    await matches(page, /^100 of 300 objects\s+Clear filter$/u);
    assert.equal(await progress.count(), 0);
    assert.equal(await page.locator('.matches').getAttribute('aria-busy'), 'false');
    await page.keyboard.press('Tab');
    await page.locator('[role="grid"]').focus();
    await page.keyboard.press('End');
    await page.getByRole('row', { name: /^298 297\.jpg/u }).waitFor();
  });

  it('is given up for another text, and does not say that nothing matches before it is over', async () => {
    const { handlers, find, given } = await slowSearch();
    const page = await open(handlers);
    await choice(page).click();
    await field(page).fill('nowhere');
    find(0);
    await matches(page, /^0 of 300 objects so far/u);
    assert.equal(await page.getByText('No object matches.').count(), 0);
    await field(page).fill('zürich');
    while (!given.includes('nowhere')) {
      await delay(5); // Until the first search is called off.
    }
    find(5);
    await matches(page, /^5 of 300 objects so far/u);
    await page.getByRole('button', { name: 'Clear filter' }).click();
    await matches(page, /^300 objects/u);
  });

  it('says where it failed, and goes on when it is asked to', async () => {
    const { handlers, find, failures } = await slowSearch();
    const page = await open(handlers);
    failures.push('The bucket "b" cannot be reached.');
    await choice(page).click();
    await field(page).fill('zürich');
    await page.getByText('The bucket "b" cannot be reached.').waitFor();
    await page.getByRole('button', { name: 'Retry' }).click();
    find(100);
    await matches(page, /^100 of 300 objects\s+Clear filter$/u);
  });

  for (const theme of ['dark', 'light', 'highContrast'] as const) {
    it(`has nothing serious for those who cannot see it well while it goes on, in ${theme}`, async () => {
      const { handlers, find } = await slowSearch();
      const page = await open(handlers, theme);
      await choice(page).click();
      await field(page).fill('zürich');
      find(7);
      await matches(page, /^7 of 300 objects so far/u);
      await isAccessible(page);
    });
  }
});

function field(page: Page): Locator {
  return page.locator('.search input');
}

function choice(page: Page): Locator {
  return page.getByRole('button', { name: 'Search whole lines' });
}

function matches(page: Page, told: RegExp): Promise<void> {
  return page.getByRole('status').filter({ hasText: told }).waitFor();
}

/** A host whose search has found as much as it is told to: of 100 it is complete. */
async function slowSearch() {
  const { handlers } = await manifestHost(text);
  const given: string[] = [];
  const failures: string[] = [];
  const so = { found: 0 };
  /** What was told last of each text. */
  const told = new Map<string, number>();
  const searching: Handlers<ManifestEditor> = {
    ...handlers,
    'rows.read': async (params, signal) => {
      const page = await handlers['rows.read'](params, signal);
      if (params.query.filter.inWholeLines !== true || so.found === 100) {
        return page;
      }
      const rows = page.rows.slice(0, Math.max(0, so.found - params.first));
      return { total: so.found, rows, isSearching: true };
    },
    'rows.search': async ({ query }, signal) => {
      const failure = failures.pop();
      if (failure !== undefined) {
        throw new Error(failure);
      }
      const { text: wanted } = query.filter;
      while (told.get(wanted) === so.found && so.found < 100 && !signal.aborted) {
        await delay(5);
      }
      if (signal.aborted) {
        given.push(wanted);
      }
      told.set(wanted, so.found);
      return { total: so.found, searchedBytes: so.found, totalBytes: 100, isComplete: so.found === 100 };
    },
  };
  const find = (count: number) => {
    so.found = count;
  };
  return { handlers: searching, find, given, failures };
}
