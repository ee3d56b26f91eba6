import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { JsonObject } from '../../../src/core/json.js';
import { fakeVscode } from '../../support/fakeVscode.js';

const picture = Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 0, 0, 0, 0, 0, 0, 0, 0);
const mask = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
const noStore = () => Promise.reject(new Error('There is no store'));

describe('the picture that a line names', () => {
  let folder = '';
  let read: (reference: string, asked: { scheme: string; authority?: string; source?: string }) => Promise<string>;
  let readMask: (line: JsonObject, asked?: { address?: string; scheme?: string }) => Promise<string>;
  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'pictures-'));
    await writeFile(path.join(folder, 'cat.jpg'), picture);
    await writeFile(path.join(folder, 'mask.png'), mask);
    fakeVscode();
    const { Uri } = await import('vscode');
    const { readPicture, readMask: readMaskOf } = await import('../../../src/host/editors/manifestPictures.js');
    read = async (reference, { scheme, authority = '', source = reference }) => {
      const manifest = Uri.from({ scheme, authority, path: path.join(folder, 'output.manifest') });
      const asked = { lineText: JSON.stringify({ 'source-ref': reference }), source };
      const found = await readPicture(asked, { manifest, store: noStore }, new AbortController().signal);
      return found.kind === 'missing' ? found.reason : found.contentType;
    };
    readMask = async (line, { address = 'mask.png', scheme = 'file' } = {}) => {
      const manifest = Uri.from({ scheme, path: path.join(folder, 'output.manifest') });
      const asked = { lineText: JSON.stringify(line), attribute: 'm-ref', address };
      const found = await readMaskOf(asked, { manifest, store: noStore }, new AbortController().signal);
      return found.kind === 'missing' ? found.reason : found.contentType;
    };
  });
  after(() => rm(folder, { recursive: true }));

  it('is read from beside the manifest', async () =>
    assert.equal(await read('cat.jpg', { scheme: 'file' }), 'image/jpeg'));

  it('is read from a file of this machine where the manifest is one', async () => {
    assert.equal(await read(path.join(folder, 'cat.jpg'), { scheme: 'file' }), 'image/jpeg');
    assert.equal(await read(`file://${folder}/cat.jpg`, { scheme: 'file' }), 'image/jpeg');
  });

  const refused = [
    {
      name: 'a file of this machine by a manifest of a bucket',
      reference: () => `file://${folder}/cat.jpg`,
      scheme: 'gts3',
    },
    { name: "another host's file", reference: () => 'file://elsewhere/share/cat.jpg', scheme: 'file' },
    { name: "another host's file by its path", reference: () => '//elsewhere/share/cat.jpg', scheme: 'file' },
  ];
  for (const { name, reference, scheme } of refused) {
    it(`is not read where it is ${name}`, async () =>
      assert.match(await read(reference(), { scheme }), /^".*" is not where the manifest is/u));
  }

  const colors = { 'internal-color-map': { 1: { 'class-name': 'cat', 'hex-color': '#2ca02c' } } };

  it("has a mask, where the line's label is one", async () =>
    assert.equal(await readMask({ 'm-ref': 'mask.png', 'm-ref-metadata': colors }), 'image/png'));

  it("is not another object's where the manifest was written anew since it was asked for", async () => {
    const moved = 'The manifest has changed since, and this line is another object now.';
    assert.equal(await read('cat.jpg', { scheme: 'file', source: 'dog.jpg' }), moved);
    for (const label of ['mask.png', 1, undefined]) {
      const line = { ...(label !== undefined && { 'm-ref': label }), 'm-ref-metadata': colors };
      assert.equal(await readMask(line, { address: 'other.png' }), moved);
    }
  });

  it('has a mask only from where pictures may be, too', async () => {
    const address = `file://${folder}/mask.png`;
    const line = { 'm-ref': address, 'm-ref-metadata': colors };
    assert.match(await readMask(line, { address, scheme: 'gts3' }), /^".*" is not where the manifest is/u);
  });

  const others: readonly { readonly name: string; readonly line: JsonObject }[] = [
    { name: 'anything else that the line has', line: { 'm-ref': 'mask.png' } },
    { name: 'a label without colours', line: { 'm-ref': 'mask.png', 'm-ref-metadata': {} } },
  ];
  for (const { name, line } of others) {
    it(`does not have ${name} as its mask`, async () =>
      assert.equal(await readMask(line), 'This line has no mask as its label "m-ref".'));
  }
});
