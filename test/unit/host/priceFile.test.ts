import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type * as vscode from 'vscode';
import { fakeVscode } from '../../support/fakeVscode.js';
import { Uri } from '../../support/vscodeModule.js';

describe('the file of prices', () => {
  let folder: string;

  before(fakeVscode);
  beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'prices-'))));
  afterEach(() => rm(folder, { recursive: true }));

  async function openFile() {
    const { PriceFile } = await import('../../../src/host/support/priceFile.js');
    return new PriceFile(uriOf(resolve('media/prices.json')), uriOf(join(folder, 'storage')));
  }

  it('is the one of the extension, until somebody edits a copy', async () => {
    const prices = await openFile();
    const before = await prices.read();
    assert.ok('table' in before);
    await prices.edit();
    assert.deepEqual(await prices.read(), before);
    const own = join(folder, 'storage', 'prices.json');
    assert.ok(prices.isOwn(uriOf(own)));
    await writeFile(own, JSON.stringify({ ...before.table, date: '2026-11-01' }));
    await prices.edit(); // And keeps what was edited.
    const after = await prices.read();
    assert.equal('table' in after && after.table.date, '2026-11-01');
  });

  it('says what is wrong with the copy', async () => {
    const prices = await openFile();
    await prices.edit();
    await writeFile(join(folder, 'storage', 'prices.json'), '{"date":"soon"}');
    const read = await prices.read();
    assert.match('problem' in read ? read.problem : '', /"date" must be a day/u);
  });
});

function uriOf(path: string): vscode.Uri {
  return Uri.file(path) as unknown as vscode.Uri;
}
