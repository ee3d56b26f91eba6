import assert from 'node:assert/strict';
import { submitAnswer } from '../../../../src/local/labeling/answers.js';
import { acceptTask } from '../../../../src/local/labeling/handOut.js';
import type { Worker } from '../../../../src/local/labeling/workers.js';
import { answerOf, bucket, EngineLab, labeledLine, pictureLines } from '../../../support/engineLab.js';

const minute = 60_000;
const day = 24 * 60 * minute;

describe('a labeling job', () => {
  let lab: EngineLab;
  let worker: Worker;
  beforeEach(async () => {
    lab = new EngineLab();
    await lab.prepare();
    worker = lab.addWorker('anna@example.org');
  });

  it('is in progress with everything unlabeled, and its output manifest is the input', async () => {
    await lab.createJob();
    assert.equal(await lab.counts(), 'InProgress 0+0+3');
    assert.deepEqual(lab.manifest(), pictureLines(3));
  });

  it('counts an answer at once and is complete with the last', async () => {
    await lab.createJob();
    const [first, second, third] = lab.take(worker);
    assert.ok(first && second && third);
    assert.equal(lab.answer(worker, first, 'cat').isUndoable, true);
    assert.equal(await lab.counts(), 'InProgress 1+0+2');
    lab.answer(worker, second, 'dog');
    assert.equal(lab.answer(worker, third, 'cat').isUndoable, false);
    await lab.engine.idle();
    assert.equal(await lab.counts(), 'Completed 3+0+0');
    assert.deepEqual(lab.manifest(), [labeledLine(0), labeledLine(1, { label: 1 }), labeledLine(2)]);
  });

  it('lays its files out as Ground Truth does', async () => {
    await lab.createJob({ lines: pictureLines(2) });
    await lab.labelAll(worker, () => 'dog');
    const files = lab.objects.keys(bucket).filter((key) => key.startsWith('out/'));
    assert.deepEqual(files, [
      'out/Job/annotations/consolidated-annotation/consolidation-request/iteration-1/2026-11-23_10:00:02.json',
      'out/Job/annotations/consolidated-annotation/consolidation-response/iteration-1/2026-11-23_10:00:02.json',
      'out/Job/annotations/intermediate/1/annotations.json',
      'out/Job/annotations/worker-response/iteration-1/0/2026-11-23_10:00:02.json',
      'out/Job/annotations/worker-response/iteration-1/1/2026-11-23_10:00:02.json',
      'out/Job/manifests/intermediate/1/output.manifest',
      'out/Job/manifests/output/output.manifest',
    ]);
    const response = lab.objects.text(bucket, files[3] ?? '');
    assert.equal(
      response.replaceAll(/us-east-1_\w+|[\da-f-]{36}|(?<=private\.us-east-1\.)[\da-f]{16}/gu, 'ID'),
      '{"answers":[{"acceptanceTime":"2026-11-23T10:00:00.000Z","answerContent":{"crowd-image-classifier":' +
        '{"label":"dog"}},"submissionTime":"2026-11-23T10:00:01.000Z","timeSpentInSeconds":1,' +
        '"workerId":"private.us-east-1.ID","workerMetadata":{"identityData":{"identityProviderType":"Cognito",' +
        '"issuer":"https://cognito-idp.us-east-1.amazonaws.com/ID","sub":"ID"}}}]}',
    );
    const [request] = JSON.parse(lab.objects.text(bucket, files[0] ?? '')) as readonly object[];
    assert.equal(
      JSON.stringify(request).replaceAll(/(?<=private\.us-east-1\.)[\da-f]{16}/gu, 'ID'),
      '{"datasetObjectId":"0","dataObject":{"s3Uri":"s3://pictures/0.png"},"annotations":[{"workerId":' +
        '"private.us-east-1.ID","annotationData":{"content":"{\\"crowd-image-classifier\\":{\\"label\\":\\"dog\\"}}"}}]}',
    );
  });

  it('goes on where it was when the process dies', async () => {
    await lab.createJob();
    const [first] = lab.take(worker);
    assert.ok(first);
    lab.answer(worker, first, 'cat');
    await lab.restart();
    assert.equal(await lab.counts(), 'InProgress 1+0+2');
    assert.equal(lab.take(worker).length, 2);
    await lab.labelAll(worker, () => 'dog');
    assert.equal(await lab.counts(), 'Completed 3+0+0');
  });

  it('tries again when its files cannot be written', async () => {
    await lab.createJob();
    lab.objects.writeError = new Error('no space left on device');
    await lab.labelAll(worker, () => 'cat');
    assert.equal(await lab.counts(), 'InProgress 3+0+0');
    assert.ok(lab.log.some((line) => line.includes('no space left')));
    lab.objects.writeError = undefined;
    lab.clock.advance(10_000);
    await lab.engine.idle();
    assert.equal(await lab.counts(), 'Completed 3+0+0');
    assert.deepEqual(
      lab.manifest(),
      [0, 1, 2].map((object) => labeledLine(object)),
    );
  });

  it('goes on once its records can be used again, and so do the other jobs', async () => {
    await lab.createJob();
    await lab.createJob({ name: 'Other' });
    for (const task of lab.take(worker)) {
      lab.answer(worker, task, 'cat');
    }
    lab.database.exec('ALTER TABLE labeling_jobs RENAME TO out_of_reach');
    await lab.engine.idle();
    lab.database.exec('ALTER TABLE out_of_reach RENAME TO labeling_jobs');
    assert.ok(lab.log.some((line) => line.includes('no such table')));
    lab.clock.advance(10_000);
    await lab.engine.idle();
    assert.equal(await lab.counts(), 'Completed 3+0+0');
    await lab.labelAll(worker, () => 'cat', 'Other');
    assert.equal(await lab.counts('Other'), 'Completed 3+0+0');
  });

  it('fails broken lines, missing objects and unreadable pictures, and labels the rest', async () => {
    const lines = [
      'not json',
      pictureLines(1)[0] ?? '',
      '{"source-ref":"s3://pictures/missing.png"}',
      '{"source":"text"}',
      '{"source-ref":"s3://pictures/torn.png"}',
    ];
    lab.objects.put(bucket, 'torn.png', 'not a picture');
    await lab.createJob({ lines });
    assert.equal(await lab.counts(), 'InProgress 0+4+1');
    await lab.labelAll(worker, () => 'cat');
    assert.equal(await lab.counts(), 'Completed 1+4+0');
    assert.deepEqual(lab.manifest(), [
      `{${failed('Line 1 of the input manifest cannot be used: it is not valid JSON.')}`,
      labeledLine(0),
      `{"source-ref":"s3://pictures/missing.png",${failed('The object s3://pictures/missing.png does not exist or cannot be read.')}`,
      `{"source":"text",${failed('Line 4 of the input manifest cannot be used: it has no \\"source-ref\\", which this task type needs.')}`,
      `{"source-ref":"s3://pictures/torn.png",${failed('The object s3://pictures/torn.png is not a readable JPEG or PNG image.')}`,
    ]);
  });

  it('fails a line that is not UTF-8, which could not be given back as it was', async () => {
    lab.objects.put(bucket, 'latin1.manifest', Buffer.from('{"source-ref":"s3://pictures/ñ.png"}\n', 'latin1'));
    const InputConfig = { DataSource: { S3DataSource: { ManifestS3Uri: `s3://${bucket}/latin1.manifest` } } };
    await lab.createJob({ request: { InputConfig } });
    assert.equal(await lab.counts(), 'Completed 0+1+0');
    assert.match(lab.manifest()[0] ?? '', /Line 1 of the input manifest cannot be used: it is not valid UTF-8\./u);
  });

  it('leaves objects as they are that an earlier job labeled', async () => {
    await lab.createJob();
    const [first] = lab.take(worker);
    assert.ok(first);
    lab.answer(worker, first, 'dog');
    await lab.call('sageMaker', 'StopLabelingJob', { LabelingJobName: 'Job' });
    await lab.engine.idle();
    assert.equal(await lab.counts(), 'Stopped 1+0+2');
    const lines = lab.objects.text(bucket, 'out/Job/manifests/output/output.manifest').trimEnd().split('\n');
    await lab.createJob({ name: 'Chain', lines, request: { LabelAttributeName: 'Job' } });
    assert.equal(await lab.counts('Chain'), 'InProgress 1+0+2');
    assert.equal(await lab.labelAll(worker, () => 'cat', 'Chain'), 2);
    assert.equal(await lab.counts('Chain'), 'Completed 3+0+0');
    assert.equal(lab.manifest('Chain')[0], lab.manifest('Job')[0]);
  });

  it('is complete at once where everything is labeled', async () => {
    await lab.createJob({ lines: ['{"source-ref":"s3://pictures/0.png", "Job": 1}'] });
    assert.equal(await lab.counts(), 'Completed 1+0+0');
    assert.deepEqual(lab.manifest(), ['{"source-ref":"s3://pictures/0.png", "Job": 1}']);
  });

  const failures = [
    { name: 'the manifest is missing', spoil: 'in.manifest', body: undefined },
    { name: 'the manifest is empty', spoil: 'in.manifest', body: '\n\n' },
    { name: 'the template is missing', spoil: 'template.liquid', body: undefined },
    { name: 'the labels are no JSON', spoil: 'labels.json', body: '{' },
    { name: 'there is one label only', spoil: 'labels.json', body: '{"labels":[{"label":"cat"}]}' },
    { name: 'a label is there twice', spoil: 'labels.json', body: '{"labels":[{"label":"cat"},{"label":"cat"}]}' },
  ];
  for (const { name, spoil, body } of failures) {
    it(`fails with a reason where ${name}`, async () => {
      await lab.createJob({ name: 'Good' });
      if (body === undefined) {
        lab.objects.delete(bucket, spoil);
      } else {
        lab.objects.put(bucket, spoil, body);
      }
      await lab.call('sageMaker', 'CreateLabelingJob', lab.request({ name: 'Bad' }));
      await lab.engine.idle();
      const job = await lab.describe('Bad');
      assert.equal(job.LabelingJobStatus, 'Failed');
      assert.match(job.FailureReason ?? '', /^ClientError: .{20}/u);
    });
  }

  it('gives out one batch at a time', async () => {
    await lab.createJob({ lines: pictureLines(5), task: { MaxConcurrentTaskCount: 2 } });
    const batch = lab.take(worker);
    assert.deepEqual(
      batch.map(({ datasetObjectId }) => datasetObjectId),
      ['0', '1'],
    );
    assert.equal(await lab.labelAll(worker, () => 'cat'), 5);
    const iterations = lab.objects.keys(bucket).filter((key) => key.includes('worker-response'));
    assert.deepEqual(
      iterations.map((key) => key.split('/').slice(4, 6).join('/')),
      ['iteration-1/0', 'iteration-1/1', 'iteration-2/2', 'iteration-2/3', 'iteration-3/4'],
    );
  });

  it('ends when as many objects are labeled as were asked for', async () => {
    await lab.createJob({
      lines: pictureLines(5),
      request: { StoppingConditions: { MaxHumanLabeledObjectCount: 3 } },
    });
    assert.equal(await lab.labelAll(worker, () => 'cat'), 3);
    assert.equal(await lab.counts(), 'Completed 3+0+2');
    assert.deepEqual(lab.manifest().slice(3), pictureLines(5).slice(3));
  });

  it('ends after thirty days with what there is', async () => {
    await lab.createJob();
    const [first] = lab.take(worker);
    assert.ok(first);
    lab.answer(worker, first, 'dog');
    for (let passed = 0; passed < 31; passed += 1) {
      lab.clock.advance(day);
      await lab.engine.idle();
    }
    const job = await lab.describe();
    assert.equal(lab.manifest()[0], labeledLine(0, { label: 1 }));
    assert.equal(job.LabelingJobStatus, 'Failed');
    assert.match(job.FailureReason ?? '', /^ClientError: .*30 days/u);
  });

  it('takes no answer any more while its last labels are made after thirty days', async () => {
    await lab.createJob();
    lab.clock.advance(30 * day - 2 * minute);
    await lab.engine.idle();
    const [first] = lab.take(worker);
    assert.ok(first);
    lab.answer(worker, first, 'dog');
    await lab.engine.idle();
    let writes = 0;
    const takenLate: unknown[] = [];
    lab.objects.onWrite = () => {
      writes += 1;
      takenLate.push(...lab.take(worker));
    };
    lab.clock.advance(2 * minute);
    await lab.engine.idle();
    assert.equal(await lab.counts(), 'Failed 1+0+2');
    assert.ok(writes > 0);
    assert.deepEqual(takenLate, []);
  });

  it('fails objects that nobody answered in their time', async () => {
    await lab.createJob({ task: { TaskAvailabilityLifetimeInSeconds: 600 } });
    const [first] = lab.take(worker);
    assert.ok(first);
    lab.answer(worker, first, 'cat');
    lab.clock.advance(10 * minute);
    await lab.engine.idle();
    assert.equal(await lab.counts(), 'Completed 1+2+0');
    assert.match(lab.manifest()[1] ?? '', /"failure-reason":"ClientError: Annotation tasks expired\./u);
  });

  it('withdraws its tasks when it is stopped', async () => {
    await lab.createJob();
    const [first, second] = lab.take(worker);
    assert.ok(first && second);
    acceptTask(lab.portal, worker, second.taskId);
    lab.answer(worker, first, 'cat');
    await lab.call('sageMaker', 'StopLabelingJob', { LabelingJobName: 'Job' });
    await lab.engine.idle();
    assert.equal(await lab.counts(), 'Stopped 1+0+2');
    assert.throws(() => submitAnswer(lab.portal, worker, { taskId: second.taskId, answerContent: answerOf('cat') }), {
      code: 'TaskGone',
    });
    assert.deepEqual(lab.manifest(), [labeledLine(0), ...pictureLines(3).slice(1)]);
  });
});

function failed(reason: string): string {
  return `"Job-metadata":{"retry-count":1,"failure-reason":"ClientError: ${reason}","human-annotated":"true"}}`;
}
