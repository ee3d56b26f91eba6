import assert from 'node:assert/strict';
import type { JsonObject } from '../../../../src/core/json.js';
import type { BuiltInTaskType } from '../../../../src/core/labels/builtInFunctions.js';
import { template } from '../../../../src/local/labeling/handOut.js';
import { EngineLab, functionsOf } from '../../../support/engineLab.js';
import { answerInTurn, createOneObjectJob, entityTaskUi } from './oneObjectJob.js';

const picture = '{"source-ref":"s3://pictures/0.png"}';
const labeled = '{"source-ref":"s3://pictures/0.png","boxes":{"old":1},"boxes-metadata":{}}';
const size = { height: 60, width: 80 };

interface Job {
  readonly name: string;
  readonly taskType: BuiltInTaskType;
  readonly attribute: string;
  readonly line: string;
  readonly categories: readonly JsonObject[];
  readonly input: JsonObject;
  /** What each worker answers. */
  readonly answers: readonly JsonObject[];
  /** What the output manifest's line ends with, as Ground Truth's documentation has it. */
  readonly label: string;
}

const categories = [{ label: 'person' }, { label: 'bicycle' }, { label: 'hat' }];
const names = ['person', 'bicycle', 'hat'];
const chosen = (element: string, labels: readonly string[]): JsonObject => ({ [element]: { labels } });
const drawn = (...boxes: readonly JsonObject[]): JsonObject => ({
  boundingBox: { boundingBoxes: boxes, inputImageProperties: size },
});
const marked = (...entities: readonly JsonObject[]): JsonObject => ({ 'crowd-entity-annotation': { entities } });
const verdict = (label: string, comment?: string): JsonObject => ({
  'crowd-image-classifier': { label, ...(comment !== undefined && { workerComment: comment }) },
});
const box = (label: string, left: number): JsonObject => ({ height: 20, label, left, top: 10, width: 30 });

