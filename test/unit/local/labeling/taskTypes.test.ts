import assert from 'node:assert/strict';
import { submitAnswer } from '../../../../src/local/labeling/answers.js';
import { acceptTask } from '../../../../src/local/labeling/handOut.js';
import { bucket, EngineLab, functionsOf } from '../../../support/engineLab.js';

describe('the task types', () => {
  let lab: EngineLab;
  beforeEach(async () => {
    lab = new EngineLab();
    await lab.prepare();
  });

  it('classify a text', async () => {
    const worker = lab.addWorker('anna@example.org');
    await lab.createJob({
      lines: ['{"source":"It was \\u0022great\\u0022","stars":5.0}'],
      task: functionsOf('TextMultiClass'),
    });
    const [task] = lab.take(worker);
    assert.ok(task);
    assert.deepEqual(task.taskInput, { taskObject: 'It was "great"', labels: ['cat', 'dog'] });
    acceptTask(lab.portal, worker, task.taskId);
    submitAnswer(lab.portal, worker, {
      taskId: task.taskId,
      answerContent: { 'crowd-classifier': { label: 'dog' } },
    });
    await lab.engine.idle();
    assert.deepEqual(lab.manifest(), [
      '{"source":"It was \\u0022great\\u0022","stars":5.0,"Job":1,"Job-metadata":{"confidence":0,"job-name":' +
        '"labeling-job/job","class-name":"dog","human-annotated":"yes","creation-date":"DATE",' +
        '"type":"groundtruth/text-classification"}}',
    ]);
  });

  it('show the object and the labels also where only the consolidation function is named, as newer clients may', async () => {
    const worker = lab.addWorker('anna@example.org');
    await lab.createJob({
      lines: ['{"source":"It was great"}'],
      task: { ...functionsOf('TextMultiClass'), PreHumanTaskLambdaArn: undefined },
    });
    const [task] = lab.take(worker);
    assert.deepEqual(task?.taskInput, { taskObject: 'It was great', labels: ['cat', 'dog'] });
  });

  it('show what the pre-annotation function of a task type makes, whoever consolidates', async () => {
    const worker = lab.addWorker('anna@example.org');
    const line = '{"source-ref":"s3://pictures/0.png","boxes":{"annotations":[]}}';
    await lab.createJob({
      lines: [line],
      task: { ...functionsOf('VerificationBoundingBox'), AnnotationConsolidationConfig: undefined },
    });
    const [task] = lab.take(worker);
    assert.deepEqual(task?.taskInput['manifestLine'], JSON.parse(line));
  });

  it('point to the answers of a job without functions', async () => {
    const worker = lab.addWorker('anna@example.org');
    await lab.createJob({
      lines: ['{"source":"x","hint":[1]}'],
      task: { PreHumanTaskLambdaArn: undefined, AnnotationConsolidationConfig: undefined },
      request: { LabelCategoryConfigS3Uri: undefined },
    });
    const [task] = lab.take(worker);
    assert.ok(task);
    assert.deepEqual(task.taskInput, { source: 'x', hint: [1] });
    acceptTask(lab.portal, worker, task.taskId);
    submitAnswer(lab.portal, worker, { taskId: task.taskId, answerContent: { anything: { z: 1, a: true } } });
    await lab.engine.idle();
    const key = 'out/Job/annotations/worker-response/iteration-1/0/2026-11-23_10:00:00.json';
    assert.deepEqual(lab.manifest(), [
      `{"source":"x","hint":[1],"Job":{},"Job-metadata":{"type":"groundtruth/custom","job-name":"job",` +
        `"human-annotated":"yes","creation-date":"DATE","worker-response-ref":"s3://${bucket}/${key}"}}`,
    ]);
    assert.match(lab.objects.text(bucket, key), /"answerContent":\{"anything":\{"a":true,"z":1\}\}/u);
  });
});
