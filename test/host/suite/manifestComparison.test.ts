import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { EditorComparison } from '../../../src/host/editors/editorComparison.js';
import { startCompareThread } from '../../../src/node/compareThread.js';
import { startBySize } from '../../../src/node/workerBySize.js';

const { signal } = new AbortController();
const neither = { here: undefined, there: undefined };
const labeled = (label: string, attribute = 'animal') =>
  `{"source-ref":"s3://pictures/a.jpg","${attribute}":0,"${attribute}-metadata":{"class-name":"${label}","confidence":0.9,"type":"groundtruth/image-classification","human-annotated":"yes","creation-date":"2026-11-23T10:15:00.000000","job-name":"job"}}\n`;

describe('comparing manifests', () => {
  let folder = '';
  const heard: string[] = [];
  const comparisons: EditorComparison[] = [];

  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'compare-'));
  });
  afterEach(async () => {
    comparisons.splice(0).forEach((comparison) => comparison.dispose());
    heard.length = 0;
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });
  after(() => rmSync(folder, { recursive: true }));

  const write = async (name: string, text: string): Promise<vscode.Uri> => {
    const uri = vscode.Uri.file(path.join(folder, name));
    await vscode.workspace.fs.writeFile(uri, Buffer.from(text));
    return uri;
  };
  const comparisonOf = (here: vscode.Uri): EditorComparison => {
    const comparison = new EditorComparison({
      here,
      start: (bytes) => startCompareThread(compareWorker(), bytes, startBySize),
      store: () => Promise.reject(new Error('Files need no store')),
      channel: () => ({ emit: (event: string) => heard.push(event), dispose: () => undefined }),
      isVisible: () => true,
    });
    comparisons.push(comparison);
    return comparison;
  };

  it('opens the manifest that is compared, by command and by its swap', async () => {
    const here = await write('by-command.manifest', labeled('cat'));
    const there = await write('earlier.manifest', labeled('dog'));
    await vscode.commands.executeCommand('groundTruth.compareManifest', here, { there, attributes: neither });
    assert.deepEqual(manifestInFront(), here.path);
    const comparison = comparisonOf(here);
    comparison.choose({ there, attributes: neither });
    await comparison.handlers()['compare.swap'](undefined, signal);
    assert.deepEqual(manifestInFront(), there.path);
  });

  it('asks with what, where nothing was chosen', async () => {
    const here = await write('asked.manifest', labeled('cat').replace('}}\n', `},${labeled('dog', 'pet').slice(1)}`));
    const asked = vscode.commands.executeCommand('groundTruth.compareManifest', here).then(() => 'answered');
    while ((await Promise.race([asked, acceptFirst()])) !== 'answered');
    assert.deepEqual(manifestInFront(), here.path);
  });

  it('finds what has changed, until it is closed', async () => {
    const there = await write('there.manifest', labeled('dog'));
    const comparison = comparisonOf(await write('here.manifest', labeled('cat')));
    comparison.choose({ there, attributes: neither });
    const handlers = comparison.handlers();
    assert.equal((await handlers['compare.read'](undefined, signal))?.name, 'there.manifest');
    const result = await handlers['compare.run'](neither, signal);
    assert.deepEqual({ same: result.same, changed: result.changed }, { same: 0, changed: 1 });
    const { rows } = await handlers['compare.rows']({ filter: { status: 'changed' }, first: 0, count: 10 }, signal);
    assert.deepEqual(
      rows.map((row) => [row.here, row.there].map((side) => side?.label?.classes[0]?.name)),
      [['cat', 'dog']],
    );
    await handlers['compare.close'](undefined, signal);
    assert.equal(await handlers['compare.read'](undefined, signal), undefined);
    assert.equal(heard[0], 'compare.chosen');
  });

  it('says which file is gone, and goes on when it is back', async () => {
    const there = await write('gone.manifest', labeled('dog'));
    const comparison = comparisonOf(await write('left.manifest', labeled('dog')));
    comparison.choose({ there, attributes: neither });
    const handlers = comparison.handlers();
    await vscode.workspace.fs.delete(there);
    await assert.rejects(handlers['compare.run'](neither, signal), /gone\.manifest/u);
    await write('gone.manifest', labeled('dog'));
    assert.equal((await handlers['compare.run'](neither, signal)).same, 1);
  });
});

function manifestInFront(): string {
  const { activeTab } = vscode.window.tabGroups.activeTabGroup;
  assert.ok(activeTab?.input instanceof vscode.TabInputCustom);
  assert.equal(activeTab.input.viewType, 'groundTruth.manifest');
  return activeTab.input.uri.path;
}

function compareWorker(): string {
  const root = vscode.extensions.getExtension('ground-truth-lab.ground-truth-lab')?.extensionPath ?? '';
  return path.join(root, 'dist/node/compareWorker.js');
}

/** Nothing tells when a list is shown; as long as there is none, this does nothing. */
async function acceptFirst(): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
}
