import assert from 'node:assert/strict';
import type { JsonValue } from '../../../../src/core/json.js';
import { FunctionFailure } from '../../../../src/local/functions/labelingFunctions.js';
import { submitAnswer, undoLastAnswer } from '../../../../src/local/labeling/answers.js';
import { acceptTask } from '../../../../src/local/labeling/handOut.js';
import type { Worker } from '../../../../src/local/labeling/workers.js';
import {
  answerWithIds,
  createCustomJob,
  customLines,
  failedMetadata,
  turnsUntil,
} from '../../../support/customJobs.js';
import { bucket, EngineLab } from '../../../support/engineLab.js';

const minute = 60_000;
const jobArn = 'arn:aws:sagemaker:us-east-1:111122223333:labeling-job/job';
const requestFile = 'annotations/consolidated-annotation/consolidation-request/iteration-1/2026-11-23_10:00:00.json';

describe('a post-annotation function', () => {
  let lab: EngineLab;
  let worker: Worker;
  beforeEach(async () => {
    lab = new EngineLab();
    await lab.prepare();
    worker = lab.addWorker('anna@example.org');
  });

  async function answerAll(): Promise<void> {
    answerWithIds(lab, worker);
    await lab.engine.idle();
  }

  it('gets what Ground Truth gives it, and its answers are the labels', async () => {
    let payload: unknown;
    const post = lab.functions.add('post', (event) => {
      const { s3Uri } = event['payload'] as { s3Uri: string };
      const text = lab.objects.text(bucket, s3Uri.replace(`s3://${bucket}/`, ''));
      payload = JSON.parse(text.replaceAll(/(?<=private\.us-east-1\.)[\da-f]{16}/gu, 'ID'));
      return [2, 0, 1].map((id) => ({
        datasetObjectId: String(id),
        consolidatedAnnotation: { content: { Job: { of: id }, 'Job-metadata': { mine: true }, other: 1 } },
      }));
    });
    await createCustomJob(lab, { post });
    await answerAll();
    assert.deepEqual(lab.functions.events, [
      {
        version: '2018-10-16',
        labelingJobArn: jobArn,
        labelCategories: ['cat', 'dog'],
        labelAttributeName: 'Job',
        roleArn: 'arn:aws:iam::111122223333:role/role',
        payload: { s3Uri: `s3://${bucket}/out/Job/${requestFile}` },
        outputConfig: `s3://${bucket}/out/Job/annotations`,
        maxHumanWorkersPerDataObject: 1,
      },
    ]);
    assert.deepEqual(payload, [
      {
        datasetObjectId: '0',
        dataObject: { content: 'a' },
        annotations: [{ workerId: 'private.us-east-1.ID', annotationData: { content: '{"id":"0"}' } }],
      },
      {
        datasetObjectId: '1',
        dataObject: { content: 'b' },
        annotations: [{ workerId: 'private.us-east-1.ID', annotationData: { content: '{"id":"1"}' } }],
      },
      {
        datasetObjectId: '2',
        dataObject: { content: 'c' },
        annotations: [{ workerId: 'private.us-east-1.ID', annotationData: { content: '{"id":"2"}' } }],
      },
    ]);
    assert.equal(await lab.counts(), 'Completed 3+0+0');
    const metadata = '{"type":"groundtruth/custom","job-name":"job","human-annotated":"yes","creation-date":"DATE"}';
    assert.deepEqual(
      lab.manifest(),
      customLines.map((line, id) => `${line.slice(0, -1)},"Job":{"of":${id}},"Job-metadata":${metadata}}`),
    );
  });

  it('gets null for the categories of a job without any, and the key of one that has one', async () => {
    const post = lab.functions.add('post', () => []);
    const AnnotationConsolidationConfig = { AnnotationConsolidationLambdaArn: post };
    await lab.createJob({
      lines: customLines,
      task: { PreHumanTaskLambdaArn: undefined, AnnotationConsolidationConfig },
      request: {
        LabelCategoryConfigS3Uri: undefined,
        OutputConfig: { S3OutputPath: `s3://${bucket}/out/`, KmsKeyId: 'key' },
      },
    });
    await answerAll();
    assert.equal(lab.functions.events[0]?.['labelCategories'], null);
    assert.equal(lab.functions.events[0]['kmsKeyId'], 'key');
  });

  const wrong: readonly {
    readonly name: string;
    readonly run: () => JsonValue;
    readonly reasons: readonly string[];
  }[] = [
    {
      name: 'throws',
      run: () => {
        throw new FunctionFailure('out of ideas');
      },
      reasons: ['The post-annotation function ARN failed: out of ideas'],
    },
    {
      name: 'answers no list',
      run: () => ({ statusCode: 200 }),
      reasons: [
        'The answer of the post-annotation function ARN is not a list of objects with \\"datasetObjectId\\" and ' +
          '\\"consolidatedAnnotation\\".',
      ],
    },
    {
      name: 'leaves an object out',
      run: () => [0, 1].map((id) => ({ datasetObjectId: id, consolidatedAnnotation: { content: { Job: id } } })),
      reasons: [
        '',
        '',
        'The answer of the post-annotation function ARN has no entry whose \\"datasetObjectId\\" is \\"2\\".',
      ],
    },
    {
      name: 'has no label under the name of the attribute',
      run: () => [0, 1, 2].map((id) => ({ datasetObjectId: `${id}`, consolidatedAnnotation: { content: { job: 1 } } })),
      reasons: [
        'The answer of the post-annotation function ARN has no \\"Job\\" in the ' +
          '\\"consolidatedAnnotation.content\\" of object \\"0\\".',
      ],
    },
  ];
  for (const { name, run, reasons } of wrong) {
    it(`that ${name} fails what it gave no label, and the answers are kept`, async () => {
      const post = lab.functions.add('post', run);
      await createCustomJob(lab, { post });
      await answerAll();
      const failed = lab.manifest().filter((line) => line.includes('failure-reason'));
      assert.equal(await lab.counts(), `Completed ${3 - failed.length}+${failed.length}+0`);
      for (const [id, reason] of reasons.entries()) {
        if (reason !== '') {
          assert.equal(
            lab.manifest()[id],
            `${customLines[id]?.slice(0, -1)},${failedMetadata(reason.replace('ARN', post))}`,
          );
        }
      }
      assert.equal(lab.objects.keys(bucket).filter((key) => key.includes('worker-response')).length, 3);
    });
  }

  it('is waited for when it cannot be called, while the work goes on', async () => {
    const post = lab.functions.add('post', () => labelsOf(['0', '1', '2']));
    lab.functions.areAway = true;
    await createCustomJob(lab, { post });
    await answerAll();
    assert.equal(await lab.counts(), 'InProgress 3+0+0');
    lab.clock.advance(minute);
    lab.functions.areAway = false;
    lab.clock.advance(5_000);
    await lab.engine.idle();
    assert.equal(await lab.counts(), 'Completed 3+0+0');
    assert.match(lab.manifest()[2] ?? '', /"Job":"2"/u);
  });

  it('fails its objects when it cannot be called for five minutes', async () => {
    const post = lab.functions.add('post', () => []);
    lab.functions.areAway = true;
    await createCustomJob(lab, { post });
    await answerAll();
    for (let passed = 0; passed < 5 * minute; passed += 5_000) {
      assert.equal(await lab.counts(), 'InProgress 3+0+0');
      lab.clock.advance(5_000);
      await lab.engine.idle();
    }
    assert.equal(await lab.counts(), 'Completed 0+3+0');
    assert.match(lab.manifest()[0] ?? '', /The post-annotation function .*:post failed: .* cannot be reached/u);
  });

  it('is waited for anew where the server was away for long', async () => {
    const post = lab.functions.add('post', () => []);
    lab.functions.areAway = true;
    await createCustomJob(lab, { post });
    await answerAll();
    lab.clock.advance(10 * 60 * minute);
    await lab.restart();
    await lab.engine.idle();
    assert.equal(await lab.counts(), 'InProgress 3+0+0');
  });

  it('is asked again for what it was doing when the process died, and for that alone', async () => {
    const asked: string[] = [];
    const answers: ((value: JsonValue) => void)[] = [];
    const post = lab.functions.add('post', (event) => {
      asked.push(JSON.stringify(event['payload']));
      return new Promise<JsonValue>((resolve) => {
        answers.push(resolve);
      });
    });
    await createCustomJob(lab, { post });
    answerWithIds(lab, worker);
    await turnsUntil(() => asked.length === 1);
    const { JobReferenceCode: reference } = await lab.describe();
    assert.throws(() => undoLastAnswer(lab.portal, worker, reference), { code: 'NothingToUndo' });
    const dead = lab.engine;
    lab.engine = lab.newEngine(); // The old one never hears an answer.
    lab.engine.start();
    await turnsUntil(() => asked.length === 2);
    assert.equal(asked[1], asked[0]);
    answers.at(-1)?.(labelsOf(['0', '1', '2']));
    await lab.engine.idle();
    assert.notEqual(lab.engine, dead);
    assert.equal(await lab.counts(), 'Completed 3+0+0');
  });

  it('makes labels of what there is when the job is stopped', async () => {
    const post = lab.functions.add('post', () => labelsOf(['0']));
    await createCustomJob(lab, { post }, { NumberOfHumanWorkersPerDataObject: 2 });
    const [first] = lab.take(worker);
    assert.ok(first);
    acceptTask(lab.portal, worker, first.taskId);
    submitAnswer(lab.portal, worker, { taskId: first.taskId, answerContent: {} });
    await lab.call('sageMaker', 'StopLabelingJob', { LabelingJobName: 'Job' });
    await lab.engine.idle();
    assert.equal(await lab.counts(), 'Stopped 1+0+2');
    assert.match(lab.manifest()[0] ?? '', /"Job":"0"/u);
  });
});

function labelsOf(ids: readonly string[]): JsonValue {
  return ids.map((id) => ({ datasetObjectId: id, consolidatedAnnotation: { content: { Job: id } } }));
}
