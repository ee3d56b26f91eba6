import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { build } from 'esbuild';

/** Opens the file when the gate opens, says how that went, and keeps it open until it is ended. */
const opener = `
  const { parentPort, workerData } = require('node:worker_threads');
  import(workerData.module).then(({ openDatabase }) => {
    const gate = new Int32Array(workerData.gate);
    parentPort.postMessage('ready');
    Atomics.wait(gate, 0, 0);
    try {
      globalThis.database = openDatabase(workerData.file);
      parentPort.postMessage('opened');
    } catch (error) {
      parentPort.postMessage(error.errcode === 5 ? 'busy' : String(error));
    }
    setInterval(() => undefined, 60_000);
  });
`;

describe('the records of a data folder', () => {
  let folder = '';
  let module = '';

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'database-'));
    const outfile = join(folder, 'database.mjs');
    module = pathToFileURL(outfile).href;
    await build({ entryPoints: ['src/local/store/database.ts'], format: 'esm', outfile });
  });

  after(() => rm(folder, { recursive: true, force: true }));

  it('go to exactly one of those that open them at the same time', async () => {
    for (let round = 0; round < 3; round++) {
      const answers = await openAtOnce(module, join(folder, `${round}.sqlite`), 3);
      assert.equal(answers.filter((answer) => answer === 'opened').length, 1, String(answers));
      assert.equal(answers.filter((answer) => answer === 'busy').length, 2, String(answers));
    }
  }).timeout(30_000);
});

async function openAtOnce(module: string, file: string, count: number): Promise<readonly unknown[]> {
  const gate = new SharedArrayBuffer(4);
  const options = { eval: true, execArgv: [], workerData: { module, gate, file } };
  const workers = Array.from({ length: count }, () => new Worker(opener, options));
  try {
    await Promise.all(workers.map(answerOf));
    const answers = Promise.all(workers.map(answerOf));
    const opened = new Int32Array(gate);
    Atomics.store(opened, 0, 1);
    Atomics.notify(opened, 0);
    return await answers;
  } finally {
    await Promise.all(workers.map(async (worker) => worker.terminate()));
  }
}

async function answerOf(worker: Worker): Promise<unknown> {
  const [answer] = (await once(worker, 'message')) as [unknown];
  return answer;
}
