// npm run screenshots: goes through the lab in a real workbench, and takes the documents' pictures of every view.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchBrowser } from '../support/browser.js';
import { packageExtension } from '../support/extensionPackage.js';
import { LabSteps } from '../support/labSteps.js';
import { ManifestSteps } from '../support/manifestSteps.js';
import { manifestViews, type ViewSteps, writeViewedJob } from '../support/manifestViews.js';
import { Photographer } from '../support/photographer.js';
import { Workbench } from '../support/workbench.js';
import { root } from './dependencies.mjs';
import { startVSCodeServer } from './vscodeServer.js';

const folder = 'traindata_cat_dog_images_20';
const keys = '11111111112222222222'.split(''); // The first ten are cats.
const settings = { 'groundTruth.sampleImages.url': 'http://127.0.0.1:9/samples.zip', 'window.commandCenter': false };

/** Views of the manifest editor that documents show, too. */
const documented: ReadonlySet<string> = new Set(['gallery', 'charts', 'compare']);

interface ManifestPhotographers {
  readonly looks: Photographer;
  readonly documents: Photographer;
}

void main();

async function main(): Promise<void> {
  const workspace = join(mkdtempSync(join(tmpdir(), 'ground-truth-screenshots-')), 'pictures');
  mkdirSync(workspace);
  try {
    await using server = await startVSCodeServer({ withDriver: false, vsix: packageExtension(), settings });
    await using browser = await launchBrowser();
    const viewport = { width: 1_440, height: 900 };
    const page = await browser.newPage({ viewport, reducedMotion: 'reduce' });
    const workbench = new Workbench(page, server, workspace);
    const photographer = new Photographer(browser, join(root, 'media', 'screenshots'));
    await takeAll(workbench, photographer);
    writeViewedJob(join(workspace, 'animals'));
    const looks = new Photographer(browser, join(root, 'out', 'screenshots'));
    await takeManifest(workbench, { looks, documents: photographer });
  } finally {
    rmSync(join(workspace, '..'), { recursive: true, force: true });
  }
}

async function takeAll(workbench: Workbench, photographer: Photographer): Promise<void> {
  const lab = new LabSteps(workbench);
  const take = (name: string) => photographer.take(name, workbench);

  await workbench.open();
  await workbench.activity('Ground Truth').click();
  await workbench.runCommand('Ground Truth: Open Walkthrough');
  await workbench.page.getByText('Label 20 pictures with Ground Truth').first().waitFor();
  await take('walkthrough');
  await workbench.runCommand('View: Close All Editors');

  const bucket = await lab.createBucket();
  await lab.getSampleImages();
  await lab.uploadImages(bucket);
  const worker = await lab.createPrivateTeam();
  const form = await lab.fillInJobForm({ bucket, folder, team: worker.team });
  await form.form.getByRole('heading', { name: 'Create Labeling Job' }).click();
  await take('job-form');
  await lab.createLabelingJob(form);

  const signIn = await lab.startLabeling(form);
  await take('sign-in');
  await lab.signIn(signIn, worker);
  await lab.label(0, keys.slice(0, 7));
  await take('labeling');
  await workbench.row('Buckets', bucket).click();
  await workbench.row('Buckets', folder).click();
  await workbench.row('Buckets', /^0\.jpg/).click();
  await workbench.row('Labeling Jobs', form.job).click();
  await workbench.row('Private Teams', worker.team).click();
  await workbench.tab(/^0\.jpg/).waitFor();
  await take('explorer');
  await workbench.tab(/^Labeling/).click();
  await lab.label(7, keys.slice(7));
  await workbench.notification('20 of 20 objects labeled');

  const editor = await lab.showOutputManifest();
  await editor.getByText('20 objects', { exact: true }).waitFor();
  await take('manifest');
  await editor.getByRole('row').nth(3).click();
  await take('manifest-detail');
}

/** Every view of the manifest editor, to be looked at: in each theme, and in a narrow editor. Documents have some of them. */
async function takeManifest(workbench: Workbench, { looks, documents }: ManifestPhotographers): Promise<void> {
  const manifest = new ManifestSteps(workbench);
  await workbench.runCommand('View: Close All Editors');
  await manifest.open('earlier.manifest');
  const editor = await manifest.open('output.manifest');
  let isCompared = false;
  const steps: ViewSteps = {
    async chooseComparison() {
      if (!isCompared) {
        await manifest.pick('Compare Manifest With', 'earlier.manifest');
        isCompared = true;
      }
    },
  };
  for (const { name, show, leave } of manifestViews) {
    await show(editor, steps);
    await looks.take(`manifest-${name}`, workbench, ['dark', 'light', 'high-contrast']);
    if (documented.has(name)) {
      await documents.take(`manifest-${name}`, workbench);
    }
    await leave(editor);
  }
  await workbench.page.setViewportSize({ width: 760, height: 900 });
  for (const { name, show, leave } of manifestViews) {
    await show(editor, steps);
    await looks.take(`manifest-${name}-narrow`, workbench, ['dark']);
    await leave(editor);
  }
}
