import assert from 'node:assert/strict';
import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { startManifestThread } from '../../../src/node/manifestThread.js';
import { mostBytesInThread, startBySize } from '../../../src/node/workerBySize.js';
import { kernelProgram } from '../../support/kernelProgram.js';

const never = new AbortController().signal;
const line = `{"source-ref":"s3://bucket/${'x'.repeat(980)}.jpg"}\n`;

describe('a manifest that was small when it was opened', function () {
  this.timeout(60_000); // Compiling takes its time.

  let folder = '';

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'grown-'));
    await build({
      entryPoints: ['src/node/manifestWorker.ts', 'src/node/workerProgram.ts'],
      bundle: true,
      platform: 'node',
      format: 'cjs',
      outdir: folder,
    });
    await writeFile(path.join(folder, 'matchLines.wasm'), await kernelProgram());
  });
  after(() => rm(folder, { recursive: true }));

  it('is followed where it is, until it is one for a process of its own', async () => {
    const bytes = { kind: 'file', path: path.join(folder, 'growing.manifest') } as const;
    await writeFile(bytes.path, line);
    const scan = startManifestThread(path.join(folder, 'manifestWorker.js'), bytes, startBySize);
    await scan.finish(() => undefined);
    await appendFile(bytes.path, line);
    assert.equal(await scan.follow(bytes), true);
    await appendFile(bytes.path, line.repeat(Math.ceil(mostBytesInThread / line.length)));
    assert.equal(await scan.follow(bytes), false);
    assert.equal((await scan.summary(never)).objects, 2, 'until it is scanned anew, it is what it was');
    scan.dispose();
  });
});
