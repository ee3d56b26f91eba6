import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Frame } from 'playwright-core';
import type { JsonObject } from '../../src/core/json.js';
import type { PortalTask } from '../../src/core/portal/workerPortal.js';
import { boxLabel } from '../support/drawnManifests.js';
import { type InstalledWorkbench, installWorkbench, serverOnceStarted } from '../support/installedWorkbench.js';
import { jobsOf, untilEnded } from '../support/labWaits.js';
import { clientConfigOf } from '../support/localServer.js';
import { ManifestSteps } from '../support/manifestSteps.js';
import { evenCat, labelTask, prepareLabelingJob, signInInvited } from '../support/preparedLab.js';
import { TestResults } from '../support/testResults.js';
import type { Workbench } from '../support/workbench.js';

const bucket = 'animals';
const job = 'cats-or-dogs';
const emails = ['ana@example.com', 'ben@example.com', 'eva@example.com'];
const pictures = Array.from({ length: 6 }, (_, index) => `pictures/${index}.png`);
const attribute = job;
const longList = 40_000;

// One story, told in steps.
describe('a manifest, worked with in a real workbench', function () {
  this.timeout(120_000);
  this.bail(true);

  const results = new TestResults('e2e-manifest');
  let installed: InstalledWorkbench;
  let workbench: Workbench;
  let steps: ManifestSteps;
  let editor: Frame;
  const inWorkspace = (name: string) => join(installed.workspace, name);

  before(async () => {
    installed = await installWorkbench();
    ({ workbench } = installed);
    steps = new ManifestSteps(workbench);
    const boxes = pictures.map((key) => JSON.stringify({ 'source-ref': `s3://${bucket}/${key}`, ...boxLabel() }));
    writeFileSync(inWorkspace('boxes.manifest'), `${boxes.join('\n')}\n`);
    writeFileSync(inWorkspace('long.manifest'), longManifest());
    await workbench.open();
    await workbench.activity('Ground Truth').click();
    await labelAll(installed);
    await workbench.runCommand('Ground Truth: Refresh');
  });

  afterEach(async function () {
    if (this.currentTest?.state === 'failed') {
      await results.keep(this.currentTest.title, installed.page, installed.server);
    }
  });

  after(() => installed?.close());

  it('is what a job of three workers has made', async () => {
    await workbench.runCommand('Ground Truth: Show Output Manifest');
    await workbench.choice(job).click();
    editor = await workbench.webview('gt-row-list');
    await editor.getByText('6 objects · 6 labeled').waitFor();
    await editor.getByRole('row', { name: /^6 5\.png/u }).waitFor();
  });

  it('is reviewed by keys, and a decision is taken back', async () => {
    await editor.getByRole('button', { name: 'Review' }).click();
    await editor.getByText('1 of 6').waitFor();
    const { keyboard } = workbench.page;
    await keyboard.press('a'); // A cat, as it says.
    await editor.getByText('2 of 6').waitFor();
    await keyboard.press('1'); // A cat and no dog.
    await editor.getByText('3 of 6').waitFor();
    await keyboard.press('f');
    await editor.getByRole('button', { name: 'Flag', pressed: true }).waitFor();
    await keyboard.press('c');
    await keyboard.type('too dark');
    await keyboard.press('Enter');
    await editor.getByRole('button', { name: 'too dark' }).waitFor();
    await keyboard.press('a');
    await editor.getByText('4 of 6').waitFor();
    await keyboard.press('1');
    await editor.getByText('4 decisions').waitFor();
    await keyboard.press('Control+z');
    await editor.getByText('3 decisions').waitFor();
    await editor.getByText('4 of 6').waitFor();
  });

  it('has its review still after the window was reloaded', async () => {
    await workbench.reload();
    editor = await workbench.webview('gt-manifest');
    await editor.getByRole('button', { name: 'Review 3', pressed: true }).waitFor();
  });

  it('saves its review as a file, in which is what was decided', async () => {
    await editor.getByRole('button', { name: 'Save Review As…' }).click();
    await steps.pick('Save Review', `A label attribute of its own: "${attribute}-reviewed"`);
    await steps.pick('Save Review', 'A File…');
    await steps.saveAs('output-reviewed.manifest', inWorkspace('reviewed.manifest'));
    await workbench.notification('The review is saved. Decisions in it: 3.');
    const reviewed = linesOf(inWorkspace('reviewed.manifest')).map((line) => line[`${attribute}-reviewed-metadata`]);
    assert.deepEqual(
      reviewed.map((metadata) => (metadata as JsonObject | undefined)?.['class-name']),
      ['cat', 'cat', 'cat', undefined, undefined, undefined],
    );
    assert.ok(JSON.stringify(reviewed[2]).includes('too dark'));
  });

  it('shows who answered what beside the answers of the whole job', async () => {
    await editor.getByRole('button', { name: 'Workers' }).click();
    await editor.getByText('18 answers of 3 workers about 6 objects').waitFor();
    await editor.getByRole('button', { name: 'Workers' }).click();
    await editor.getByRole('row', { name: /^1 0\.png/u }).click();
    const answers = editor.getByRole('row', { name: / cat /u });
    await answers.nth(2).waitFor();
    await editor.locator('.detail').press('Escape');
    await editor.getByRole('row', { name: /^2 1\.png/u }).waitFor();
  });

  it('makes the rows that are shown the input of another job', async () => {
    await editor.getByRole('button', { name: /^cat \d/u }).click();
    await editor.getByText('3 of 6 objects').waitFor();
    await steps.use(editor, 'Relabel These Objects…');
    await workbench.acceptSuggestion('Relabel 3 of 6 Objects');
    const form = await workbench.webview('#create');
    await form.getByText('3 pictures', { exact: true }).waitFor();
    await workbench.runCommand('View: Close Editor');
    editor = await workbench.webview('gt-manifest'); // It was hidden meanwhile, and is as it was left.
    await editor.getByText('3 of 6 objects').waitFor();
    await editor.getByRole('button', { name: 'Clear filter' }).click();
  });

  const ofClasses = [
    { format: 'CSV', choices: [], files: ['csv'], counts: 1 },
    { format: 'Image Folders', choices: [], files: ['png'], counts: 6 },
    { format: 'Hugging Face', choices: ['Labels and Pictures'], files: ['png', 'jsonl', 'json'], counts: 8 },
    { format: 'Label Studio', choices: [], files: ['json', 'xml'], counts: 2 },
  ];
  for (const { format, choices, files: endings, counts } of ofClasses) {
    it(`is exported as ${format}`, async () => {
      const { files } = await steps.export(editor, { attribute, format, choices, folder: installed.workspace });
      assert.equal(files().length, counts, files().join());
      assert.ok(
        files().every((name) => endings.some((ending) => name.endsWith(`.${ending}`))),
        files().join(),
      );
    });
  }

  it('is split into training, validation and test', async () => {
    await workbench.runCommand('Notifications: Clear All Notifications');
    await steps.use(editor, 'Split…');
    await workbench.acceptSuggestion('The shares of train, validation and test');
    await workbench.acceptSuggestion('The seed');
    await steps.writeHere('Split by', installed.workspace);
    await workbench.notification('is written.');
    const folder = inWorkspace(`${job}-split`);
    const parts = ['train', 'validation', 'test'].map((name) => join(folder, `${name}.manifest`));
    assert.equal(parts.flatMap(linesOf).length, 6);
  });

  it('gives a snippet that trains on it', async () => {
    await workbench.runCommand('Notifications: Clear All Notifications');
    await workbench.tab(/^output\.manifest/u).click();
    await steps.use(editor, 'Copy Training Snippet…');
    await workbench.choice('boto3').click();
    await workbench.acceptSuggestion('The manifest to train on');
    await workbench.acceptSuggestion('The manifest to validate with');
    await workbench.notification('The snippet is copied.');
    await workbench.page.locator('.monaco-editor').getByText('TrainingJobName').first().waitFor();
  });

  const ofBoxes = [
    { format: 'COCO', counts: 7 },
    { format: 'YOLO', counts: 13 },
    { format: 'Pascal VOC', counts: 12 },
  ];
  for (const { format, counts } of ofBoxes) {
    it(`is exported as ${format} where it has boxes`, async () => {
      editor = await steps.open('boxes.manifest');
      const order = { attribute: 'boxes', format, choices: ['Labels and Pictures'], folder: installed.workspace };
      const { files } = await steps.export(editor, order);
      assert.ok(files().length >= counts, files().join());
    });
  }

  it('leaves nothing of an export that was cancelled', async () => {
    await workbench.runCommand('Notifications: Clear All Notifications');
    editor = await steps.open('long.manifest');
    await editor
      .getByText(`${longList.toLocaleString('en')} objects`)
      .first()
      .waitFor();
    const before = readdirSync(installed.workspace);
    await steps.use(editor, 'Export…');
    await steps.pick(`Export "boxes"`, 'YOLO');
    await steps.pick(`Export "boxes"`, 'Labels and Pictures');
    await steps.writeHere(`Export "boxes"`, installed.workspace);
    const writing = await workbench.notification('Writing "long-yolo"');
    await writing.getByRole('button', { name: 'Cancel' }).click();
    await writing.waitFor({ state: 'detached' });
    assert.deepEqual(await namesOnceThey(before, installed.workspace), before);
  });

  it('draws every row of a long list that is scrolled to, and none without its content', async () => {
    const list = editor.getByRole('rowgroup', { name: 'Rows' });
    const track = await editor.locator('.scrollbar').boundingBox();
    const box = await list.boundingBox();
    assert.ok(track && box);
    for (const share of [0.9, 0.1, 0.5]) {
      await workbench.page.mouse.click(track.x + track.width / 2, track.y + track.height * share);
      await editor.waitForFunction(areFilled);
      await workbench.page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
      await workbench.page.mouse.wheel(0, 1_200);
      await editor.waitForFunction(areFilled);
    }
    await list.press('End');
    await editor.getByRole('row', { name: new RegExp(`^${longList} ${longList - 1}\\.png`, 'u') }).waitFor();
    await editor.waitForFunction(areFilled);
  });
});

