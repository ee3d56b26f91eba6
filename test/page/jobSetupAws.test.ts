import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import process from 'node:process';
import { parsePriceTable } from '../../src/core/cost/priceTable.js';
import type { Handlers } from '../../src/protocol/channel.js';
import type { JobSetup, OpenedForm } from '../../src/protocol/jobSetup.js';
import { isAccessible } from '../support/accessibility.js';
import { labDraft } from '../support/jobDrafts.js';
import { fakeJobHost } from '../support/jobSetupHost.js';
import { PageHarness, type OpenedPage } from '../support/pageHarness.js';
import type { Theme } from '../support/themes.js';

const region = 'us-east-1';
const table = parsePriceTable(readFileSync('media/prices.json', 'utf8'));

describe('the job form over an AWS account', () => {
  let harness: PageHarness;
  let opened: OpenedPage<JobSetup> | undefined;
  const edited: string[] = [];

  before(async () => void (harness = await PageHarness.start()));
  after(() => harness.dispose());
  afterEach(async () => {
    assert.deepEqual(opened?.problems ?? [], []);
    assert.deepEqual(opened?.strayRequests ?? [], []);
    await opened?.close();
    opened = undefined;
  });

  async function open(
    changed: Partial<Handlers<JobSetup>> = {},
    prices: OpenedForm['prices'] = { region, table },
    look: { readonly theme?: Theme; readonly width?: number } = {},
  ) {
    const { handlers } = fakeJobHost({
      'form.open': async () => ({
        draft: { ...labDraft, roleArn: '' },
        connection: 'aws',
        mayRunTemplates: true,
        prices,
      }),
      'prices.edit': async () => void edited.push('prices'),
      ...changed,
    });
    opened = await harness.open<JobSetup>({ page: 'jobSetup', handlers, ...look });
    const { page } = opened;
    await page.getByText('20 pictures').first().waitFor();
    return page;
  }

  it('says that a role is read before it is created, and stays as it was where that is declined', async () => {
    const page = await open({ 'job.create': async () => ({ kind: 'declined' }) });
    await page.getByText('You read its policies first').waitFor();
    await page.locator('#create').click();
    await page.locator('#create').waitFor();
    assert.equal(await page.locator('#created').count(), 0);
    assert.equal(await page.getByRole('alert').count(), 0);
  });

  it('says that it waits for an answer, and takes the creation back', async () => {
    const given: AbortSignal[] = [];
    const page = await open({
      'job.create': async (_draft, signal) => {
        given.push(signal);
        opened?.host.emit('creation.step', { kind: 'question' });
        await new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)));
        return { kind: 'declined' };
      },
    });
    await page.locator('#create').click();
    await page.getByText('Waiting for your answer').waitFor();
    await page.locator('.bar').getByText('Cancel').click();
    await page.locator('#create').waitFor();
    assert.equal(given[0]?.aborted, true);
  });

  it('says what the job costs, by prices of which it says date, source and age', async () => {
    const page = await open();
    const cost = await page.locator('#cost').innerText();
    assert.match(cost, /About \$1\.60 for 20 objects, without tax and S3\./u);
    assert.match(cost, /The 20 tasks of a private team cost nothing beside that\./u);
    assert.match(cost, /does not name us-east-1, whose price may be another/u);
    assert.match(cost, /first 500 objects of each of an account's first 2 months are free/u);
    assert.match(cost, /Prices as of 2025-02-01: The sample notebook/u);
    assert.match(cost, /The price table is \d+ days old/u);
    await page.getByRole('button', { name: 'Edit Price Table…' }).click();
    assert.deepEqual(edited, ['prices']);
  });

  it('says of new prices only their date, and asks for those that are missing', async () => {
    const date = new Date().toISOString().slice(0, 10);
    const prices = [{ regions: [region], taskTypes: ['*'], perObject: [{ upTo: 10, usd: 0.5 }], perWorkerTask: 0 }];
    const page = await open({}, { region, table: { date, source: 'my bill', prices } });
    const cost = await page.locator('#cost').innerText();
    assert.match(cost, /no price beyond 10 objects, and these are 20: fill it in/u);
    assert.match(cost, new RegExp(`Prices as of ${date}: my bill\\.`, 'u'));
    assert.doesNotMatch(cost, /days old|free/u);
  });

  it('says what is wrong with the price table, and lets it be mended', async () => {
    const page = await open({}, { problem: '"date" must be a day, such as "2025-02-01"' });
    await page.getByText('Your price table cannot be used: "date" must be a day').waitFor();
    await page.getByRole('button', { name: 'Edit Price Table…' }).waitFor();
  });

  it('says nothing of costs over Local Ground Truth', async () => {
    const page = await open({
      'form.open': async () => ({ draft: labDraft, connection: 'local', mayRunTemplates: true }),
    });
    await page.getByRole('heading', { name: 'What Create does' }).waitFor();
    assert.equal(await page.locator('#cost').count(), 0);
  });

  for (const theme of ['dark', 'light', 'highContrast'] as const) {
    for (const width of [1_280, 360]) {
      it(`shows the costs so that all can read them: ${theme}, ${width} pixels`, async () => {
        const page = await open({}, { region, table }, { theme, width });
        await page.locator('#cost').scrollIntoViewIfNeeded();
        const shots = process.env['COST_SHOTS'];
        if (shots !== undefined) {
          await page.screenshot({ path: `${shots}/${theme}-${width}.png`, fullPage: true });
        }
        await isAccessible(page, '#cost');
        const isScrolledSideways = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
        assert.equal(isScrolledSideways, false);
      });
    }
  }
});
