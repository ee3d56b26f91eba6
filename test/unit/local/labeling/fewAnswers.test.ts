import assert from 'node:assert/strict';
import { undoLastAnswer } from '../../../../src/local/labeling/answers.js';
import { declineTask, listJobs, releaseTask, stopWorking } from '../../../../src/local/labeling/handOut.js';
import type { Worker } from '../../../../src/local/labeling/workers.js';
import { bucket, EngineLab, labeledLine, pictureLines } from '../../../support/engineLab.js';

const minute = 60_000;
const day = 24 * 60 * minute;

describe('an object with fewer answers than were wanted', () => {
  let lab: EngineLab;
  let workers: readonly Worker[];
  beforeEach(async () => {
    lab = new EngineLab();
    await lab.prepare();
    workers = ['a', 'b', 'c'].map((name) => lab.addWorker(`${name}@example.org`));
    await lab.createJob({
      lines: pictureLines(2),
      task: { NumberOfHumanWorkersPerDataObject: 3, TaskAvailabilityLifetimeInSeconds: (30 * day) / 1_000 },
    });
    for (const worker of workers.slice(0, 2)) {
      const [task] = lab.take(worker, 1);
      assert.ok(task);
      lab.answer(worker, task, 'dog');
    }
  });

  it('is labeled from those that there are when the job is stopped', async () => {
    await lab.call('sageMaker', 'StopLabelingJob', { LabelingJobName: 'Job' });
    await lab.engine.idle();
    assert.equal(await lab.counts(), 'Stopped 1+0+1');
    const [line = '', other] = lab.manifest();
    assert.equal(line, labeledLine(0, { label: 1, confidence: confidenceIn(line) }));
    assert.equal(other, pictureLines(2)[1]);
    assert.equal(answersIn(0), 2);
  });

  it('is labeled from those that there are after thirty days', async () => {
    lab.clock.advance(30 * day - minute);
    await lab.engine.idle();
    lab.clock.advance(minute);
    await lab.engine.idle();
    assert.match(lab.manifest()[0] ?? '', /"Job":1,/u);
    assert.equal(answersIn(0), 2);
  });

  it('is labeled from those that there are when enough workers have declined it', async () => {
    for (const name of ['d', 'e', 'f']) {
      const worker = lab.addWorker(`${name}@example.org`);
      const task = lab.take(worker).find(({ datasetObjectId }) => datasetObjectId === '0');
      assert.ok(task);
      declineTask(lab.portal, worker, task.taskId);
    }
    await lab.call('sageMaker', 'StopLabelingJob', { LabelingJobName: 'Job' });
    await lab.engine.idle();
    assert.equal(answersIn(0), 2);
  });

  function answersIn(object: number): number {
    return (JSON.parse(workerResponse(lab, object)) as { readonly answers: readonly unknown[] }).answers.length;
  }
});

describe('an answer that is taken back and not given anew', () => {
  let lab: EngineLab;
  let worker: Worker;
  let reference: string;
  beforeEach(async () => {
    lab = new EngineLab();
    await lab.prepare();
    worker = lab.addWorker('anna@example.org');
    await lab.createJob({ lines: pictureLines(2) });
    const [first, second] = lab.take(worker);
    assert.ok(first && second);
    lab.answer(worker, first, 'dog');
    ({ JobReferenceCode: reference } = await lab.describe());
  });

  const endings: readonly { readonly name: string; readonly end: (taskId: string) => unknown }[] = [
    { name: 'its time is up', end: () => lab.clock.advance(5 * minute) },
    {
      name: 'its time is up and the worker looks at the jobs',
      end: () => {
        lab.clock.advance(5 * minute);
        return listJobs(lab.portal, worker);
      },
    },
    { name: 'the task is given back', end: (taskId) => releaseTask(lab.portal, worker, taskId) },
    { name: 'the worker stops working', end: () => stopWorking(lab.portal, worker, reference) },
    {
      name: 'the job is stopped',
      end: async () => lab.call('sageMaker', 'StopLabelingJob', { LabelingJobName: 'Job' }),
    },
  ];
  for (const { name, end } of endings) {
    it(`counts again once ${name}`, async () => {
      const { taskId } = undoLastAnswer(lab.portal, worker, reference);
      assert.equal(await lab.counts(), 'InProgress 0+0+2');
      await lab.engine.idle();
      await end(taskId);
      await lab.engine.idle();
      assert.match(await lab.counts(), / 1\+0\+1$/u);
    });
  }

  it('ends the job, where it is the last, without anybody asking', async () => {
    const [second] = lab.take(worker);
    assert.ok(second);
    undoLastAnswer(lab.portal, worker, reference);
    lab.answer(worker, second, 'cat', 30);
    await lab.engine.idle();
    assert.equal(await lab.counts(), 'InProgress 1+0+1');
    lab.clock.advance(5 * minute);
    await lab.engine.idle();
    assert.equal(await lab.counts(), 'Completed 2+0+0');
    assert.deepEqual(lab.manifest(), [labeledLine(0, { label: 1 }), labeledLine(1)]);
    assert.match(workerResponse(lab, 0), /"submissionTime":"2026-11-23T10:00:01.000Z","timeSpentInSeconds":1,/u);
  });

  it('can be taken back once more', () => {
    releaseTask(lab.portal, worker, undoLastAnswer(lab.portal, worker, reference).taskId);
    const { previousAnswer } = undoLastAnswer(lab.portal, worker, reference);
    assert.deepEqual(previousAnswer, { 'crowd-image-classifier': { label: 'dog' } });
  });

  it('is gone when the object is declined', async () => {
    declineTask(lab.portal, worker, undoLastAnswer(lab.portal, worker, reference).taskId);
    await lab.engine.idle();
    assert.equal(await lab.counts(), 'InProgress 0+1+1');
  });
});

function confidenceIn(line: string): number {
  return (JSON.parse(line) as Record<string, { confidence: number }>)['Job-metadata']?.confidence ?? 0;
}

function workerResponse(lab: EngineLab, object: number): string {
  const key = lab.objects.keys(bucket).find((name) => name.includes(`/worker-response/iteration-1/${object}/`));
  return lab.objects.text(bucket, key ?? '');
}
