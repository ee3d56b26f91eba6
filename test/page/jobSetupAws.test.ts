import assert from 'node:assert/strict';
import type { Handlers } from '../../src/protocol/channel.js';
import type { JobSetup } from '../../src/protocol/jobSetup.js';
import { labDraft } from '../support/jobDrafts.js';
import { fakeJobHost } from '../support/jobSetupHost.js';
import { PageHarness, type OpenedPage } from '../support/pageHarness.js';

describe('the job form over an AWS account', () => {
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

  async function open(changed: Partial<Handlers<JobSetup>> = {}) {
    const { handlers } = fakeJobHost({
      'form.open': async () => ({
        draft: { ...labDraft, roleArn: '' },
        connection: 'aws',
        mayRunTemplates: true,
      }),
      ...changed,
    });
    opened = await harness.open<JobSetup>({ page: 'jobSetup', handlers });
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
});
