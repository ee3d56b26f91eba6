import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { type InstalledWorkbench, installWorkbench, startedServer } from '../support/installedWorkbench.js';
import { type JobForm, LabSteps } from '../support/labSteps.js';
import { builtServer, deleteDataFolder, type ServerProcess, spawnTestServer } from '../support/localServer.js';
import { storeAt } from '../support/storageLab.js';
import { TestResults } from '../support/testResults.js';
import type { Workbench } from '../support/workbench.js';

const folder = 'traindata_cat_dog_images_20';
const keys = '11212112112112121212'.split('');

// One story, told in steps.
describe('the lab with storage elsewhere, clicked', function () {
  this.timeout(120_000);
  this.bail(true);

  const results = new TestResults('e2e-storage');
  let store: ServerProcess;
  let installed: InstalledWorkbench;
  let workbench: Workbench;
  let lab: LabSteps;
  let bucket: string;
  let form: JobForm;

  before(async () => {
    store = await spawnTestServer({ program: builtServer });
    installed = await installWorkbench();
    ({ workbench } = installed);
    lab = new LabSteps(workbench);
    await workbench.open();
    await workbench.activity('Ground Truth').click();
  });

  afterEach(async function () {
    if (this.currentTest?.state === 'failed') {
      await results.keep(this.currentTest.title, installed.page, installed.server);
    }
  });

  after(async () => {
    await installed?.close();
    await store.kill();
    await deleteDataFolder(store.dataFolder);
  });

  const enter = async (prompt: string, text: string): Promise<void> => {
    const box = workbench.page.locator('.quick-input-widget').filter({ hasText: prompt });
    await box.waitFor();
    await box.locator('input:visible').last().fill(text);
    await workbench.page.keyboard.press('Enter');
  };

  const chooseStorage = async (secret: string): Promise<void> => {
    await workbench.runCommand('Ground Truth: Choose Connection…');
    await workbench.choice('Local Ground Truth, storage elsewhere…').click();
    await workbench.choice('Another store that speaks S3').click();
    await enter('The address of its S3 API', store.endpoint);
    await enter('Its region', store.region);
    await workbench.choice('In the path').click();
    await workbench.choice('Enter an access key…').click();
    await enter('The access key ID for', store.accessKeyId);
    await enter('The secret access key of it', secret);
  };

  it('says that the store does not accept a wrong key', async () => {
    await chooseStorage('a wrong secret');
    await workbench.notification('does not accept the access key (SignatureDoesNotMatch)');
  });

  it('is connected with the right one, and named in the status bar', async () => {
    await chooseStorage(store.secretAccessKey);
    await workbench.notification('Connected to Local Ground Truth, with the storage at');
    const { host } = new URL(store.endpoint);
    await workbench.page.getByText(`Ground Truth: Local · ${host}`).waitFor();
  });

  it('has its bucket and its pictures there', async () => {
    bucket = await lab.createBucket();
    await lab.getSampleImages();
    await lab.uploadImages(bucket);
    const { s3 } = storeAt(store);
    const { ContentLength: bytes = 0 } = await s3.send(
      new GetObjectCommand({ Bucket: bucket, Key: `${folder}/0.jpg` }),
    );
    assert.ok(bytes > 1_000);
  });

  it('labels them in a job that is here', async () => {
    const worker = await lab.createPrivateTeam();
    form = await lab.fillInJobForm({ bucket, folder, team: worker.team });
    await lab.createLabelingJob(form);
    await lab.signIn(await lab.startLabeling(form), worker);
    await lab.label(0, keys.slice(0, 10));
    await workbench.row('Labeling Jobs', form.job).getByText('10/20').waitFor();
  });

  it('loses no answer when Local Ground Truth is killed, and gives the next one keys', async () => {
    process.kill(startedServer(installed.server).pid, 'SIGKILL');
    await lab.label(10, keys.slice(10, 19));
  });

  it('says in the job’s row that it waits while the store is away, and goes on when it is back', async () => {
    await store.kill();
    await lab.label(19, keys.slice(19));
    await workbench.row('Labeling Jobs', form.job).getByText('Cannot reach the storage').waitFor();
    store = await spawnTestServer({ program: builtServer, dataFolder: store.dataFolder });
    await workbench.row('Labeling Jobs', new RegExp(`^${form.job}, Complete, 20 of 20`)).waitFor();
  });

  it('shows the result from there', async () => {
    const editor = await lab.showOutputManifest();
    await editor.getByText('20 objects', { exact: true }).waitFor();
  });

  it('has the secret in no file of Local Ground Truth or VS Code', () => {
    const { dataFolder } = startedServer(installed.server);
    const { storageFolder } = installed.server;
    for (const root of new Set([dataFolder, join(storageFolder, '..', '..')])) {
      const holders = filesIn(root).filter((path) => readFileSync(path).includes(store.secretAccessKey));
      assert.deepEqual(holders, []);
    }
  });
});

function filesIn(root: string): readonly string[] {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .filter((path) => statSync(path).size < 50_000_000);
}
