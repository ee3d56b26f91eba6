import assert from 'node:assert/strict';
import { consolidateSingleLabel } from '../../../../src/core/consolidation/singleLabel.js';
import { undoLastAnswer } from '../../../../src/local/labeling/answers.js';
import type { Worker } from '../../../../src/local/labeling/workers.js';
import { answerOf, bucket, EngineLab, labeledLine, pictureLines } from '../../../support/engineLab.js';

const labels = ['cat', 'dog'];

interface RequestedObject {
  readonly datasetObjectId: string;
  readonly annotations: readonly { readonly workerId: string; readonly annotationData: { readonly content: string } }[];
}

interface Answer {
  readonly 'crowd-image-classifier': { readonly label: string };
}

describe('consolidation in a running job', () => {
  let lab: EngineLab;
  beforeEach(async () => {
    lab = new EngineLab();
    await lab.prepare();
  });

  it('gives every object the label and confidence of its batch, to the digit', async () => {
    await lab.createJob({ lines: pictureLines(120), task: { NumberOfHumanWorkersPerDataObject: 3 } });
    const workers = ['a', 'b', 'c', 'd'].map((name) => lab.addWorker(name));
    await labelTogether(workers);
    assert.equal(await lab.counts(), 'Completed 120+0+0');
    const batches = requests();
    assert.deepEqual(
      batches.map((batch) => batch.length),
      [50, 50, 20],
    );
    const expected = new Map(batches.flatMap(predicted));
    assert.deepEqual(
      lab.manifest(),
      Array.from({ length: 120 }, (_, object) => labeledLine(object, expected.get(String(object)) ?? {})),
    );
    const confidences = new Set([...expected.values()].map((result) => result?.confidence));
    assert.ok(confidences.size > 2, 'the batches are not all alike');
  });

  it('makes labels of the oldest answers of a large batch, and keeps the newest open', async () => {
    await lab.createJob({ lines: pictureLines(150) });
    const worker = lab.addWorker('a');
    for (let round = 0; round < 2; round += 1) {
      for (const task of lab.take(worker, 50)) {
        lab.answer(worker, task, 'dog');
      }
    }
    await lab.engine.idle();
    assert.equal(await lab.counts(), 'InProgress 100+0+50');
    assert.deepEqual(
      requests().map((batch) => batch.map(({ datasetObjectId }) => Number(datasetObjectId))),
      [Array.from({ length: 50 }, (_, object) => object)],
    );
    const { JobReferenceCode: ref } = await lab.describe();
    assert.equal(undoLastAnswer(lab.portal, worker, ref).datasetObjectId, '99');
  });

  it('writes the files that a crash kept it from writing', async () => {
    await lab.createJob({ lines: pictureLines(2) });
    lab.objects.writeError = new Error('the process is about to die');
    await lab.labelAll(lab.addWorker('a'), () => 'cat');
    assert.deepEqual(lab.manifest(), pictureLines(2));
    lab.objects.writeError = undefined;
    await lab.restart();
    assert.deepEqual(lab.manifest(), [labeledLine(0), labeledLine(1)]);
    assert.equal(lab.objects.keys(bucket).filter((key) => key.includes('worker-response')).length, 2);
  });

  it('has two consolidations of one second write two files', async () => {
    await lab.createJob({ lines: pictureLines(60) });
    const worker = lab.addWorker('a');
    for (;;) {
      const tasks = lab.take(worker, 50);
      if (tasks.length === 0) {
        break;
      }
      for (const task of tasks) {
        lab.answer(worker, task, 'cat', 0);
      }
    }
    await lab.engine.idle();
    assert.deepEqual(
      requests().map((batch) => batch.length),
      [50, 10],
    );
  });

  it('takes an answer for the label that it names, whatever comes with it', async () => {
    await lab.createJob({ lines: pictureLines(1) });
    const worker = lab.addWorker('a');
    const [task] = lab.take(worker);
    assert.ok(task);
    lab.answer(worker, task, 'dog');
    await lab.engine.idle();
    const [[object] = []] = requests();
    assert.deepEqual(JSON.parse(object?.annotations[0]?.annotationData.content ?? ''), answerOf('dog'));
    assert.deepEqual(lab.manifest(), [labeledLine(0, { label: 1 })]);
  });

  /** In turns, a few objects each, right most of the time: each worker in a way of their own. */
  async function labelTogether(workers: readonly Worker[]): Promise<void> {
    let isWorking = true;
    while (isWorking) {
      isWorking = false;
      for (const [index, worker] of workers.entries()) {
        for (const task of lab.take(worker, 7)) {
          const object = Number(task.datasetObjectId);
          const isRight = (object * 7 + index * 13) % (3 + index) !== 0;
          lab.answer(worker, task, labels[(object + (isRight ? 0 : 1)) % 2] ?? '');
          isWorking = true;
        }
      }
      await lab.engine.idle();
    }
  }

  function requests(): readonly (readonly RequestedObject[])[] {
    const keys = lab.objects.keys(bucket).filter((key) => key.includes('consolidation-request'));
    return keys.map((key) => JSON.parse(lab.objects.text(bucket, key)) as readonly RequestedObject[]);
  }
});

/** What the published estimate makes of a batch, by object. */
function predicted(batch: readonly RequestedObject[]) {
  const objects = batch.map(({ annotations }) =>
    annotations.map(({ workerId, annotationData: { content } }) => ({
      worker: workerId,
      label: labels.indexOf((JSON.parse(content) as Answer)['crowd-image-classifier'].label),
    })),
  );
  const results = consolidateSingleLabel(objects, labels.length);
  return batch.map(({ datasetObjectId }, index) => [datasetObjectId, results[index]] as const);
}
