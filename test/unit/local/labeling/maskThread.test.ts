import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { semanticSegmentation } from '../../../../src/core/labels/semanticSegmentation.js';
import type { MaskAnswer, AnsweredMask } from '../../../../src/local/labeling/masks.js';
import { MaskThread } from '../../../../src/local/labeling/maskThread.js';
import { directMasks } from '../../../support/directMasks.js';
import { FakeClock } from '../../../support/fakeClock.js';
import { paintedMask } from '../../../support/paintedMask.js';

const program = fileURLToPath(new URL('../../../../src/local/labeling/maskProgram.ts', import.meta.url));
const task = semanticSegmentation;
const answer = paintedMask(['.bb.']);
const check: MaskAnswer = { task, answer, labels: ['bicycle'] };
const merge: AnsweredMask = {
  task,
  answers: ['ann', 'bea'].map((worker) => ({ worker, content: answer })),
  labels: [{ label: 'bicycle' }],
  jobName: 'Job',
  maskUri: 's3://pictures/0.png',
  createdAt: '2026-01-01T00:00:00.000000',
};

describe('the thread that works on masks', () => {
  let clock: FakeClock;
  let thread: MaskThread;
  beforeEach(() => {
    clock = new FakeClock();
    thread = new MaskThread(program, clock);
  });
  afterEach(() => thread.dispose());

  it('answers several at once, each what it asked for', async () => {
    const answers = await Promise.all([
      thread.check(check),
      thread.merge(merge),
      thread.check({ ...check, labels: ['dog'] }),
    ]);
    assert.deepEqual(answers[0], undefined);
    const { file, ...label } = await directMasks.merge(merge);
    assert.deepEqual(answers[1], { ...label, file: new Uint8Array(file) });
    assert.match(answers[2] ?? '', /have the label "bicycle", which is none of the job's labels/u);
  });

  it('starts again when it has rested', async () => {
    await thread.check(check);
    clock.advance(60_000);
    assert.equal(await thread.check(check), undefined);
  });

  it('tells what cannot be merged', async () => {
    const answers = [{ worker: 'ann', content: {} }];
    await assert.rejects(thread.merge({ ...merge, answers }), /must have an object "crowd-semantic-segmentation"/u);
  });

  it('leaves nobody waiting when it ends', async () => {
    const asked = thread.check(check);
    thread.dispose();
    await assert.rejects(asked, /was ended/u);
  });

  it('leaves nobody waiting when it dies', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'masks-'));
    try {
      const dying = join(folder, 'dying.cjs');
      await writeFile(dying, `require('node:worker_threads').parentPort.once('message', () => process.exit());`);
      await assert.rejects(new MaskThread(dying, clock).check(check), /has ended/u);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
