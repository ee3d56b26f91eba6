import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import type { ComparedBytes, ManifestComparison } from '../../../src/core/compare/manifestComparison.js';
import { Failure } from '../../../src/core/failure.js';
import { bytesSource } from '../../../src/core/manifest/byteSource.js';
import { startCompareThread } from '../../../src/node/compareThread.js';
import { startProcess } from '../../../src/node/workerProcess.js';
import { startThread } from '../../../src/node/workerThread.js';
import { kernelProgram } from '../../support/kernelProgram.js';
import { classification } from '../../support/sampleManifests.js';

const never = new AbortController().signal;
const lastAttributes = { here: undefined, there: undefined };
const text = classification(3_000, { confidence: () => 0.95 });
const other = text.replace('"class-name":"cat"', '"class-name":"dog"');

const places = [
  { where: 'a thread', startWorker: startThread },
  { where: 'a process', startWorker: startProcess },
];
for (const { where, startWorker } of places) {
  describe(`manifests compared in ${where}`, () => {
    let folder = '';
    let script = '';
    const comparisons: ManifestComparison[] = [];
    const start = (bytes: ComparedBytes): ManifestComparison => {
      const comparison = startCompareThread(script, bytes, startWorker);
      comparisons.push(comparison);
      return comparison;
    };
    const file = async (name: string, content: string) => {
      const place = path.join(folder, name);
      await writeFile(place, content);
      return { kind: 'file', path: place } as const;
    };

    before(async function () {
      this.timeout(60_000); // Compiling takes its time.
      folder = await mkdtemp(path.join(tmpdir(), 'compare-'));
      script = path.join(folder, 'compareWorker.js');
      await build({
        entryPoints: ['src/node/compareWorker.ts', 'src/node/manifestWorker.ts', 'src/node/workerProgram.ts'],
        bundle: true,
        platform: 'node',
        format: 'cjs',
        outdir: folder,
      });
      await writeFile(path.join(folder, 'matchLines.wasm'), await kernelProgram());
    });
    afterEach(() => comparisons.splice(0).forEach((comparison) => comparison.dispose()));
    after(() => rm(folder, { recursive: true }));

    it('are counted, listed and read from a file and from what only the extension host can read', async () => {
      const comparison = start({ here: await file('here.manifest', text), there: inMemory(other) });
      const { same, changed } = await comparison.run(lastAttributes, () => undefined, never);
      assert.deepEqual([same, changed], [2_999, 1]);
      const { total, rows } = await comparison.rows({ status: 'changed' }, 0, 10, never);
      assert.equal(total, 1);
      assert.equal(await comparison.lineThere(rows[0]?.there?.line ?? -1, never), other.split('\n')[0]);
    });

    it('may be one and the same', async () => {
      const comparison = start({ here: inMemory(text), there: undefined });
      assert.equal((await comparison.run(lastAttributes, () => undefined, never)).same, 3_000);
    });

    it('fail where one of them is gone', async () => {
      const gone = path.join(folder, 'gone.manifest');
      const comparison = start({ here: inMemory(text), there: { kind: 'file', path: gone } });
      await assert.rejects(
        comparison.run(lastAttributes, () => undefined, never),
        (error) => Failure.is(error, 'manifest.unreadable') && error.details.path === gone && error.details.isGone,
      );
    });
    it('say what a range could not be read for', async () => {
      const torn = {
        kind: 'source',
        source: { size: async () => 10, read: () => Promise.reject(new Error('Torn')) },
      } as const;
      const comparison = start({ here: inMemory(text), there: torn });
      await assert.rejects(
        comparison.run(lastAttributes, () => undefined, never),
        /Torn/u,
      );
    });

    it('are compared no more when that is cancelled', async () => {
      const giveUp = new AbortController();
      const comparison = start({ here: inMemory(text), there: inMemory(other) });
      const cancelled = comparison.run(lastAttributes, () => giveUp.abort(new Error('Cancelled')), giveUp.signal);
      await assert.rejects(cancelled, /Cancelled/u);
    });
  });
}

function inMemory(content: string) {
  return { kind: 'source', source: bytesSource(new TextEncoder().encode(content)) } as const;
}