/** Runs in the page: whether each row that is drawn is that of its place, and they fill what is seen. */
function areFilled(): boolean {
  const rows = [...document.querySelectorAll('gt-row-list .viewport .row')];
  const places = rows.map((row) => Number(row.getAttribute('aria-rowindex')) - 2);
  const texts = rows.map((row) =>
    [...row.querySelectorAll('.cell')].slice(0, 2).map((cell) => cell.textContent.trim()),
  );
  const height = document.querySelector('gt-row-list .viewport')?.clientHeight ?? 0;
  return (
    rows.length >= Math.floor(height / 40) &&
    places.every((place, index) => texts[index]?.join() === `${place + 1},${place}.png`)
  );
}

async function labelAll({ server }: InstalledWorkbench): Promise<void> {
  const started = await serverOnceStarted(server);
  const clients = await prepareLabelingJob(clientConfigOf(started), {
    bucket,
    pictures,
    emails,
    job,
    workersPerObject: emails.length,
  });
  for (const email of emails) {
    const worker = await signInInvited(started, email);
    const [found] = await jobsOf(worker);
    for (;;) {
      const tasks = await worker.ask<PortalTask[]>(`POST /api/jobs/${found?.jobReferenceCode}/tasks`, { count: 1 });
      const [task] = tasks;
      if (!task) {
        break;
      }
      await labelTask(worker, task, evenCat(task));
    }
  }
  await untilEnded(clients, job);
}

/** What is in a folder once it is what is awaited, or in the end: a notification that is cancelled is gone before all else. */
async function namesOnceThey(are: readonly string[], folder: string): Promise<readonly string[]> {
  const end = Date.now() + 20_000;
  while (readdirSync(folder).join('\n') !== are.join('\n') && Date.now() < end) {
    await delay(50);
  }
  return readdirSync(folder);
}

/** Each object is another one, and none is there: an export of it takes a while. */
function longManifest(): string {
  const label = JSON.stringify(boxLabel()).slice(1);
  return Array.from(
    { length: longList },
    (_, index) => `{"source-ref":"s3://${bucket}/gone/${index}.png",${label}\n`,
  ).join('');
}

function linesOf(file: string): readonly JsonObject[] {
  const text = readFileSync(file, 'utf8').trimEnd();
  return text === '' ? [] : text.split('\n').map((line) => JSON.parse(line) as JsonObject);
}
