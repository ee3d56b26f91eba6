import assert from 'node:assert/strict';
import type { Handlers } from '../../src/protocol/channel.js';
import type { JobSetup } from '../../src/protocol/jobSetup.js';
import { emptyDraft } from '../../src/core/jobs/labelingJobDraft.js';
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
        jobName: 'groundtruth-labeling-job-DAY',
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

  it('puts what is wrong at its field, and the focus on the first one', async () => {
    const { host, page } = await open({}, (fake) => (fake.kept = { ...labDraft, jobName: 'cat_dog', labels: ['cat'] }));
    await page.locator('#create').click();
    await page.locator(`${field('labels')} .problem`).waitFor();
    assert.match(await page.locator(`${field('jobName')} .problem`).innerText(), /letters, digits and hyphens/u);
    assert.equal(await page.evaluate(() => document.activeElement?.id), 'jobName');
    assert.deepEqual(host.created, []);
  });
});

function field(name: string): string {
  return `[data-field="${name}"]`;
}

/** The box inside a control of the toolkit. */
function typed(id: string): string {
  return `[id="${id}"] input, [id="${id}"] textarea`;
}
