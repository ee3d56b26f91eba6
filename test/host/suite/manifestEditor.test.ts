import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { imagePx } from '../../../src/core/manifest/pixels.js';
import { toObjectUri } from '../../../src/core/objectUri.js';
import type { Services } from '../../../src/core/ports.js';
import { ManifestModel } from '../../../src/host/editors/manifestModel.js';
import { JobAnalyst } from '../../../src/host/editors/jobAnalyst.js';
import { readPicture } from '../../../src/host/editors/manifestPictures.js';
import { readResponses } from '../../../src/host/editors/manifestResponses.js';
import { thumbnailHandlers } from '../../../src/host/editors/thumbnailHandlers.js';
import { startManifestThread } from '../../../src/node/manifestThread.js';
import { ThumbnailFiles } from '../../../src/node/thumbnailFiles.js';
import { sweepInThread } from '../../../src/node/thumbnailSweep.js';
import { estimateInThread } from '../../../src/node/wholeJobThread.js';
import { startThread } from '../../../src/node/workerThread.js';
import { connectToLocalServer } from './connectedServer.js';

const bucket = 'host-suite-manifests';
const { signal } = new AbortController();
const jpeg = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 0]);

describe('the manifest editor', () => {
  let services: Services;
  let folder = '';
  const models: ManifestModel[] = [];
  const store = async () => services.objects;
  const put = (key: string, body: string | Uint8Array) =>
    services.objects.writeObject({ bucket, key }, Buffer.from(body), {}, signal);
  const open = (uri: vscode.Uri): ManifestModel => {
    const model = new ManifestModel(
      uri,
      (bytes) => startManifestThread(bundle('manifestWorker.js'), bytes, startThread),
      store,
    );
    models.push(model);
    return model;
  };

  before(async () => {
    services = await connectToLocalServer();
    await services.objects.createBucket(bucket, signal);
    folder = mkdtempSync(path.join(tmpdir(), 'manifests-'));
  });

  afterEach(() => models.splice(0).forEach((model) => model.dispose()));
  after(() => {
    services.dispose();
    rmSync(folder, { recursive: true });
  });

  it('is what a manifest opens in', async () => {
    const uri = vscode.Uri.file(path.join(folder, 'input.manifest'));
    await vscode.workspace.fs.writeFile(uri, Buffer.from('{"source":"a"}\n'));
    await vscode.commands.executeCommand('vscode.open', uri);
    const { activeTab } = vscode.window.tabGroups.activeTabGroup;
    assert.ok(activeTab?.input instanceof vscode.TabInputCustom);
    assert.equal(activeTab.input.viewType, 'groundTruth.manifest');
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
  });

  it('is a file of JSON lines where it is read as text', async () => {
    const uri = vscode.Uri.file(path.join(folder, 'as-text.manifest'));
    await vscode.workspace.fs.writeFile(uri, Buffer.from('{"source":"a"}\n'));
    assert.equal((await vscode.workspace.openTextDocument(uri)).languageId, 'ground-truth-manifest');
  });

  const places: readonly { readonly name: string; readonly uri: () => vscode.Uri }[] = [
    { name: 'a file', uri: () => vscode.Uri.file(path.join(folder, 'übung 100%#1.manifest')) },
    { name: 'an object', uri: () => objectUri('job//ü 100%#1/output.manifest') },
  ];
  for (const { name, uri } of places) {
    it(`follows ${name} that is written anew`, async () => {
      const write = (text: string) =>
        uri().scheme === 'file'
          ? vscode.workspace.fs.writeFile(uri(), Buffer.from(text))
          : put('job//ü 100%#1/output.manifest', text);
      await write('{"source":"a"}\n');
      const model = open(uri());
      await objectsIn(model, 1);
      await write('{"source":"a"}\n{"source":"b"}\n');
      await objectsIn(model, 2);
    });
  }

  it('says that an object is not there', async () => {
    const model = open(objectUri('nowhere/output.manifest'));
    const { progress } = await stateWhen(model, ({ progress: { kind } }) => kind === 'failed');
    assert.match(
      progress.kind === 'failed' ? progress.message : '',
      /"s3:\/\/host-suite-manifests\/nowhere\/output\.manifest"/u,
    );
  });

  it('reads the pictures of lines, and says why one is missing', async () => {
    await put('pictures/a b.jpg', jpeg);
    await put('notes.txt', 'no picture');
    await vscode.workspace.fs.writeFile(vscode.Uri.file(path.join(folder, 'beside.jpg')), jpeg);
    const manifest = vscode.Uri.file(path.join(folder, 'a.manifest'));
    const read = (source: string) =>
      readPicture({ lineText: JSON.stringify({ 'source-ref': source }), source }, { manifest, store }, signal);
    assert.equal((await read(`s3://${bucket}/pictures/a b.jpg`)).kind, 'picture');
    assert.equal((await read(`https://s3.amazonaws.com/${bucket}/pictures/a%20b.jpg`)).kind, 'picture');
    const beside = await read('beside.jpg');
    // A page gets typed arrays as they are, but Node's own kind of them as an object with numbers in it.
    assert.equal(beside.kind === 'picture' && beside.bytes.constructor, Uint8Array);
    assert.deepEqual(beside.kind === 'picture' && beside.bytes, new Uint8Array(jpeg));
    for (const missing of [`s3://${bucket}/gone.jpg`, 'gone.jpg', `s3://${bucket}/notes.txt`]) {
      const picture = await read(missing);
      assert.ok(picture.kind === 'missing' && picture.reason.includes(missing), missing);
    }
  });

  it('keeps thumbnails on disk, and shows them until the object is replaced', async () => {
    await put('pictures/thumbnail.jpg', jpeg);
    const thumbnails = path.join(folder, 'thumbnails');
    const swept = Promise.withResolvers<void>();
    const sweep = () => {
      sweepInThread(bundle('thumbnailSweepWorker.js'), { folder: thumbnails, mostBytes: 1_000 }).then(
        swept.resolve,
        swept.reject,
      );
    };
    const cache = new ThumbnailFiles(thumbnails, { sweptEveryBytes: 1_000_000, sweep, onFailure: swept.reject });
    const source = `s3://${bucket}/pictures/thumbnail.jpg`;
    const openPage = () =>
      thumbnailHandlers({
        pictures: { manifest: objectUri('a.manifest'), store },
        lineText: async () => JSON.stringify({ 'source-ref': source }),
        cache,
      }).handlers;
    const read = (page: ReturnType<typeof openPage>) => page['thumbnail.read']({ line: 0, source, size: 160 }, signal);
    const page = openPage();
    const whole = await read(page);
    assert.ok(whole.kind === 'picture');
    const shape = { width: imagePx(640), height: imagePx(480), orientation: 1 };
    const webp = Uint8Array.from(Buffer.from('RIFF\0\0\0\0WEBPVP8 '));
    await page['thumbnail.keep']({ ticket: whole.ticket, bytes: webp, shape }, signal);
    await swept.promise;
    for (const later of [page, openPage()]) {
      assert.deepEqual(await read(later), { kind: 'thumbnail', bytes: webp, contentType: 'image/webp', shape });
    }
    await put('pictures/thumbnail.jpg', Buffer.concat([jpeg, jpeg]));
    assert.equal((await read(openPage())).kind, 'picture');
  });

  it("reads each worker's answer from the job's folder", async () => {
    const root = 'labels/job/annotations/worker-response/iteration-1';
    const answer = { answerContent: { c: { label: 'cat' } }, workerId: 'private.us-east-1.1', timeSpentInSeconds: 2 };
    await put(`${root}/7/2026-11-23_10:15:00.json`, JSON.stringify({ answers: [answer] }));
    const manifest = objectUri('labels/job/manifests/output/output.manifest');
    const found = await readResponses(manifest, 7);
    assert.deepEqual(found.kind === 'answers' && found.answers, [
      { workerId: 'private.us-east-1.1', answer: 'cat', label: 'cat', classes: ['cat'], timeSpentInSeconds: 2 },
    ]);
    assert.equal((await readResponses(manifest, 8)).kind, 'none');
    assert.equal((await readResponses(objectUri('input.manifest'), 7)).kind, 'none');
  });

  for (const place of ['a bucket', 'a folder'] as const) {
    it(`estimates a job in ${place} from all answers, and sorts its lines by it`, async () => {
      const root = place === 'a bucket' ? objectUri('estimated/Pets') : vscode.Uri.file(path.join(folder, 'Pets'));
      const write = (name: string, text: string) =>
        place === 'a bucket'
          ? put(`estimated/Pets/${name}`, text)
          : vscode.workspace.fs.writeFile(vscode.Uri.joinPath(root, name), Buffer.from(text));
      const lines = ['cat', 'cat', 'dog', 'dog'].map((name, line) =>
        JSON.stringify({
          'source-ref': `s3://b/${line}.jpg`,
          pet: name === 'cat' ? 0 : 1,
          'pet-metadata': { 'job-name': 'labeling-job/pets', 'class-name': name, confidence: 0.95 },
        }),
      );
      await write('manifests/output/output.manifest', `${lines.join('\n')}\n`);
      // All agree but for the third line, of which one of three says something else.
      for (const [line, labels] of ['ccc', 'ccc', 'dcd', 'ddd'].entries()) {
        const answers = Array.from({ length: 3 }, (_, worker) => ({
          workerId: `private.us-east-1.${worker}`,
          answerContent: { c: { label: labels[worker] === 'c' ? 'cat' : 'dog' } },
        }));
        await write(`annotations/worker-response/iteration-1/${line}/x.json`, JSON.stringify({ answers }));
      }
      const model = open(vscode.Uri.joinPath(root, 'manifests/output/output.manifest'));
      await objectsIn(model, 4);
      const analyst = new JobAnalyst(model.uri, {
        store,
        estimate: (answers, onProgress, giveUp) =>
          estimateInThread(answers, { script: bundle('wholeJobWorker.js'), start: startThread, onProgress }, giveUp),
      });
      const result = await analyst.analyze(model, () => undefined, signal);
      assert.deepEqual(
        result.kind === 'analysis' && [result.analysis.answers, result.analysis.workers.length],
        [12, 3],
      );
      const filter = { classes: [], confidence: undefined, states: [], text: '' };
      const query = { attribute: 'pet', filter, sort: { by: 'estimate', isDescending: false } } as const;
      const { rows } = await model.scan.rows(query, { first: 0, count: 1 }, signal);
      assert.deepEqual([rows[0]?.line, rows[0]?.estimate?.className], [2, 'dog']);
    });
  }
});

/** The path of a thread's bundle in the extension that is tested. */
function bundle(name: string): string {
  const root = vscode.extensions.getExtension('ground-truth-lab.ground-truth-lab')?.extensionPath ?? '';
  return path.join(root, 'dist/node', name);
}

function objectUri(key: string): vscode.Uri {
  return vscode.Uri.from(toObjectUri({ bucket, key }));
}

async function objectsIn(model: ManifestModel, objects: number): Promise<void> {
  await stateWhen(model, ({ progress, summary }) => progress.kind === 'complete' && summary?.objects === objects);
}

type State = Awaited<ReturnType<ManifestModel['state']>>;

/** The first state that is as it should be; asked for again whenever the model says that it has changed. */
function stateWhen(model: ManifestModel, isWanted: (state: State) => boolean): Promise<State> {
  return new Promise((resolve, reject) => {
    const look = async () => {
      const state = await model.state(signal);
      if (isWanted(state)) {
        listening.dispose();
        resolve(state);
      }
    };
    const listening = model.onDidChange(() => void look().catch(reject));
    look().catch(reject);
  });
}
