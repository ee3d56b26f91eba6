import assert from 'node:assert/strict';
import { closeSync, openSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { blockingFileSource } from '../../../src/node/blockingFileSource.js';
import { secondThread } from '../../../src/node/secondThread.js';
import { kernelProgram } from '../../support/kernelProgram.js';

const never = new AbortController().signal;
const line = `{"source-ref":"s3://bucket/${'x'.repeat(480)}.jpg"}\n`;
const lines = Math.ceil((50 << 20) / line.length);

describe('the second thread of a scan', function () {
  this.timeout(60_000); // Compiling takes its time, and so does a large file.

  let folder = '';
  let descriptor = 0;

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'second-'));
    const outfile = path.join(folder, 'manifestWorker.js');
    const options = { bundle: true, platform: 'node', format: 'cjs' } as const;
    await build({ ...options, entryPoints: ['src/node/manifestWorker.ts'], outfile });
    await writeFile(path.join(folder, 'matchLines.wasm'), await kernelProgram());
    await writeFile(path.join(folder, 'large.manifest'), line.repeat(lines));
    descriptor = openSync(path.join(folder, 'large.manifest'), 'r');
  });
  after(async () => {
    closeSync(descriptor);
    await rm(folder, { recursive: true });
  });

  const files = () => ({
    script: path.join(folder, 'manifestWorker.js'),
    kernel: path.join(folder, 'matchLines.wasm'),
  });

  it('scans the end of a file', async () => {
    const second = secondThread(files(), () => descriptor);
    assert.ok(second);
    const { columns, end } = await second.scanFrom((lines - 100) * line.length, undefined, never);
    assert.deepEqual([columns.lines, columns.objects, end], [100, 100, 100 * line.length]);
    second.dispose();
  });

  it('scans nothing any more once nobody wants it', async () => {
    const second = secondThread(files(), () => descriptor);
    second?.dispose();
    await assert.rejects(async () => second?.scanFrom(0, undefined, never), /has ended/u);
  });

  it('is not started for a file that is small, or that cannot be read', () => {
    assert.equal(
      secondThread(files(), () => openSync(path.join(folder, 'matchLines.wasm'), 'r')),
      undefined,
    );
    assert.equal(
      secondThread(files(), () => openSync(path.join(folder, 'gone'), 'r')),
      undefined,
    );
  });
});

describe('a file that a thread reads', () => {
  it('is not opened again once it is closed', async () => {
    const source = blockingFileSource('package.json');
    assert.ok((await source.size(never)) > 0);
    source.close();
    await assert.rejects(source.size(never), /is closed/u);
    await assert.rejects(source.read(new Uint8Array(1), 0, never), /is closed/u);
  });
});