const jobs: readonly Job[] = [
  {
    name: 'several classes of a picture',
    taskType: 'ImageMultiClassMultiLabel',
    attribute: 'tags',
    line: picture,
    categories,
    input: { taskObject: 's3://pictures/0.png', labels: names },
    answers: [['bicycle', 'person'], ['bicycle'], ['bicycle', 'person']].map((labels) =>
      chosen('crowd-image-classifier-multi-select', labels),
    ),
    label:
      '"tags":[1,0],"tags-metadata":{"job-name":"labeling-job/job","class-map":{"0":"person","1":"bicycle"},' +
      '"human-annotated":"yes","creation-date":"DATE","confidence-map":{"0":0.88,"1":0.95},' +
      '"type":"groundtruth/image-classification-multilabel"}',
  },
  {
    name: 'several classes of a text',
    taskType: 'TextMultiClassMultiLabel',
    attribute: 'tags',
    line: '{"source":"A hat."}',
    categories,
    input: { taskObject: 'A hat.', labels: names },
    answers: [chosen('crowd-classifier-multi-select', [])],
    label:
      '"tags":[],"tags-metadata":{"job-name":"labeling-job/job","class-map":{},"human-annotated":"yes",' +
      '"creation-date":"DATE","confidence-map":{},"type":"groundtruth/text-classification-multilabel"}',
  },
  {
    name: 'boxes',
    taskType: 'BoundingBox',
    attribute: 'boxes',
    line: picture,
    categories,
    input: { taskObject: 's3://pictures/0.png', labels: names },
    answers: [drawn(box('hat', 10)), drawn(box('hat', 11), box('person', 50))],
    label:
      '"boxes":{"image_size":[{"width":80,"height":60,"depth":3}],"annotations":[' +
      '{"class_id":0,"top":10,"left":50,"height":20,"width":30},' +
      '{"class_id":2,"top":10,"left":10.5,"height":20,"width":30}]},' +
      '"boxes-metadata":{"objects":[{"confidence":0.62},{"confidence":0.82}],"class-map":{"0":"person","2":"hat"},' +
      '"type":"groundtruth/object-detection","human-annotated":"yes","creation-date":"DATE",' +
      '"job-name":"labeling-job/job"}',
  },
  {
    name: 'boxes of one worker, without confidence',
    taskType: 'BoundingBox',
    attribute: 'boxes',
    line: picture,
    categories,
    input: { taskObject: 's3://pictures/0.png', labels: names },
    answers: [drawn(box('hat', 10))],
    label:
      '"boxes":{"image_size":[{"width":80,"height":60,"depth":3}],"annotations":[' +
      '{"class_id":2,"top":10,"left":10,"height":20,"width":30}]},' +
      '"boxes-metadata":{"objects":[{"confidence":0}],"class-map":{"2":"hat"},' +
      '"type":"groundtruth/object-detection","human-annotated":"yes","creation-date":"DATE",' +
      '"job-name":"labeling-job/job"}',
  },
  {
    name: 'boxes that were corrected',
    taskType: 'AdjustmentBoundingBox',
    attribute: 'better',
    line: labeled,
    categories,
    input: {
      taskObject: 's3://pictures/0.png',
      labels: names,
      manifestLine: { 'source-ref': 's3://pictures/0.png', boxes: { old: 1 }, 'boxes-metadata': {} },
    },
    answers: [
      {
        boundingBox: {
          boundingBoxes: [box('hat', 10)],
          initialValueModified: false,
          inputImageProperties: size,
        },
      },
    ],
    label:
      '"better":{"image_size":[{"width":80,"height":60,"depth":3}],"annotations":[' +
      '{"class_id":2,"top":10,"left":10,"height":20,"width":30}]},' +
      '"better-metadata":{"objects":[{"confidence":0}],"class-map":{"2":"hat"},' +
      '"type":"groundtruth/object-detection","human-annotated":"yes","creation-date":"DATE",' +
      '"job-name":"labeling-job/job","adjustment-status":"unadjusted"}',
  },
  {
    name: 'entities of a text',
    taskType: 'NamedEntityRecognition',
    attribute: 'ner',
    line: '{"source":"😀 Anna went home on May 5th."}',
    categories: [{ label: 'Person', shortDisplayName: 'per' }, { label: 'Date' }],
    input: {
      taskObject: '😀 Anna went home on May 5th.',
      labels: [
        { label: 'Person', shortDisplayName: 'per' },
        { label: 'Date', shortDisplayName: 'Date' },
      ],
    },
    answers: [
      marked({ endOffset: 28, label: 'Date', startOffset: 20 }, { endOffset: 6, label: 'Person', startOffset: 2 }),
      marked({ endOffset: 27, label: 'Date', startOffset: 20 }, { endOffset: 6, label: 'Person', startOffset: 2 }),
      marked({ endOffset: 27, label: 'Date', startOffset: 20 }),
    ],
    label:
      '"ner":{"annotations":{"labels":[{"label":"Person","shortDisplayName":"per"},' +
      '{"label":"Date","shortDisplayName":"Date"}],"entities":[{"label":"Person","startOffset":2,"endOffset":6},' +
      '{"label":"Date","startOffset":20,"endOffset":27}]}},' +
      '"ner-metadata":{"job-name":"labeling-job/job","type":"groundtruth/text-span","creation-date":"DATE",' +
      '"human-annotated":"yes","entities":[{"confidence":0.91},{"confidence":0.9}]}',
  },
  {
    name: 'what workers think of boxes',
    taskType: 'VerificationBoundingBox',
    attribute: 'verify',
    line: labeled,
    categories: [{ label: 'good' }, { label: 'bad' }],
    input: {
      taskObject: 's3://pictures/0.png',
      labels: ['good', 'bad'],
      manifestLine: { 'source-ref': 's3://pictures/0.png', boxes: { old: 1 }, 'boxes-metadata': {} },
    },
    answers: [verdict('bad', 'Box too wide.'), verdict('bad', ''), verdict('bad')],
    label:
      '"verify":"1","verify-metadata":{"class-name":"bad","confidence":0.95,"type":"groundtruth/label-verification",' +
      '"job-name":"labeling-job/job","human-annotated":"yes","creation-date":"DATE",' +
      '"worker-feedback":[{"comment":"Box too wide."}]}',
  },
  {
    name: 'what a worker thinks of a mask',
    taskType: 'VerificationSemanticSegmentation',
    attribute: 'verify',
    line: picture,
    categories: [{ label: 'good' }, { label: 'bad' }],
    input: {
      taskObject: 's3://pictures/0.png',
      labels: ['good', 'bad'],
      manifestLine: { 'source-ref': 's3://pictures/0.png' },
    },
    answers: [verdict('good')],
    label:
      '"verify":"0","verify-metadata":{"class-name":"good","confidence":0,"type":"groundtruth/label-verification",' +
      '"job-name":"labeling-job/job","human-annotated":"yes","creation-date":"DATE","worker-feedback":[]}',
  },
];

describe('the built-in task types make labels of answers', () => {
  let lab: EngineLab;
  beforeEach(async () => {
    lab = new EngineLab();
    await lab.prepare();
  });

  for (const { name, taskType, attribute, line, categories: labels, input, answers, label } of jobs) {
    it(`${taskType}: ${name}`, async () => {
      await createOneObjectJob(lab, { taskType, attribute, line, categories: labels, workers: answers.length });
      await answerInTurn(lab, answers, input);
      assert.equal(await lab.counts(), 'Completed 1+0+0');
      assert.deepEqual(lab.manifest(), [`${line.slice(0, -1)},${label}}`]);
    });
  }

  it('NamedEntityRecognition: shows the instructions of the label category file', async () => {
    const job = jobs.find(({ taskType }) => taskType === 'NamedEntityRecognition');
    assert.ok(job);
    await createOneObjectJob(lab, { ...job, workers: 1 });
    const worker = lab.addWorker('a');
    const { JobReferenceCode: reference } = await lab.describe();
    const page = template(lab.portal, worker, reference);
    assert.match(page, /<crowd-entity-annotation\s+name="crowd-entity-annotation"\s+header="Description"/u);
    assert.match(page, /<full-instructions [^>]+><p>Mark &#123;all\} of them\.<\/p><\/full-instructions>/u);
    assert.match(page, /<short-instructions><p>Mark them\.<\/p><\/short-instructions>/u);
  });

  it('NamedEntityRecognition: fails without instructions', async () => {
    await lab.createJob({
      lines: ['{"source":"Anna"}'],
      task: { ...functionsOf('NamedEntityRecognition'), UiConfig: { HumanTaskUiArn: entityTaskUi } },
    });
    const { FailureReason: reason } = await lab.describe();
    assert.match(reason ?? '', /must have "instructions" with a "shortInstruction"/u);
  });
});
