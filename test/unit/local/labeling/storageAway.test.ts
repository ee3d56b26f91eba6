import assert from 'node:assert/strict';
import { StorageAway, type StorageProblem } from '../../../../src/local/remote/storageAway.js';
import { bucket, EngineLab, pictureLines } from '../../../support/engineLab.js';

/** A lab whose storage can be away, all of it or objects whose keys match. */
async function labWith(problem: StorageProblem, keys: { away: RegExp | undefined }): Promise<EngineLab> {
  const lab = new EngineLab();
  await lab.prepare();
  const { objects } = lab;
  const away = (key: string): void => {
    if (keys.away?.test(key) === true) {
      throw new StorageAway(problem, `No "${key}" now.`);
    }
  };
  const [read, write, stream] = [objects.read.bind(objects), objects.write.bind(objects), objects.stream.bind(objects)];
  objects.read = async (name, key, range) => {
    away(key);
    return read(name, key, range);
  };
  objects.stream = (name, key) => {
    away(key);
    return stream(name, key);
  };
  objects.write = async (name, key, body) => {
    away(key);
    return write(name, key, body);
  };
  return lab;
}

const later = async (lab: EngineLab): Promise<void> => {
  lab.clock.advance(60_000);
  await lab.engine.idle();
};

describe('a labeling job whose storage is away', () => {
  for (const input of ['template.liquid', 'labels.json', 'in.manifest', '1.png']) {
    it(`waits for "${input}", says so, and goes on`, async () => {
      const keys = { away: new RegExp(`^${input}$`, 'u') as RegExp | undefined };
      const lab = await labWith('unreachable', keys);
      await lab.createJob();
      assert.equal((await lab.describe()).FailureReason, `No "${input}" now.`);
      await later(lab);
      assert.equal(lab.log.filter((line) => line.includes('now.')).length, 1);
      keys.away = undefined;
      await later(lab);
      assert.equal(await lab.counts(), 'InProgress 0+0+3');
      assert.equal((await lab.describe()).FailureReason, undefined);
    });
  }

  it('takes answers, and writes what came of them when it is back', async () => {
    const keys: { away: RegExp | undefined } = { away: undefined };
    const lab = await labWith('keysExpired', keys);
    await lab.createJob();
    const worker = lab.addWorker('anna@example.org');
    keys.away = /^/u;
    assert.equal(await lab.labelAll(worker, (object) => (object === 1 ? 'dog' : 'cat')), 3);
    assert.match((await lab.describe()).FailureReason ?? '', /^No "out\/Job\//u);
    await lab.restart();
    assert.equal((await lab.describe()).LabelingJobStatus, 'InProgress');
    keys.away = undefined;
    await later(lab);
    assert.equal(await lab.counts(), 'Completed 3+0+0');
    assert.deepEqual(
      lab.manifest().map((line) => (JSON.parse(line) as { readonly Job: number }).Job),
      [0, 1, 0],
    );
  });

  it('can be stopped meanwhile, and is when it is back', async () => {
    const keys: { away: RegExp | undefined } = { away: undefined };
    const lab = await labWith('unreachable', keys);
    await lab.createJob();
    const worker = lab.addWorker('anna@example.org');
    const [task = assert.fail()] = lab.take(worker, 1);
    lab.answer(worker, task, 'cat');
    keys.away = /^out/u;
    await lab.call('sageMaker', 'StopLabelingJob', { LabelingJobName: 'Job' });
    await lab.engine.idle();
    const { LabelingJobStatus: status, FailureReason: reason } = await lab.describe();
    assert.equal(status, 'Stopping');
    assert.match(reason ?? '', /now\.$/u);
    keys.away = undefined;
    await later(lab);
    assert.equal(await lab.counts(), 'Stopped 1+0+2');
    assert.equal((await lab.describe()).FailureReason, undefined);
  });

  it('has a picture fail that alone may not be read', async () => {
    const lab = await labWith('denied', { away: /^1\.png$/u });
    await lab.createJob({ lines: pictureLines(3) });
    assert.equal(await lab.counts(), 'InProgress 0+1+2');
    assert.match(lab.objects.text(bucket, 'out/Job/manifests/output/output.manifest'), /No \\"1\.png\\" now/u);
  });

  it('waits where nothing may be read any more', async () => {
    const keys: { away: RegExp | undefined } = { away: undefined };
    const lab = await labWith('denied', keys);
    await lab.createJob({ task: { MaxConcurrentTaskCount: 1 } });
    const worker = lab.addWorker('anna@example.org');
    const [task = assert.fail()] = lab.take(worker, 1);
    keys.away = /^(?:in\.manifest|\d\.png)$/u;
    lab.answer(worker, task, 'cat');
    await lab.engine.idle();
    assert.equal(await lab.counts(), 'InProgress 1+0+2');
    assert.equal((await lab.describe()).FailureReason, 'No "in.manifest" now.');
    keys.away = undefined;
    await later(lab);
    assert.equal(lab.take(worker, 1).length, 1);
  });
});
