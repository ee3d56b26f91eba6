import assert from 'node:assert/strict';
import { CreateBucketCommand, GetBucketCorsCommand, PutBucketCorsCommand } from '@aws-sdk/client-s3';
import { type InstalledWorkbench, installWorkbench, serverOnceStarted } from '../support/installedWorkbench.js';
import { type Clients, clientsOf } from '../support/lab.js';
import { clientConfigOf } from '../support/localServer.js';
import { TestResults } from '../support/testResults.js';
import type { Workbench } from '../support/workbench.js';

const bucket = 'pictures-to-mend';
const own = { AllowedMethods: ['GET'], AllowedOrigins: ['https://intranet.example'] };
const title = 'Add the CORS rule';

// One story, told in steps.
describe('the doctor in VS Code', function () {
  this.timeout(120_000);
  this.bail(true);

  const results = new TestResults('e2e-doctor');
  let installed: InstalledWorkbench;
  let workbench: Workbench;
  let clients: Clients;

  before(async () => {
    installed = await installWorkbench();
    ({ workbench } = installed);
    await workbench.open();
    await workbench.activity('Ground Truth').click();
    clients = clientsOf(clientConfigOf(await serverOnceStarted(installed.server)));
    await clients.s3.send(new CreateBucketCommand({ Bucket: bucket }));
    const CORSConfiguration = { CORSRules: [own] };
    await clients.s3.send(new PutBucketCorsCommand({ Bucket: bucket, CORSConfiguration }));
  });

  afterEach(async function () {
    if (this.currentTest?.state === 'failed') {
      await results.keep(this.currentTest.title, installed.page, installed.server);
    }
  });

  after(async () => {
    Object.values(clients ?? {}).forEach((client) => client.destroy());
    await installed?.close();
  });

  const rules = async () => (await clients.s3.send(new GetBucketCorsCommand({ Bucket: bucket }))).CORSRules ?? [];
  const line = '[data-key^="s3.cors"]';

  async function pressFix(): Promise<void> {
    const page = await workbench.webview(`.warning${line}`);
    await page.getByRole('button', { name: `Fix: ${title}…` }).click();
    const changed = workbench.page.locator('.monaco-diff-editor .editor.modified');
    await changed.getByText('Access-Control-Allow-Origin').waitFor();
    await changed.getByText('https://intranet.example').waitFor();
    await workbench.tab(new RegExp(title, 'u')).waitFor();
  }

  it('tells of a bucket whose pictures no worker would see', async () => {
    await workbench.runCommand('Ground Truth: Run Doctor…');
    await workbench.choice('A bucket…').click();
    await workbench.choice(bucket).click();
    const page = await workbench.webview(`.warning${line}`);
    assert.match(await page.locator(line).innerText(), /no CORS rule that lets workers’ pages read its pictures/u);
  });

  it('changes nothing for whoever has seen the diff and does not want it', async () => {
    await pressFix();
    await workbench.runCommand('Ground Truth: Change Nothing');
    await workbench.webview(`.warning${line}`);
    assert.equal(await workbench.tab(new RegExp(title, 'u')).count(), 0);
    assert.equal((await rules()).length, 1);
  });

  it('does what the diff has shown, and is content', async () => {
    await pressFix();
    const question = await workbench.notification(`${title}? "`);
    await question.getByRole('button', { name: 'Apply', exact: true }).click();
    const page = await workbench.webview(`.ok${line}`);
    assert.match(await page.locator(line).innerText(), /Workers’ pages may read the pictures of this bucket/u);
    const [first, second, ...others] = await rules();
    assert.deepEqual([first?.AllowedOrigins, second?.AllowedOrigins, others], [own.AllowedOrigins, ['*'], []]);
  });

  it('is there again after the window was reloaded, and has looked again at the same', async () => {
    await workbench.reload();
    const page = await workbench.webview(`.ok${line}`);
    assert.match(await page.locator('.subject').innerText(), new RegExp(`the bucket "${bucket}"`, 'u'));
  });
});
