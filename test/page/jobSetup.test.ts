import assert from 'node:assert/strict';
import type { Handlers } from '../../src/protocol/channel.js';
import type { JobSetup } from '../../src/protocol/jobSetup.js';
import { emptyDraft } from '../../src/core/jobs/labelingJobDraft.js';
import { field, focusIn, typed } from '../support/jobFormPage.js';
import { labDraft } from '../support/jobDrafts.js';
import { fakeJobHost, labBucket, labFolder, type FakeJobHost } from '../support/jobSetupHost.js';
import { PageHarness, type OpenedPage } from '../support/pageHarness.js';

describe('the job form', () => {
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

  async function open(changed: Partial<Handlers<JobSetup>> = {}, prepare: (host: FakeJobHost) => void = () => {}) {
    const host = fakeJobHost(changed);
    prepare(host);
    opened = await harness.open<JobSetup>({ page: 'jobSetup', handlers: host.handlers });
    const { page } = opened;
    await page.getByRole('heading', { name: 'Create Labeling Job' }).waitFor();
    return { host, page };
  }

  it('says the name of each field to a screen reader', async () => {
    const { page } = await open();
    for (const name of ['Job name', 'Folder', 'Label 1', 'Instruction', 'Workers for each picture']) {
      assert.equal(await page.getByRole('textbox', { name: new RegExp(`^${name}`, 'u') }).count(), 1, name);
    }
  });

  it('makes the lab’s job by filling in what is not filled in already', async () => {
    const { host, page } = await open();
    await page.selectOption('#inputBucket', labBucket);
    await page.getByRole('button', { name: 'Browse for a folder' }).click();
    await page.getByText('20 pictures').first().waitFor();
    await page.fill(typed('instruction'), "Please classify the images as 'cat' or 'dog'");
    await page.fill(typed('label.0'), 'cat');
    await page.fill(typed('label.1'), 'dog');
    await page.locator('#create').click();
    await page.getByText('is created.').waitFor();
    const [draft] = host.created;
    assert.deepEqual(
      { ...draft, jobName: draft?.jobName.replace(/\d{8}$/u, 'DAY') },
      {
        ...emptyDraft,
        jobName: 'labeling-job-DAY',
        inputBucket: labBucket,
        inputFolder: labFolder,
        outputPath: `s3://${labBucket}/output/`,
        teamArn: host.teams[0]?.arn,
        instruction: "Please classify the images as 'cat' or 'dog'",
        labels: ['cat', 'dog'],
      },
    );
  });

  it('goes on to labeling, or to the job, when it is created', async () => {
    const { host, page } = await open({}, (fake) => (fake.kept = labDraft));
    await page.getByText('20 pictures').first().waitFor();
    await page.locator('#create').click();
    await page.getByRole('button', { name: 'Start Labeling' }).click();
    await page.getByRole('button', { name: 'Show Job' }).click();
    const name = labDraft.jobName;
    assert.deepEqual(host.calls, [`startLabeling ${name}`, `show ${name}`]);
  });

  it('speaks of the job that was created alone, until another is wanted', async () => {
    const { page } = await open({}, (fake) => (fake.kept = labDraft));
    await page.getByText('20 pictures').first().waitFor();
    await page.locator('#create').click();
    await page.getByRole('heading', { name: labDraft.jobName }).waitFor();
    const text = await page.locator('body').innerText();
    assert.match(text, /20 pictures are offered to "my-team" \(1 member\)/u);
    assert.doesNotMatch(text, /What Create does/u);
    await page.getByRole('button', { name: 'Create Another' }).click();
    await page.getByText('What Create does').waitFor();
    await focusIn(page, 'jobName');
    assert.notEqual(await page.inputValue(typed('jobName')), labDraft.jobName);
  });

  it('puts what is wrong at its field, and the focus on the first one', async () => {
    const { host, page } = await open({}, (fake) => (fake.kept = { ...labDraft, jobName: 'cat_dog', labels: ['cat'] }));
    await page.locator('#create').click();
    await page.locator(`${field('labels')} .problem`).waitFor();
    assert.match(await page.locator(`${field('jobName')} .problem`).innerText(), /letters, digits and hyphens/u);
    assert.equal(await page.evaluate(() => document.activeElement?.id), 'jobName');
    assert.deepEqual(host.created, []);
  });

  it('loses nothing that was typed when the page is loaded again', async () => {
    const { host, page } = await open();
    await page.fill(typed('jobName'), 'half-done');
    await page.fill(typed('label.0'), 'lynx');
    host.kept = emptyDraft; // Also when the host never heard of it.
    await page.reload();
    await page.getByRole('heading', { name: 'Create Labeling Job' }).waitFor();
    assert.equal(await page.inputValue(typed('jobName')), 'half-done');
    assert.equal(await page.inputValue(typed('label.0')), 'lynx');
  });

  it('opens with the draft that is kept once what could not be reached is there', async () => {
    const host = fakeJobHost({ 'form.open': () => Promise.reject(new Error('Local Ground Truth did not start')) });
    host.kept = { ...emptyDraft, instruction: 'Cat or dog?' };
    opened = await harness.open<JobSetup>({ page: 'jobSetup', handlers: host.handlers });
    const { page } = opened;
    await page.getByText('Local Ground Truth did not start').waitFor();
    host.handlers['form.open'] = async ({ kept = host.kept }) => ({
      draft: kept,
      connection: 'local',
      mayRunTemplates: true,
    });
    opened.host.emit('form.reopened', {});
    await page.getByRole('heading', { name: 'Create Labeling Job' }).waitFor();
    assert.equal(await page.inputValue(typed('instruction')), 'Cat or dog?');
  });

  it('runs no preview in a restricted workspace, and leads to where it is trusted', async () => {
    const restricted = { draft: labDraft, connection: 'local', mayRunTemplates: false } as const;
    const { host, page } = await open({ 'form.open': async () => restricted });
    await page.getByText('This workspace is restricted').waitFor();
    assert.equal(await page.locator('iframe').count(), 0);
    await page.getByRole('button', { name: 'Manage Workspace Trust' }).click();
    host.handlers['form.open'] = async () => ({ ...restricted, mayRunTemplates: true });
    opened?.host.emit('form.reopened', {});
    await page.locator('gt-task-preview iframe').waitFor();
    assert.deepEqual(host.calls, ['trust.manage']);
  });

  it('has the host keep each change, for a page that never comes back', async () => {
    const { host, page } = await open();
    await page.fill(typed('instruction'), 'Cat or dog?');
    await page.keyboard.press('Tab');
    assert.equal(host.kept.instruction, 'Cat or dog?');
  });

  it('takes what it is opened from, and keeps the rest', async () => {
    const { host, page } = await open();
    await page.fill(typed('instruction'), 'Cat or dog?');
    host.handlers['form.open'] = async ({ kept = emptyDraft }) => ({
      draft: { ...kept, inputBucket: labBucket, inputFolder: labFolder },
      connection: 'local',
      mayRunTemplates: true,
    });
    opened?.host.emit('form.reopened', {});
    await page.getByText('20 pictures').first().waitFor();
    assert.equal(await page.inputValue(typed('inputFolder')), labFolder);
    assert.equal(await page.inputValue(typed('instruction')), 'Cat or dog?');
  });

  it('can be filled in with the keyboard alone', async () => {
    const { host, page } = await open({}, (fake) => (fake.kept = { ...labDraft, labels: ['', ''], instruction: '' }));
    await page.getByText('20 pictures').first().waitFor();
    await page.locator(typed('instruction')).focus();
    await page.keyboard.type('Cat or dog?');
    await page.keyboard.press('Tab');
    await page.keyboard.type('dog');
    await page.keyboard.press('Enter');
    await page.keyboard.type('cat');
    await page.keyboard.press('Alt+ArrowUp');
    await focusIn(page, 'label.0');
    await page.locator('#create').focus();
    await page.keyboard.press('Enter');
    await page.getByText('is created.').waitFor();
    assert.deepEqual(host.created[0]?.labels, ['cat', 'dog']);
    assert.equal(await page.evaluate(() => document.activeElement?.id), 'created');
  });

  it('adds, removes and counts labels', async () => {
    const labels = Array.from({ length: 10 }, (_, index) => `class ${index + 1}`);
    const { host, page } = await open({}, (fake) => (fake.kept = { ...labDraft, labels }));
    const warning = page.getByText('Only the first 10 labels have a key');
    assert.equal(await warning.count(), 0);
    await page.getByRole('button', { name: 'Add Label' }).click();
    await focusIn(page, 'label.10');
    await page.keyboard.type('class 11');
    await warning.waitFor();
    await page.getByRole('button', { name: 'Remove "class 1"', exact: true }).click();
    await warning.waitFor({ state: 'detached' });
    assert.deepEqual(host.kept.labels, [...labels.slice(1), 'class 11']);
  });

  it('has a role made where the kept one is gone, and does not offer that', async () => {
    const { host, page } = await open({}, (fake) => {
      fake.kept = labDraft;
      fake.roles = [{ name: 'another', arn: 'arn:aws:iam::111122223333:role/another' }];
    });
    await page.getByText('20 pictures').first().waitFor();
    assert.equal(await page.inputValue('#role'), '');
    assert.deepEqual(await page.locator('#role option').allInnerTexts(), [
      'Create a role for the buckets of this job only',
      'another',
    ]);
    await page.locator('#create').click();
    await page.getByText('is created.').waitFor();
    assert.equal(host.created[0]?.roleArn, '');
  });

  it('lets go of a bucket that is deleted while it is open', async () => {
    const { host, page } = await open({}, (fake) => (fake.kept = labDraft));
    await page.getByText('20 pictures').first().waitFor();
    host.buckets = ['another-bucket'];
    opened?.host.emit('form.reopened', {});
    await page.getByText('20 pictures').first().waitFor({ state: 'detached' });
    assert.equal(await page.inputValue('#inputBucket'), '');
    assert.deepEqual(await page.locator('#inputBucket option').allInnerTexts(), ['Choose a bucket', 'another-bucket']);
    assert.equal(await page.locator('.summary .problem').count(), 0);
  });

  it('shows where the focus is in a field that is wrong', async () => {
    const { page } = await open({}, (fake) => (fake.kept = { ...labDraft, jobName: 'cat_dog' }));
    await page.locator('#create').click();
    await focusIn(page, 'jobName');
    const style = await page.locator('#jobName').evaluate((element) => getComputedStyle(element).outlineStyle);
    assert.equal(style, 'solid');
  });

  it('says why the job was not created, and takes the role that was made the next time', async () => {
    const role = { name: 'made', arn: 'arn:aws:iam::111122223333:role/service-role/made' };
    let isFirst = true;
    const { host, page } = await open(
      {
        'job.create': async (draft) => {
          if (isFirst) {
            isFirst = false;
            opened?.host.emit('role.created', role);
            throw new Error('AWS does not allow you sagemaker:CreateLabelingJob');
          }
          host.created.push(draft);
          return { kind: 'created', name: draft.jobName, arn: 'arn' };
        },
      },
      (fake) => (fake.kept = { ...labDraft, roleArn: '' }),
    );
    await page.getByText('20 pictures').first().waitFor();
    await page.locator('#create').click();
    await page.getByText('AWS does not allow you sagemaker:CreateLabelingJob').waitFor();
    await page.locator('#create').click();
    await page.getByText('is created.').waitFor();
    assert.equal(host.created[0]?.roleArn, role.arn);
  });

  it('can be given up while it creates the job', async () => {
    const given = Promise.withResolvers<void>();
    const { page } = await open(
      {
        'job.create': (_, signal) =>
          new Promise((_resolve, reject) => {
            signal.addEventListener('abort', () => {
              given.resolve();
              reject(new Error('given up'));
            });
          }),
      },
      (fake) => (fake.kept = labDraft),
    );
    await page.getByText('20 pictures').first().waitFor();
    await page.locator('#create').click();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await given.promise;
    await page.locator('#create').waitFor();
  });

  it('says in its place what could not be listed, and asks again', async () => {
    let isDown = true;
    const { page } = await open({
      'buckets.list': async () => {
        if (isDown) {
          throw new Error('"http://127.0.0.1:4711" cannot be reached');
        }
        return [labBucket];
      },
    });
    await page.getByText('cannot be reached').waitFor();
    isDown = false;
    await page.getByRole('button', { name: 'Retry' }).click();
    await page.selectOption('#inputBucket', labBucket);
  });

  for (const theme of ['dark', 'light', 'highContrast'] as const) {
    it(`fits into 400 pixels (${theme})`, async () => {
      const host = fakeJobHost();
      host.kept = { ...labDraft, jobName: 'x'.repeat(63) };
      opened = await harness.open<JobSetup>({ page: 'jobSetup', handlers: host.handlers, theme, width: 400 });
      await opened.page.getByText('20 pictures').first().waitFor();
      const [needed, given] = await opened.page.evaluate(() => [document.body.scrollWidth, window.innerWidth]);
      assert.ok((needed ?? 0) <= (given ?? 0), `${needed} of ${given}`);
    });
  }
});
