import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import type { JobAnswers } from '../../../src/core/consolidation/wholeJob/answerTable.js';
import { estimateInThread } from '../../../src/node/wholeJobThread.js';
import { startThread } from '../../../src/node/workerThread.js';
import { estimateOf } from '../../support/estimateOf.js';

const never = new AbortController().signal;

describe('a whole job estimated in a thread', () => {
  let folder = '';
  let script = '';

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'whole-job-'));
    script = path.join(folder, 'wholeJobWorker.js');
    await build({
      entryPoints: ['src/node/wholeJobWorker.ts'],
      bundle: true,
      platform: 'node',
      format: 'cjs',
      outfile: script,
    });
  });

  after(() => rm(folder, { recursive: true }));

  it('has the same result, and tells how far it is', async () => {
    const job = jobOfSize(300);
    const parts: number[] = [];
    const result = await estimateInThread(
      job,
      { script, start: startThread, onProgress: (part) => void parts.push(part) },
      never,
    );
    assert.deepEqual(result, estimateOf(job));
    assert.ok(parts.length > 0 && parts.every((part) => part > 0 && part <= 1));
  });

  it('is given up in the middle', async () => {
    const giveUp = new AbortController();
    const reason = new Error('The editor was closed');
    const parts: number[] = [];
    const onProgress = (part: number): void => {
      parts.push(part);
      giveUp.abort(reason);
    };
    await assert.rejects(
      estimateInThread(jobOfSize(20_000), { script, start: startThread, onProgress }, giveUp.signal),
      reason,
    );
    assert.equal(parts.length, 1);
  });

  it('does not begin when it is given up before', async () => {
    const signal = AbortSignal.abort(new Error('Too late'));
    await assert.rejects(
      estimateInThread(jobOfSize(1), { script, start: startThread, onProgress: () => undefined }, signal),
      /Too late/u,
    );
  });

  it('says what is wrong with the answers', async () => {
    const job = { ...jobOfSize(3), classCount: 1 };
    await assert.rejects(
      estimateInThread(job, { script, start: startThread, onProgress: () => undefined }, never),
      /a class that the job does not have/u,
    );
  });

  it('says so when the thread dies', async () => {
    const broken = path.join(folder, 'broken.js');
    await writeFile(broken, 'throw new Error("out of memory")');
    await assert.rejects(
      estimateInThread(jobOfSize(3), { script: broken, start: startThread, onProgress: () => undefined }, never),
      /out of memory/u,
    );
  });
});

/** Three of ninety workers for each object, so that there is something to do. */
function jobOfSize(objectCount: number): JobAnswers {
  const places = Array.from({ length: objectCount * 3 }, (_, answer) => answer);
  return {
    objects: Int32Array.from(places, (answer) => Math.floor(answer / 3)),
    workers: Int32Array.from(places, (answer) => (answer * 17 + Math.floor(answer / 90)) % 90),
    labels: Int32Array.from(places, (answer) => (Math.floor(answer / 3) + (answer % 7 === 0 ? 1 : 0)) % 4),
    objectCount,
    workerCount: 90,
    classCount: 4,
  };
}
