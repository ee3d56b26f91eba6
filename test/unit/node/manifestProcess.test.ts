import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { bytesSource, type ByteSource } from '../../../src/core/manifest/byteSource.js';
import type { ManifestBytes, ManifestScan } from '../../../src/core/manifest/manifestScan.js';
import { startManifestProcess } from '../../../src/node/manifestProcess.js';
import { startManifestScan } from '../../../src/node/manifestScans.js';
import { kernelProgram } from '../../support/kernelProgram.js';

const never = new AbortController().signal;
const query = {
  attribute: undefined,
  filter: { classes: [], confidence: undefined, states: [], text: '' },
  sort: { by: 'line', isDescending: false },
} as const;

describe('a manifest scanned in a process', function () {
  this.timeout(60_000); // Compiling takes its time.

  let folder = '';
  const scans: ManifestScan[] = [];
  const kept = (scan: ManifestScan): ManifestScan => {
    scans.push(scan);
    return scan;
  };
  const start = (bytes: ManifestBytes, script = 'manifestWorker.js'): ManifestScan => {
    const bundles = { program: path.join(folder, 'manifestProgram.js'), script: path.join(folder, script) };
    return kept(startManifestProcess(bundles, bytes));
  };

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'manifest-'));
    await build({
      entryPoints: ['src/node/manifestWorker.ts', 'src/node/manifestProgram.ts'],
      bundle: true,
      platform: 'node',
      format: 'cjs',
      outdir: folder,
    });
    await writeFile(path.join(folder, 'matchLines.wasm'), await kernelProgram());
  });

  afterEach(() => scans.splice(0).forEach((scan) => scan.dispose()));
  after(() => rm(folder, { recursive: true }));

  const places: readonly { readonly name: string; readonly bytesOf: (text: string) => Promise<ManifestBytes> }[] = [
    {
      name: 'a file',
      bytesOf: async (text) => {
        const file = path.join(folder, 'a ü%23.manifest');
        await writeFile(file, text);
        return { kind: 'file', path: file };
      },
    },
    {
      name: 'what only the extension host can read',
      bytesOf: async (text) => ({ kind: 'source', source: bytesSource(new TextEncoder().encode(text)) }),
    },
  ];
  for (const { name, bytesOf } of places) {
    it(`is counted, listed and read from ${name}`, async () => {
      const scan = start(await bytesOf(linesOf(3_000)));
      const told: number[] = [];
      await scan.finish(({ lines }) => told.push(lines));
      assert.equal((await scan.summary(never)).objects, 3_000);
      const { total, rows } = await scan.rows(query, { first: 2_999, count: 10 }, never);
      assert.deepEqual([total, rows.map(({ source }) => source?.value)], [3_000, ['s3://b/2999.jpg']]);
      const raw = await scan.rawLines(0, 1, never);
      assert.equal(new TextDecoder().decode(raw), '{"source-ref":"s3://b/0.jpg"}\n');
    });
  }

  it('says why a file could not be read', async () => {
    const scan = start({ kind: 'file', path: path.join(folder, 'missing.manifest') });
    await assert.rejects(
      scan.finish(() => undefined),
      /ENOENT/u,
    );
  });

  it('says why a range could not be read', async () => {
    const source: ByteSource = { size: async () => 10, read: () => Promise.reject(new Error('The object is gone')) };
    await assert.rejects(
      start({ kind: 'source', source }).finish(() => undefined),
      /The object is gone/u,
    );
  });

  it('says what its process died of, and rejects what is asked then', async () => {
    const scan = start({ kind: 'file', path: 'any' }, 'gone.js');
    await assert.rejects(
      scan.finish(() => undefined),
      /Cannot find module/u,
    );
    await assert.rejects(scan.summary(never));
  });

  it('rejects what is still asked when it is disposed of', async () => {
    const source: ByteSource = { size: () => new Promise<number>(() => undefined), read: async () => 0 };
    const scan = start({ kind: 'source', source });
    const finished = assert.rejects(scan.finish(() => undefined));
    scan.dispose();
    await finished;
  });

  const sizes = [
    { name: 'small', objects: 10 },
    { name: 'large', objects: 700_000 },
  ];
  for (const { name, objects } of sizes) {
    it(`says the same as a thread would, where one is chosen by size and the manifest is ${name}`, async () => {
      const source = bytesSource(new TextEncoder().encode(linesOf(objects)));
      const scan = kept(startManifestScan(folder, { kind: 'source', source }));
      await scan.finish(() => undefined);
      assert.equal((await scan.summary(never)).objects, objects);
      assert.equal(await scan.text(objects - 1, never), `{"source-ref":"s3://b/${objects - 1}.jpg"}`);
    });
  }

  it('says why its size is not known', async () => {
    const scan = kept(startManifestScan(folder, { kind: 'file', path: path.join(folder, 'missing.manifest') }));
    await assert.rejects(
      scan.finish(() => undefined),
      /ENOENT/u,
    );
    await assert.rejects(scan.summary(never), /ENOENT/u);
  });
});

function linesOf(objects: number): string {
  return `${Array.from({ length: objects }, (_, line) => `{"source-ref":"s3://b/${line}.jpg"}`).join('\n')}\n`;
}
