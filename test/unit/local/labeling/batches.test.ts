import assert from 'node:assert/strict';
import type { JsonObject } from '../../../../src/core/json.js';
import { declineTask, listJobs } from '../../../../src/local/labeling/handOut.js';
import type { Worker } from '../../../../src/local/labeling/workers.js';
import { createCustomJob, turnsUntil } from '../../../support/customJobs.js';
import { bucket, EngineLab, labeledLine, pictureLines } from '../../../support/engineLab.js';

const minute = 60_000;

describe('the batches of a labeling job', () => {
  let lab: EngineLab;
  let worker: Worker;
  beforeEach(async () => {
    lab = new EngineLab();
    await lab.prepare();
    worker = lab.addWorker('anna@example.org');
  });

  async function createJob(objects: number, task: JsonObject, request: JsonObject = {}): Promise<void> {
    await lab.createJob({ lines: pictureLines(objects), task, request });
  }

  async function iterations(): Promise<readonly string[]> {
    const keys = lab.objects.keys(bucket).filter((key) => key.includes('/worker-response/'));
    return keys.map((key) => key.split('/').slice(4, 6).join('/')).toSorted();
  }

  it('count objects, however many workers each has, and the next waits for the last answer of the one before', async () => {
    await createJob(4, { MaxConcurrentTaskCount: 2, NumberOfHumanWorkersPerDataObject: 2 });
    const other = lab.addWorker('ben@example.org');
    assert.equal(await lab.labelAll(worker, () => 'cat'), 2);
    const [first, last] = lab.take(other);
    assert.ok(first && last);
    lab.answer(other, first, 'cat');
    await lab.engine.idle();
    assert.deepEqual(listJobs(lab.portal, worker), []);
    assert.deepEqual(lab.take(worker), []);
    lab.answer(other, last, 'cat');
    await lab.engine.idle();
    assert.deepEqual(
      lab.take(worker).map(({ datasetObjectId }) => datasetObjectId),
      ['2', '3'],
    );
    await lab.labelAll(worker, () => 'cat');
    await lab.labelAll(other, () => 'cat');
    assert.equal(await lab.counts(), 'Completed 4+0+0');
    assert.deepEqual(await iterations(), ['iteration-1/0', 'iteration-1/1', 'iteration-2/2', 'iteration-2/3']);
  });

  it('go on over objects that fail, and a batch of those alone holds nobody up', async () => {
    const lines = ['missing-1', 'missing-2', '0', '1'].map((name) => `{"source-ref":"s3://pictures/${name}.png"}`);
    await lab.createJob({ lines, task: { MaxConcurrentTaskCount: 2 } });
    assert.equal(await lab.counts(), 'InProgress 0+2+2');
    assert.equal(await lab.labelAll(worker, () => 'cat'), 2);
    assert.deepEqual(await iterations(), ['iteration-2/2', 'iteration-2/3']);
  });

  it('go on when the last object of one runs out of time', async () => {
    await createJob(3, { MaxConcurrentTaskCount: 2, TaskAvailabilityLifetimeInSeconds: 600 });
    const [first] = lab.take(worker);
    assert.ok(first);
    lab.answer(worker, first, 'cat');
    lab.clock.advance(10 * minute);
    await lab.engine.idle();
    assert.equal(await lab.counts(), 'InProgress 1+1+1');
    assert.equal(await lab.labelAll(worker, () => 'cat'), 1);
    assert.equal(await lab.counts(), 'Completed 2+1+0');
  });

  it('label an object of some answers when its time is over, and fail one that all have declined', async () => {
    await createJob(2, { NumberOfHumanWorkersPerDataObject: 2, TaskAvailabilityLifetimeInSeconds: 600 });
    const [first, second] = lab.take(worker);
    assert.ok(first && second);
    lab.answer(worker, first, 'dog');
    declineTask(lab.portal, worker, second.taskId);
    const other = lab.addWorker('ben@example.org');
    const declined = lab.take(other).find(({ datasetObjectId }) => datasetObjectId === '1');
    assert.ok(declined);
    declineTask(lab.portal, other, declined.taskId);
    lab.clock.advance(10 * minute);
    await lab.engine.idle();
    assert.equal(await lab.counts(), 'Completed 1+1+0');
    const reason =
      'ClientError: Annotation tasks expired.  Probable Reasons are 1) TaskAvailabilityLifetimeInSeconds parameter is ' +
      'too small.  2) Reward is too low for workers to work on the task.  3) If you use a custom html template, your ' +
      'template may be broken.  4) Data (image/video/text) sent for annotation is broken or too big, preventing ' +
      'completion.  5) All workers declined the tasks.';
    assert.deepEqual(lab.manifest(), [
      labeledLine(0, { label: 1 }),
      '{"source-ref":"s3://pictures/1.png","Job-metadata":{"retry-count":1,' +
        `"failure-reason":"${reason}","human-annotated":"true"}}`,
    ]);
  });

  const conditions: readonly { readonly name: string; readonly conditions: JsonObject; readonly labeled: number }[] = [
    { name: 'a number of objects', conditions: { MaxHumanLabeledObjectCount: 3 }, labeled: 3 },
    { name: 'a part of the objects', conditions: { MaxPercentageOfInputDatasetLabeled: 50 }, labeled: 4 },
    { name: 'a part that is no whole number', conditions: { MaxPercentageOfInputDatasetLabeled: 49 }, labeled: 3 },
    { name: 'a part of less than one', conditions: { MaxPercentageOfInputDatasetLabeled: 1 }, labeled: 1 },
    {
      name: 'whichever is met first',
      conditions: { MaxHumanLabeledObjectCount: 7, MaxPercentageOfInputDatasetLabeled: 30 },
      labeled: 2,
    },
    { name: 'all that the console asks for', conditions: { MaxPercentageOfInputDatasetLabeled: 100 }, labeled: 8 },
  ];
  for (const { name, conditions: StoppingConditions, labeled } of conditions) {
    it(`end with ${name}`, async () => {
      await createJob(8, { MaxConcurrentTaskCount: 2 }, { StoppingConditions });
      assert.equal(await lab.labelAll(worker, () => 'cat'), labeled);
      assert.equal(await lab.counts(), `Completed ${labeled}+0+${8 - labeled}`);
      assert.deepEqual(lab.manifest().slice(labeled), pictureLines(8).slice(labeled));
    });
  }

  it('count what an earlier job labeled towards the part, but not as labeled by people', async () => {
    const lines = [...[0, 1, 2].map(labeledByOther), ...pictureLines(8).slice(3)];
    const request = { LabelAttributeName: 'Old' };
    for (const [name, StoppingConditions, labeled] of [
      ['Part', { MaxPercentageOfInputDatasetLabeled: 50 }, 1],
      ['Number', { MaxHumanLabeledObjectCount: 2 }, 2],
      ['Enough', { MaxPercentageOfInputDatasetLabeled: 25 }, 0],
    ] as const) {
      await lab.createJob({ name, lines, request: { ...request, StoppingConditions } });
      assert.equal(await lab.labelAll(worker, () => 'cat', name), labeled);
      assert.equal(await lab.counts(name), `Completed ${3 + labeled}+0+${5 - labeled}`);
      assert.equal((await lab.describe(name)).LabelCounters['HumanLabeled'], labeled);
    }
  });

  it('open no further objects once the job is stopped in the middle of one', async () => {
    let asked = 0;
    const pre = lab.functions.add('pre', async () => {
      asked += 1;
      if (asked === 100) {
        await lab.call('sageMaker', 'StopLabelingJob', { LabelingJobName: 'Job' });
      }
      return { taskInput: {} };
    });
    const lines = Array.from({ length: 400 }, (_, index) => `{"source":"${index}"}`);
    await lab.createJob({ lines, task: { PreHumanTaskLambdaArn: pre, AnnotationConsolidationConfig: undefined } });
    assert.equal(await lab.counts(), 'Stopped 0+0+400');
    assert.ok(asked < 200, `the function was asked ${asked} times`);
    assert.deepEqual(lab.manifest(), lines);
  });

  it('of one job do not wait for the functions of another', async () => {
    let ask: () => void;
    const isAsked = new Promise<void>((resolve) => {
      ask = resolve;
    });
    const pre = lab.functions.add('pre', async () => {
      ask();
      return new Promise<never>(() => undefined);
    });
    void createCustomJob(lab, { pre }); // It never gets to its first task.
    await isAsked;
    const task = { PreHumanTaskLambdaArn: undefined, AnnotationConsolidationConfig: undefined };
    await lab.call('sageMaker', 'CreateLabelingJob', lab.request({ name: 'Quick', task }));
    await turnsUntil(() => lab.take(worker, 1, 'Quick').length > 0);
    assert.equal((await lab.describe('Quick')).LabelingJobStatus, 'InProgress');
    assert.deepEqual(lab.take(worker, 1), []);
  });
});

function labeledByOther(object: number): string {
  return `{"source-ref":"s3://pictures/${object}.png","Old":1}`;
}
