import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import type { ManifestSources } from '../../../src/core/export/manifestExports.js';
import type { ManifestOrder } from '../../../src/core/export/manifestOrder.js';
import { bytesSource } from '../../../src/core/manifest/byteSource.js';
import { ExportThreads } from '../../../src/node/exportThread.js';
import { startThread } from '../../../src/node/workerThread.js';
import { classification } from '../../support/sampleManifests.js';

const never = new AbortController().signal;
const manifest = classification(20, { confidence: () => 0.95 });
const csv: ManifestOrder = { kind: 'export', format: 'csv' };
const folders: ManifestOrder = { kind: 'export', format: 'imageFolders' };

describe('a thread that makes something of a manifest', () => {
  let scratch = '';
  let place = '';
  let threads: ExportThreads;
  before(async () => {
    scratch = await mkdtemp(path.join(tmpdir(), 'export-thread-'));
    const script = path.join(scratch, 'exportWorker.js');
    await build({
      entryPoints: ['src/node/exportWorker.ts'],
      bundle: true,
      platform: 'node',
      format: 'cjs',
      outfile: script,
    });
    threads = new ExportThreads(script, startThread);
  });
  after(() => rm(scratch, { recursive: true }));
  beforeEach(async () => {
    place = await mkdtemp(path.join(scratch, 'place-'));
  });

  const run = (order: ManifestOrder, change: Partial<ManifestSources> = {}, signal = never) =>
    threads.export(
      { order, attribute: 'cats-and-dogs', folder: path.join(place, 'made'), withObjects: true },
      {
        manifest: { kind: 'source', source: bytesSource(Buffer.from(manifest)) },
        readObject: async (uri) => Buffer.from(uri),
        onProgress: () => undefined,
        ...change,
      },
      signal,
    );

  it('writes a table of its labels', async () => {
    const { files, leftOut } = await run(csv);
    assert.deepEqual([files, leftOut], [1, 0]);
    const rows = (await readFile(path.join(place, 'made', 'labels.csv'), 'utf8')).trimEnd().split('\r\n');
    assert.equal(rows.length, 21);
  });

  it('copies the objects into folders, and says which are missing', async () => {
    const { copies, notCopied, missing } = await run(folders, {
      async readObject(uri) {
        if (uri.endsWith('/70.jpg')) {
          throw new Error('It is gone');
        }
        return Buffer.from(uri);
      },
    });
    assert.deepEqual([copies, notCopied, missing[0]?.message], [19, 1, 'It is gone']);
    const made = await readdir(path.join(place, 'made'), { recursive: true });
    assert.equal(made.filter((name) => name.endsWith('.jpg')).length, 19);
  });

  it('deals the lines out to the parts of a split', async () => {
    const parts = [
      { name: 'train', share: 3 },
      { name: 'test', share: 1 },
    ];
    await run({ kind: 'split', parts, seed: 1 });
    const texts = await Promise.all(
      parts.map(({ name }) => readFile(path.join(place, 'made', `${name}.manifest`), 'utf8')),
    );
    const lines = texts.flatMap((text) => text.trimEnd().split('\n'));
    assert.deepEqual(lines.toSorted(), manifest.trimEnd().split('\n').toSorted());
  });

  it('leaves nothing where it is given up in the middle', async () => {
    const giveUp = new AbortController();
    const readObject = async (uri: string) => {
      giveUp.abort(new Error('Cancelled'));
      return Buffer.from(uri);
    };
    await assert.rejects(run(folders, { readObject }, giveUp.signal), /Cancelled/u);
    assert.deepEqual(await readdir(place), []);
  });

  it('leaves nothing where the manifest cannot be read to its end', async () => {
    const torn = { size: async () => manifest.length, read: () => Promise.reject(new Error('Torn')) };
    await assert.rejects(run(csv, { manifest: { kind: 'source', source: torn } }), /Torn/u);
    assert.deepEqual(await readdir(place), []);
  });

  it('reads what a training must be told', async () => {
    const file = path.join(place, 'a.manifest');
    await writeFile(file, `${manifest}not JSON\n`);
    const options: ManifestSources = {
      manifest: { kind: 'file', path: file },
      readObject: () => Promise.reject(new Error('Nothing is read')),
      onProgress: () => undefined,
    };
    assert.deepEqual(await threads.readTraining('cats-and-dogs', options, never), {
      task: 'imageClassification',
      samples: 20,
      classes: 2,
      unusable: 1,
    });
  });
});
