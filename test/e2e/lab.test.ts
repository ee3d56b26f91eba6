import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { createAwsServices } from '../../src/aws/services.js';
import { type InstalledWorkbench, installWorkbench, startedServer } from '../support/installedWorkbench.js';
import { type JobForm, LabSteps } from '../support/labSteps.js';
import { TestResults } from '../support/testResults.js';
import type { Workbench } from '../support/workbench.js';

const sampleFolder = 'traindata_cat_dog_images_20';

// A key for each picture: 12 cats, 8 dogs.
const keys = '11212112112112121212'.split('');

// One story, told in steps: each stands on the one before, and after one that fails the rest is not tried.
describe('the lab, clicked in a real workbench', function () {
  this.timeout(120_000);
  this.bail(true);

  const results = new TestResults('e2e');
  const strayRequests = new Set<string>();
  let installed: InstalledWorkbench;
  let workbench: Workbench;
  let lab: LabSteps;
  let bucket: string;
  let form: JobForm;
  let worker: Awaited<ReturnType<LabSteps['createPrivateTeam']>>;

  before(async () => {
    installed = await installWorkbench();
    installed.page.on('request', (request) => {
      const { protocol, hostname, origin } = new URL(request.url());
      // A webview's files have addresses under vscode-cdn.net, which its service worker answers.
      if (/^https?:$/.test(protocol) && hostname !== '127.0.0.1' && !hostname.endsWith('.vscode-cdn.net')) {
        strayRequests.add(origin);
      }
    });
    ({ workbench } = installed);
    lab = new LabSteps(workbench);
  });

  afterEach(async function () {
    if (this.currentTest?.state === 'failed') {
      await results.keep(this.currentTest.title, installed.page, installed.server);
    }
  });

  after(() => installed?.close());

  it('has an icon in the activity bar, and three views that say what to do', async () => {
    await workbench.open();
    await workbench.activity('Ground Truth').click();
    await workbench.view('Buckets').getByText('Create Bucket…').waitFor();
    await workbench.view('Labeling Jobs').getByText('Create Labeling Job…').waitFor();
    await workbench.view('Private Teams').getByText('Create Private Team…').waitFor();
  });

  it('has a walkthrough, of which nothing is done but the connection', async () => {
    assert.deepEqual(await lab.stepsDone(['connection']), ['connection']);
  });

  it('creates a bucket', async () => {
    bucket = await lab.createBucket();
    await workbench.row('Buckets', bucket).waitFor();
  });

  it('gets the sample images that come with the extension', async () => {
    await lab.getSampleImages();
    assert.equal(readdirSync(join(installed.workspace, sampleFolder)).length, 20);
  });

  it('uploads them', async () => {
    await lab.uploadImages(bucket);
    await workbench.row('Buckets', bucket).click();
    await workbench.row('Buckets', sampleFolder).click();
    const first = workbench.row('Buckets', /^0\.jpg/);
    assert.equal(await first.getAttribute('aria-setsize'), '20');
  });

  it('has ticked off what is done', async () => {
    const done = ['connection', 'bucket', 'samples', 'upload'];
    assert.deepEqual(await lab.stepsDone(done), done);
  });

  it('creates a private team, whose member gets an invitation', async () => {
    worker = await lab.createPrivateTeam();
    await workbench.row('Private Teams', worker.team).click();
    await workbench.row('Private Teams', worker.email).waitFor();
  });

  it('creates a labeling job through the form', async () => {
    form = await lab.fillInJobForm({ bucket, folder: sampleFolder, team: worker.team });
    await lab.createLabelingJob(form);
    await workbench.row('Labeling Jobs', form.job).getByText('0/20').waitFor();
  });

  it('lets the invited worker sign in and choose a password', async () => {
    await lab.signIn(await lab.startLabeling(form), worker);
  });

  it('labels pictures by keyboard', async () => {
    await lab.label(0, keys.slice(0, 7));
    await workbench.row('Labeling Jobs', form.job).getByText('7/20').waitFor();
  });

  it('takes an answer back with Ctrl+Z', async () => {
    await lab.takeBack(7);
    await workbench.row('Labeling Jobs', form.job).getByText('7/20').waitFor();
  });

  it('goes on at the same picture after the window was reloaded, with the same rows open', async () => {
    await workbench.row('Labeling Jobs', form.job).click();
    await workbench.row('Labeling Jobs', /^Label categories/u).waitFor();
    await workbench.reload();
    await lab.label(7, keys.slice(7, 13));
    await workbench.row('Labeling Jobs', /^Label categories/u).waitFor();
  });

  it('loses no answer when Local Ground Truth is killed', async () => {
    const { pid } = startedServer(installed.server);
    process.kill(pid, 'SIGKILL');
    await lab.label(13, keys.slice(13));
  });

  it('shows 20 rows and the class split in the manifest editor', async () => {
    const editor = await lab.showOutputManifest();
    await editor.getByText('20 objects', { exact: true }).waitFor();
    assert.equal(await editor.getByRole('grid', { name: 'Objects' }).getAttribute('aria-rowcount'), '21'); // And its head.
    const bars = editor.getByRole('group', { name: 'Labels per class' }).getByRole('button');
    const split = (await bars.allInnerTexts()).map((text) => text.split('\n').slice(0, 2));
    assert.deepEqual(split, [
      ['cat', '12'],
      ['dog', '8'],
    ]);
    await workbench.row('Labeling Jobs', new RegExp(`^${form.job}, Complete, 20 of 20`)).waitFor();
  });

  it('has in the output manifest what was pressed, line by line', async () => {
    const services = createAwsServices({ kind: 'local', server: startedServer(installed.server) });
    const { signal } = new AbortController();
    const { outputManifest } = await services.labelingJobs.describe(form.job, signal);
    assert.ok(outputManifest);
    const { bytes } = await services.objects.readObject(outputManifest, {}, signal);
    const lines = new TextDecoder().decode(bytes).trimEnd().split('\n');
    assert.deepEqual(
      lines.map((line) => classOf(JSON.parse(line))),
      keys.map((key) => (key === '1' ? 'cat' : 'dog')),
    );
    services.dispose();
  });

  it('deletes what the lab has made', async () => {
    await lab.deleteLabResources();
    await workbench.view('Buckets').getByText('Create Bucket…').waitFor();
    await workbench.view('Private Teams').getByText('Create Private Team…').waitFor();
  });

  it('has ticked off every step of the walkthrough', async () => {
    const all = ['connection', 'bucket', 'samples', 'upload', 'team', 'job', 'label', 'results', 'cleanUp'];
    assert.deepEqual(await lab.stepsDone(all), all);
  });

  it('asks nothing of the network', () => {
    assert.deepEqual([...strayRequests], []);
  });
});

function classOf(line: Readonly<Record<string, { readonly 'class-name'?: string }>>): string | undefined {
  return Object.entries(line).find(([key]) => key.endsWith('-metadata'))?.[1]['class-name'];
}
