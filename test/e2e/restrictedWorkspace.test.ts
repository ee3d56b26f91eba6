import assert from 'node:assert/strict';
import type { Frame } from 'playwright-core';
import {
  type InstalledWorkbench,
  installWorkbench,
  serverOnceStarted,
  startedServer,
} from '../support/installedWorkbench.js';
import { invitedPassword } from '../support/lab.js';
import { LabSteps } from '../support/labSteps.js';
import { clientConfigOf } from '../support/localServer.js';
import { prepareLabelingJob } from '../support/preparedLab.js';
import { TestResults } from '../support/testResults.js';
import type { Workbench } from '../support/workbench.js';

const bucket = 'restricted-workspace';
const email = 'worker@example.com';
const job = 'cats-or-dogs';
const isRestricted = 'This workspace is restricted';
const manageTrust = 'Manage Workspace Trust';

// One story, told in steps.
describe('a workspace that nobody has trusted', function () {
  this.timeout(120_000);
  this.bail(true);

  const results = new TestResults('e2e-restricted');
  let installed: InstalledWorkbench;
  let workbench: Workbench;

  before(async () => {
    installed = await installWorkbench({ withTrust: true });
    ({ workbench } = installed);
    await workbench.open();
    await workbench.activity('Ground Truth').click();
  });

  afterEach(async function () {
    if (this.currentTest?.state === 'failed') {
      await results.keep(this.currentTest.title, installed.page, installed.server);
    }
  });

  after(() => installed?.close());

  it('is restricted, as far as VS Code is concerned', async () => {
    await workbench.page.locator('.statusbar-item').getByText('Restricted Mode').waitFor();
  });

  it('has an explorer that works', async () => {
    await workbench.view('Buckets').getByText('Create Bucket…').waitFor();
    const config = clientConfigOf(await serverOnceStarted(installed.server));
    await prepareLabelingJob(config, { bucket, pictures: ['a.png', 'b.png'], emails: [email], job });
    await workbench.runCommand('Ground Truth: Refresh');
    await workbench.row('Buckets', bucket).click();
    await workbench.row('Buckets', /^a\.png/).waitFor();
    await workbench.row('Labeling Jobs', new RegExp(`^${job}`)).waitFor();
    await workbench.row('Private Teams', 'team').waitFor();
  });

  it('opens a manifest', async () => {
    await workbench.row('Buckets', /^in\.manifest/).click();
    const editor = await workbench.webview('gt-row-list');
    await editor.getByRole('banner').getByText('2 objects').waitFor();
  });

  it('has a form for labeling jobs that says why it shows no preview', async () => {
    await workbench.runCommand('Ground Truth: Create Labeling Job…');
    const form = await workbench.webview('#create');
    await form.getByText(isRestricted).waitFor();
    await form.getByRole('button', { name: manageTrust }).waitFor();
    assert.equal(await framesIn(form), 0);
    await workbench.runCommand('View: Close All Editors');
  });

  it('runs no template where there is something to label, and says why', async () => {
    await workbench.runCommand('Ground Truth: Start Labeling');
    await workbench.choice(job).click();
    const page = await workbench.webview(`text=${isRestricted}`);
    assert.equal(await framesIn(page), 0);
  });

  it('goes on to the sign-in by itself once it is trusted', async () => {
    const page = await workbench.webview(`text=${isRestricted}`);
    await page.getByRole('button', { name: manageTrust }).click();
    await workbench.page.locator('.workspace-trust-editor').getByRole('button', { name: 'Trust', exact: true }).click();
    await workbench.page.locator('.workspace-trust-editor').getByText('You trust this folder').first().waitFor();
    await workbench.page
      .locator('.monaco-modal-editor-block')
      .getByRole('button', { name: /^Close/u })
      .click();
    const { dataFolder } = startedServer(installed.server);
    const signIn = await workbench.webview('text=Sign in to the labeling portal');
    const password = await invitedPassword(dataFolder, email);
    await new LabSteps(workbench).signIn(signIn, { email, password });
  });
});

/** Frames are where templates run. */
function framesIn(page: Frame): Promise<number> {
  return page.locator('iframe').count();
}
