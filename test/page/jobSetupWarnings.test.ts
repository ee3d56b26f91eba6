import assert from 'node:assert/strict';
import type { LabelingJobDraft } from '../../src/core/jobs/labelingJobDraft.js';
import type { JobSetup } from '../../src/protocol/jobSetup.js';
import { field, typed } from '../support/jobFormPage.js';
import { labDraft } from '../support/jobDrafts.js';
import { fakeJobHost } from '../support/jobSetupHost.js';
import { PageHarness, type OpenedPage } from '../support/pageHarness.js';

describe('the warnings of the job form', () => {
  let harness: PageHarness;
  let opened: OpenedPage<JobSetup> | undefined;

  before(async () => void (harness = await PageHarness.start()));
  after(() => harness.dispose());
  afterEach(async () => {
    assert.deepEqual(opened?.problems ?? [], []);
    assert.deepEqual(opened?.strayRequests ?? [], []);
    await opened?.close();
    opened = undefined;
  });

  async function open(changed: Partial<LabelingJobDraft>) {
    const host = fakeJobHost();
    host.kept = { ...labDraft, ...changed };
    opened = await harness.open<JobSetup>({ page: 'jobSetup', handlers: host.handlers });
    const { page } = opened;
    await page.getByText('20 pictures').first().waitFor();
    return { host, page };
  }

  it('say while typing that a team of one cannot give three answers, and lead to more members', async () => {
    const { host, page } = await open({});
    await page.fill(typed('workersPerObject'), '3');
    const warning = page.locator(`${field('workersPerObject')} .warning`);
    assert.match(await warning.innerText(), /one member, and each picture waits for 3 .* until 2 more join/u);
    await warning.getByRole('button', { name: 'Add Members…' }).click();
    await warning.waitFor({ state: 'detached' });
    assert.deepEqual(host.calls, ['team.addMembers']);
  });

  it('keep nobody from creating a job for a team that is still too small', async () => {
    const { host, page } = await open({ workersPerObject: '3' });
    await page.locator('#create').click();
    await page.getByText('is created.').waitFor();
    assert.equal(host.created[0]?.workersPerObject, '3');
    await page.getByText(/each picture waits for 3/u).waitFor();
    await page.getByRole('button', { name: 'Simulate Workers…' }).click();
    await page.getByRole('button', { name: 'Add Members…' }).click();
    await page.getByText(/each picture waits for 3/u).waitFor({ state: 'detached' });
    assert.deepEqual(host.calls, [`simulateWorkers ${labDraft.jobName}`, 'team.addMembers']);
  });

  it('say what they mean in words that fit', async () => {
    const { page } = await open({ labels: [''], workersPerObject: '2' });
    await page.getByText("The labels and the worker's page are written").waitFor();
    const warning = await page.locator(`${field('workersPerObject')} .warning`).innerText();
    assert.match(warning, /until 1 more joins\./u);
  });

  it('tell of labels that differ by case alone, which are taken', async () => {
    const { host, page } = await open({ labels: ['cat', 'Cat'] });
    assert.match(await page.locator('#labels .warning').innerText(), /"Cat" and "cat" are two labels to Ground Truth/u);
    await page.locator('#create').click();
    await page.getByText('is created.').waitFor();
    assert.deepEqual(host.created[0]?.labels, ['cat', 'Cat']);
  });
});
