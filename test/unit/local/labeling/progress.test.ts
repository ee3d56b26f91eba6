import assert from 'node:assert/strict';
import { acceptTask, declineTask, listJobs } from '../../../../src/local/labeling/handOut.js';
import type { Worker } from '../../../../src/local/labeling/workers.js';
import { EngineLab, pictureLines } from '../../../support/engineLab.js';

describe('what a worker may still label in a job', () => {
  let lab: EngineLab;
  let anna: Worker;
  let ben: Worker;
  beforeEach(async () => {
    lab = new EngineLab();
    await lab.prepare();
    anna = lab.addWorker('anna@example.org');
    ben = lab.addWorker('ben@example.org');
  });

  /** Finished, and what may still come: together, all that the worker's progress is measured by. */
  const progress = (worker: Worker): string => {
    const [job] = listJobs(lab.portal, worker);
    return `${job?.finishedTasks}+${job?.remainingTasks}`;
  };

  it('counts what colleagues hold or work on: it may come back', async () => {
    await lab.createJob({ lines: pictureLines(6) });
    const [first] = lab.take(anna, 4);
    assert.ok(first);
    assert.equal(progress(ben), '0+6');
    acceptTask(lab.portal, anna, first.taskId);
    assert.equal(progress(ben), '0+6');
  });

  it('counts no object that has all its answers, and none twice', async () => {
    await lab.createJob({ lines: pictureLines(6), task: { NumberOfHumanWorkersPerDataObject: 2 } });
    const [first, second, third] = lab.take(anna, 4);
    assert.ok(first && second && third);
    lab.answer(anna, first, 'cat');
    declineTask(lab.portal, anna, second.taskId);
    acceptTask(lab.portal, anna, third.taskId);
    assert.equal(progress(anna), '2+4');
    assert.equal(progress(ben), '0+6');
    const [task] = lab.take(ben);
    assert.equal(task?.datasetObjectId, '0');
    lab.answer(ben, task, 'cat');
    assert.equal(progress(ben), '1+5');
    assert.equal(progress(lab.addWorker('cleo@example.org')), '0+5');
  });

  it('counts later batches too', async () => {
    await lab.createJob({ lines: pictureLines(6), task: { MaxConcurrentTaskCount: 2 } });
    const [first] = lab.take(anna);
    assert.ok(first);
    lab.answer(anna, first, 'cat');
    assert.equal(progress(anna), '1+5');
  });

  it('counts no more than the job wants to have labeled', async () => {
    const StoppingConditions = { MaxHumanLabeledObjectCount: 3 };
    await lab.createJob({
      lines: pictureLines(6),
      task: { MaxConcurrentTaskCount: 2 },
      request: { StoppingConditions },
    });
    assert.equal(progress(anna), '0+3');
  });
});
