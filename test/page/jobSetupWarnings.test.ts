import assert from 'node:assert/strict';
import type { LabelingJobDraft } from '../../src/core/jobs/labelingJobDraft.js';
import type { JobSetup } from '../../src/protocol/jobSetup.js';
import { field, typed } from '../support/jobFormPage.js';
import { labDraft } from '../support/jobDrafts.js';
import { isAccessible } from '../support/accessibility.js';
import { until } from '../support/galleryPages.js';
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

describe('the doctor in the job form', () => {
  let harness: PageHarness;
  let opened: OpenedPage<JobSetup> | undefined;

  before(async () => void (harness = await PageHarness.start()));
  after(() => harness.dispose());
  afterEach(async () => {
    assert.deepEqual(opened?.problems ?? [], []);
    await opened?.close();
    opened = undefined;
  });

  const error = {
    id: 'iam.trust',
    status: 'error',
    where: 'labeling',
    cause: 'The role’s trust policy does not let SageMaker act as it.',
  } as const;
  const warning = { id: 'iam.role.logs', status: 'warning', where: 'labeling', cause: 'No logs.' } as const;

  async function open(findings: ReturnType<typeof fakeJobHost>['findings']) {
    const host = fakeJobHost();
    host.kept = labDraft;
    host.findings = findings;
    opened = await harness.open<JobSetup>({ page: 'jobSetup', handlers: host.handlers });
    const { page } = opened;
    await page.getByText('20 pictures').first().waitFor();
    return { host, page };
  }

  it('says what it found while the form is filled in', async () => {
    const { host, page } = await open([error, warning]);
    await page.getByRole('heading', { name: 'What the doctor says' }).waitFor();
    assert.match(await page.locator('.outlook .findings').innerText(), /trust policy[^]*No logs/u);
    for (const line of await page.locator('.outlook .findings li').all()) {
      const icon = await line.locator('.codicon').boundingBox();
      const text = await line.locator('strong').boundingBox();
      assert.ok(icon && text && icon.x + icon.width < text.x, 'an icon stands before its text');
    }
    assert.equal(host.examined.length, 1);
    await page.getByRole('button', { name: 'Run Doctor' }).click();
    assert.deepEqual(host.calls, ['doctor.run']);
  });

  it('keeps a job from being created whose role cannot be used, unless somebody knows better', async () => {
    const { host, page } = await open([error, warning]);
    await page.locator('#create').click();
    await page.getByText('The doctor found what keeps this job from working').waitFor();
    assert.match(await page.locator('#doubts').innerText(), /trust policy/u);
    assert.doesNotMatch(await page.locator('#doubts').innerText(), /No logs/u);
    assert.equal(await page.evaluate(() => document.activeElement?.id), 'doubts');
    assert.deepEqual(host.created, []);
    await isAccessible(page, '.bar');
    await page.getByRole('button', { name: 'Create Anyway' }).click();
    await page.getByText('is created.').waitFor();
    assert.equal(host.created.length, 1);
  });

  it('looks again at what was mended meanwhile', async () => {
    const { host, page } = await open([error]);
    await page.locator('#create').click();
    await page.getByRole('button', { name: 'Create Anyway' }).waitFor();
    host.findings = [warning];
    await page.getByRole('button', { name: 'Look Again' }).click();
    await page.getByText('is created.').waitFor();
  });

  it('ends a look at the draft as it was, and looks at it as it is', async () => {
    const signals: AbortSignal[] = [];
    const host = fakeJobHost({
      'draft.examine': (_, signal) => {
        signals.push(signal);
        return signals.length > 1 ? Promise.resolve([error]) : new Promise(() => undefined);
      },
    });
    host.kept = labDraft;
    opened = await harness.open<JobSetup>({ page: 'jobSetup', handlers: host.handlers });
    const { page } = opened;
    await page.getByText('20 pictures').first().waitFor();
    await until(page, () => signals.length === 1);
    assert.equal(signals[0]?.aborted, false);
    await page.fill(typed('workersPerObject'), '2');
    await page.getByRole('heading', { name: 'What the doctor says' }).waitFor();
    assert.deepEqual(
      signals.map(({ aborted }) => aborted),
      [true, false],
    );
  });

  it('ends with the creation that waits for it', async () => {
    const signals: AbortSignal[] = [];
    const host = fakeJobHost({
      'draft.examine': (_, signal) => {
        signals.push(signal);
        return new Promise(() => undefined);
      },
    });
    host.kept = labDraft;
    opened = await harness.open<JobSetup>({ page: 'jobSetup', handlers: host.handlers });
    const { page } = opened;
    await page.getByText('20 pictures').first().waitFor();
    await page.locator('#create').click();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.locator('#create').waitFor();
    await until(page, () => signals.every(({ aborted }) => aborted));
    assert.deepEqual(host.created, []);
  });

  it('keeps nobody from creating a job by not knowing', async () => {
    const host = fakeJobHost({ 'draft.examine': () => Promise.reject(new Error('no idea')) });
    host.kept = labDraft;
    opened = await harness.open<JobSetup>({ page: 'jobSetup', handlers: host.handlers });
    await opened.page.getByText('20 pictures').first().waitFor();
    await opened.page.locator('#create').click();
    await opened.page.getByText('is created.').waitFor();
  });
});
