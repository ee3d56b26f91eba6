import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fakeVscode } from '../../support/fakeVscode.js';

const picture = Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 0, 0, 0, 0, 0, 0, 0, 0);
const noStore = () => Promise.reject(new Error('There is no store'));

describe('the picture that a line names', () => {
  let folder = '';
  let read: (reference: string, manifest: { scheme: string; authority?: string }) => Promise<string>;
  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'pictures-'));
    await writeFile(path.join(folder, 'cat.jpg'), picture);
    fakeVscode();
    const { Uri } = await import('vscode');
    const { readPicture } = await import('../../../src/host/editors/manifestPictures.js');
    read = async (reference, { scheme, authority = '' }) => {
      const manifest = Uri.from({ scheme, authority, path: path.join(folder, 'output.manifest') });
      const line = JSON.stringify({ 'source-ref': reference });
      const found = await readPicture(line, manifest, noStore, new AbortController().signal);
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
});
