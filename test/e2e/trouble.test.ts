import assert from 'node:assert/strict';
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import type { Locator } from 'playwright-core';
import { type InstalledWorkbench, installWorkbench, startedServer } from '../support/installedWorkbench.js';
import { clientConfigOf } from '../support/localServer.js';
import { prepareLabelingJob } from '../support/preparedLab.js';
import { TestResults } from '../support/testResults.js';
import type { Workbench } from '../support/workbench.js';

const notStarted = 'Local Ground Truth did not start';
const tryAgain = 'Try Again';
const second = 'second@example.com';

// One story, told in steps.
describe('a lab in trouble', function () {
  this.timeout(120_000);
  this.bail(true);

  const results = new TestResults('e2e-trouble');
  let installed: InstalledWorkbench;
  let workbench: Workbench;
  /** Where Local Ground Truth keeps its data, unless something is in its way. */
  let dataFolder: string;

  before(async () => {
    installed = await installWorkbench();
    ({ workbench } = installed);
    dataFolder = join(installed.server.storageFolder, 'ground-truth-lab.ground-truth-lab', 'local');
    mkdirSync(dirname(dataFolder), { recursive: true });
    writeFileSync(dataFolder, 'in the way');
    await workbench.open();
    await workbench.activity('Ground Truth').click();
  });

  afterEach(async function () {
    if (this.currentTest?.state === 'failed') {
      await results.keep(this.currentTest.title, installed.page, installed.server);
    }
  });

  after(() => installed?.close());

  it('says in each view why it cannot be listed, and has a row to try again', async () => {
    for (const view of ['Buckets', 'Labeling Jobs', 'Private Teams']) {
      await workbench.view(view).getByText(notStarted).first().waitFor();
      await workbench.row(view, /^Retry/u).waitFor();
    }
  });

  it('tells of a command that fails, and runs it again when its cause is mended', async () => {
    await workbench.runCommand('Ground Truth: Create Bucket…');
    const error = await workbench.notification(notStarted);
    rmSync(dataFolder);
    await error.getByRole('button', { name: tryAgain }).click();
    await boxWith(workbench, 'Create Bucket').waitFor();
    await workbench.page.keyboard.press('Escape');
  });

  it('lists every view again by itself', async () => {
    await workbench.view('Buckets').getByText('Create Bucket…').waitFor();
    await workbench.view('Labeling Jobs').getByText('Create Labeling Job…').waitFor();
    await workbench.view('Private Teams').getByText('Create Private Team…').waitFor();
  });

  it('asks nothing again that was answered before the server was gone', async () => {
    await workbench.runCommand('Ground Truth: Create Bucket…');
    await boxWith(workbench, 'Create Bucket').waitFor();
    await workbench.quickInput.fill('bucket-of-my-own');
    process.kill(startedServer(installed.server).pid, 'SIGKILL');
    const away = `${dataFolder}.away`;
    renameSync(dataFolder, away);
    writeFileSync(dataFolder, 'in the way');
    await workbench.page.keyboard.press('Enter');
    const error = await workbench.notification(notStarted);
    rmSync(dataFolder);
    renameSync(away, dataFolder);
    await error.getByRole('button', { name: tryAgain }).click();
    await workbench.notification('Bucket "bucket-of-my-own" is ready');
    await workbench.row('Buckets', 'bucket-of-my-own').waitFor();
  });

  it('opens the portal as the worker whose invitation it is', async () => {
    const config = clientConfigOf(startedServer(installed.server));
    const emails = ['first@example.com', second];
    await prepareLabelingJob(config, { bucket: 'prepared', pictures: ['a.png'], emails, job: 'job' });
    const invitation = await workbench.notification(`"${second}" is invited to label`);
    await invitation.getByRole('button', { name: 'Open Portal' }).click();
    const page = await workbench.webview('text=Sign in to the labeling portal');
    assert.equal(await page.getByRole('textbox', { name: 'E-mail address' }).inputValue(), second);
  });
});

function boxWith({ page }: Workbench, title: string): Locator {
  return page.locator('.quick-input-widget').filter({ hasText: title });
}
