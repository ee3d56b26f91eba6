import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import type { WorkerAnswer } from '../../src/core/manifest/workerResponses.js';
import { type ManifestHost, manifestHost, type ManifestHostOptions } from '../support/manifestHost.js';
import { inSuite, ManifestPages } from '../support/manifestPages.js';
import { classification } from '../support/sampleManifests.js';

/** Two careful workers; the third takes every fourth object for a dog. */
const team = (line: number, ids = 'private.us-east-1.00'): readonly WorkerAnswer[] =>
  [0, 1, 2].map((worker) => {
    const truth = Math.floor(line / 2 + (line % 3)) % 2 === 0 ? 'cat' : 'dog';
    const label = worker === 2 && line % 4 === 0 ? 'dog' : truth;
    return { workerId: `${ids}${worker}`, answer: label, label, timeSpentInSeconds: 2 + worker };
  });

describe('the workers of a manifest', () => {
  const pages = inSuite(new ManifestPages());

  const manifest = classification(60, { confidence: () => 0.95 });
  const open = async (options: ManifestHostOptions): Promise<{ page: Page; host: ManifestHost }> => {
    const host = await manifestHost(manifest, options);
    const page = await pages.show(host);
    await page.getByRole('button', { name: 'Workers' }).click();
    return { page, host };
  };

  it('are shown under pseudonyms, with how often each is expected to be right', async () => {
    const { page } = await open({ jobAnswers: team });
    await page.getByText('180 answers of 3 workers about 60 objects').waitFor();
    const careless = page.getByRole('row', { name: /^Worker 3 60 0\.[78]\d 4\.0 s/u });
    await careless.waitFor();
    assert.equal(await page.getByText('private.us-east-1.002').count(), 0);
    await page.getByRole('button', { name: 'Show worker IDs' }).click();
    await page.getByText('private.us-east-1.002').waitFor();
    await page.getByRole('button', { name: 'Accuracy' }).click();
    await page.getByRole('row').nth(1).getByText('Worker 3').waitFor();
  });

  it('have room for their IDs beside their figures, in a narrow editor, too', async () => {
    const { page } = await open({ jobAnswers: (line) => team(line, 'private.us-east-1.4bd9102037abcaf') });
    await page.setViewportSize({ width: 420, height: 800 });
    await page.getByRole('button', { name: 'Show worker IDs' }).click();
    await page.getByText('private.us-east-1.4bd9102037abcaf2').waitFor();
    const table = page.locator('.scrolled', { has: page.locator('.worker-table') });
    assert.deepEqual(await table.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth), 0);
  });

  it('are shown in the place of the object that is open', async () => {
    const { page } = await open({ jobAnswers: team });
    await page.getByText('Krippendorff’s α').waitFor();
    await page.getByRole('button', { name: 'Workers' }).click();
    await page.getByRole('row', { name: /^1 0\.jpg/u }).click();
    await page.getByText('1 of 60').waitFor();
    await page.getByRole('button', { name: 'Workers' }).click();
    await page.getByText('Krippendorff’s α').waitFor();
    await page.getByRole('button', { name: 'Workers' }).click();
    await page.getByRole('row', { name: /^1 0\.jpg/u }).waitFor();
  });

  it('are compared: how far they agree, and which class is taken for which by whom', async () => {
    const { page } = await open({ jobAnswers: team });
    await page.getByText('Krippendorff’s α').waitFor();
    const cats = page.locator('.confusion').getByRole('row', { name: /^cat/u });
    await cats.getByRole('cell', { name: /^8\d %|^9\d %/u }).waitFor();
    await page.getByRole('combobox', { name: 'Whose answers' }).selectOption('Worker 1');
    await cats.getByRole('cell', { name: /^(?:9[5-9]|100) %/u }).waitFor();
  });

  it('lead to the labels that are in doubt: each can be opened, and all be listed', async () => {
    const { page } = await open({ jobAnswers: team });
    await page.getByRole('button', { name: 'Show all, least sure first' }).click();
    await page.getByRole('columnheader', { name: 'Estimate' }).waitFor();
    assert.equal(await page.getByRole('columnheader', { name: 'Estimate' }).getAttribute('aria-sort'), 'ascending');
    const estimates = await page.locator('.viewport .cell-estimate .number').allTextContents();
    assert.deepEqual(estimates, estimates.toSorted());
    await page.getByRole('button', { name: 'Workers' }).click();
    await page.locator('.disputed-object').first().waitFor();
    const [first] = await page.locator('.disputed-source').allTextContents();
    await page.locator('.disputed-object').first().click();
    await page.getByRole('article', { name: `Object ${first?.trim()}` }).waitFor();
  });

  it('of whom each object had one are not compared, and no estimate is shown', async () => {
    const { page } = await open({ jobAnswers: (line) => team(line).slice(0, 1) });
    await page.getByText('Not computed (one worker).').waitFor();
    await page.getByRole('row', { name: /^Worker 1 60 – 2\.0 s/u }).waitFor();
    assert.equal(await page.locator('.confusion, .disputed').count(), 0);
    await page.getByRole('button', { name: 'Workers' }).click();
    assert.equal(await page.getByRole('columnheader', { name: 'Estimate' }).count(), 0);
  });

  it('are missing for a reason', async () => {
    const { page } = await open({});
    await page.getByText('There are no answers of workers beside this manifest.').waitFor();
  });

  it('are analyzed again when the manifest has grown and the user asks for it', async () => {
    const { page, host } = await open({ jobAnswers: team });
    await page.getByText('180 answers').waitFor();
    await host.replace(classification(80, { confidence: () => 0.95 }));
    pages.host.emit('manifest.changed', { progress: { kind: 'complete' } });
    await page.getByRole('button', { name: 'Analyze again' }).click();
    await page.getByText('240 answers').waitFor();
  });
});
