import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import type { Services } from '../../../src/core/ports.js';
import { chartHandlers } from '../../../src/host/editors/chartHandlers.js';
import { ManifestModel } from '../../../src/host/editors/manifestModel.js';
import { startManifestThread } from '../../../src/node/manifestThread.js';
import { startThread } from '../../../src/node/workerThread.js';
import { connectToLocalServer } from './connectedServer.js';

const bucket = 'host-suite-charts';
const { signal } = new AbortController();

describe("the manifest editor's charts", () => {
  let services: Services;
  let folder = '';
  let model: ManifestModel | undefined;
  const store = async () => services.objects;
  const handlersFor = async (sources: readonly string[]) => {
    const manifest = vscode.Uri.file(path.join(folder, 'a.manifest'));
    const text = sources.map((source) => `${JSON.stringify({ 'source-ref': source })}\n`).join('');
    await vscode.workspace.fs.writeFile(manifest, Buffer.from(text));
    model = new ManifestModel(manifest, (bytes) => startManifestThread(manifestWorker(), bytes, startThread), store);
    await scanned(model);
    return chartHandlers(model, { manifest, store }, () => undefined);
  };

  before(async () => {
    services = await connectToLocalServer();
    await services.objects.createBucket(bucket, signal);
    folder = mkdtempSync(path.join(tmpdir(), 'charts-'));
  });
  afterEach(() => model?.dispose());
  after(() => {
    services.dispose();
    rmSync(folder, { recursive: true });
  });

  it('look for sources in buckets and beside the manifest, and say what nobody can look for', async () => {
    const there = [`s3://${bucket}/train/ü 1.jpg`, 'beside.jpg'];
    const gone = [
      `s3://${bucket}/train/gone.jpg`,
      'gone.jpg',
      'no-folder/gone.jpg',
      's3://no-such-bucket-of-ours/a.jpg',
    ];
    const unknown = ['https://example.com/a.jpg'];
    await services.objects.writeObject({ bucket, key: 'train/ü 1.jpg' }, Buffer.from('x'), {}, signal);
    await vscode.workspace.fs.writeFile(vscode.Uri.file(path.join(folder, 'beside.jpg')), Buffer.from('x'));
    const handlers = await handlersFor([...there, ...gone, ...unknown]);
    const check = await handlers['sources.check'](undefined, signal);
    const names = (list: typeof check.missing) => list.shown.map(({ source }) => source).toSorted();
    assert.equal(check.sources, 7);
    assert.deepEqual(names(check.missing), gone.toSorted());
    assert.deepEqual(names(check.unknown), unknown.toSorted());
    assert.equal(check.unknown.reasons.length, 1);
  });

  it('are saved where the user says, under a name that is no path', async () => {
    const handlers = await handlersFor(['beside.jpg']);
    const target = vscode.Uri.file(path.join(folder, 'chosen.csv'));
    const bytes = new TextEncoder().encode('Class,Labels\n');
    const { offered, saved } = await withSaveDialog(target, () =>
      handlers['chart.save']({ name: '../Class: balance', format: 'csv', bytes }, signal),
    );
    assert.equal(offered?.defaultUri?.fsPath, path.join(folder, '..-Class- balance.csv'));
    assert.equal(saved, target.fsPath);
    assert.deepEqual(Buffer.from(await vscode.workspace.fs.readFile(target)), Buffer.from(bytes));
  });

  it('are not saved where the user changes their mind', async () => {
    const handlers = await handlersFor(['beside.jpg']);
    const { saved } = await withSaveDialog(undefined, () =>
      handlers['chart.save']({ name: 'Confidence', format: 'png', bytes: new Uint8Array(4) }, signal),
    );
    assert.equal(saved, undefined);
  });
});

/** The user's answer to the dialog, and what it offered. */
async function withSaveDialog<T>(answer: vscode.Uri | undefined, save: () => T): Promise<Saved<Awaited<T>>> {
  const real = vscode.window.showSaveDialog;
  let offered: vscode.SaveDialogOptions | undefined;
  const showSaveDialog: typeof real = async (options) => {
    offered = options;
    return answer;
  };
  Object.assign(vscode.window, { showSaveDialog });
  try {
    return { saved: await save(), offered };
  } finally {
    Object.assign(vscode.window, { showSaveDialog: real });
  }
}

interface Saved<T> {
  readonly saved: T;
  readonly offered: vscode.SaveDialogOptions | undefined;
}

function scanned(model: ManifestModel): Promise<void> {
  return new Promise((resolve, reject) => {
    const look = async () => {
      if ((await model.state(signal)).progress.kind === 'complete') {
        listening.dispose();
        resolve();
      }
    };
    const listening = model.onDidChange(() => void look().catch(reject));
    look().catch(reject);
  });
}

function manifestWorker(): string {
  const root = vscode.extensions.getExtension('ground-truth-lab.ground-truth-lab')?.extensionPath ?? '';
  return path.join(root, 'dist/node/manifestWorker.js');
}
