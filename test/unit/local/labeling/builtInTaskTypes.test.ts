import assert from 'node:assert/strict';
import type { JsonObject, JsonValue } from '../../../../src/core/json.js';
import type { BuiltInTaskType } from '../../../../src/core/labels/builtInFunctions.js';
import { template } from '../../../../src/local/labeling/handOut.js';
import { readPng } from '../../../../src/local/labeling/readPng.js';
import { bucket, EngineLab, functionsOf } from '../../../support/engineLab.js';
import { pngFile } from '../../../support/pngFile.js';

const picture = '{"source-ref":"s3://pictures/0.png"}';
const labeled = '{"source-ref":"s3://pictures/0.png","boxes":{"old":1},"boxes-metadata":{}}';
const size = { height: 60, width: 80 };
/** These jobs have no template of their own. */
const entityTaskUi = 'arn:aws:sagemaker:us-east-1:394669845002:human-task-ui/NamedEntityRecognition';

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
      await createJob({ taskType, attribute, line, categories: labels, workers: answers.length });
      await answerAll(answers, input);
      assert.equal(await lab.counts(), 'Completed 1+0+0');
      assert.deepEqual(lab.manifest(), [`${line.slice(0, -1)},${label}}`]);
    });
  }

  it('NamedEntityRecognition: shows the instructions of the label category file', async () => {
    const job = jobs.find(({ taskType }) => taskType === 'NamedEntityRecognition');
    assert.ok(job);
    await createJob({ ...job, workers: 1 });
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

  it('SemanticSegmentation: masks, in files of their own', async () => {
    await createJob({
      taskType: 'SemanticSegmentation',
      attribute: 'parts-ref',
      line: picture,
      categories,
      workers: 3,
    });
    await answerAll(
      ['..bb', '..bb', '.bbb'].map((row) => painted([row, '....'])),
      { taskObject: 's3://pictures/0.png', labels: names },
    );
    const key = lab.objects.keys(bucket).find((name) => name.endsWith('.png') && name.startsWith('out/'));
    assert.match(
      key ?? '',
      /^out\/Job\/annotations\/consolidated-annotation\/output\/0_\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}\.png$/u,
    );
    assert.deepEqual(lab.manifest(), [
      `{"source-ref":"s3://pictures/0.png","parts-ref":"s3://${bucket}/${key}","parts-ref-metadata":{` +
        '"internal-color-map":{"0":{"class-name":"BACKGROUND","hex-color":"#ffffff","confidence":0.89},' +
        '"2":{"class-name":"bicycle","hex-color":"#1f77b4","confidence":0.89}},' +
        '"type":"groundtruth/semantic-segmentation","human-annotated":"yes","creation-date":"DATE",' +
        '"job-name":"labeling-job/job"}}',
    ]);
    const { width, height, rgba } = readPng(Buffer.from(lab.objects.bytes(bucket, key ?? '')).toString('base64'));
    const colors = Array.from({ length: width * height }, (_, pixel) =>
      Buffer.from(rgba.subarray(pixel * 4, pixel * 4 + 3)).toString('hex'),
    );
    assert.deepEqual([width, height], [4, 2]);
    assert.equal(colors.join(), 'ffffff,ffffff,1f77b4,1f77b4,ffffff,ffffff,ffffff,ffffff');
  });

  it('AdjustmentSemanticSegmentation: masks that were corrected', async () => {
    const line = '{"source-ref":"s3://pictures/0.png","parts-ref":"s3://pictures/old.png"}';
    await createJob({
      taskType: 'AdjustmentSemanticSegmentation',
      attribute: 'better-ref',
      line,
      categories,
      workers: 1,
    });
    const answer = painted(['.bb.'])['crowd-semantic-segmentation'] as JsonObject;
    await answerAll([{ 'crowd-semantic-segmentation': { ...answer, initialValueModified: true } }], {
      taskObject: 's3://pictures/0.png',
      labels: names,
      manifestLine: JSON.parse(line) as JsonValue,
    });
    const key = lab.objects.keys(bucket).find((name) => name.endsWith('.png') && name.startsWith('out/'));
    assert.deepEqual(lab.manifest(), [
      `${line.slice(0, -1)},"better-ref":"s3://${bucket}/${key}","better-ref-metadata":{` +
        '"internal-color-map":{"0":{"class-name":"BACKGROUND","hex-color":"#ffffff","confidence":0},' +
        '"2":{"class-name":"bicycle","hex-color":"#1f77b4","confidence":0}},' +
        '"type":"groundtruth/semantic-segmentation","human-annotated":"yes","creation-date":"DATE",' +
        '"job-name":"labeling-job/job","adjustment-status":"adjusted"}}',
    ]);
  });

  it('writes a mask that a crash kept it from writing', async () => {
    await createJob({
      taskType: 'SemanticSegmentation',
      attribute: 'parts-ref',
      line: picture,
      categories,
      workers: 1,
    });
    lab.objects.writeError = new Error('the process is about to die');
    await answerAll([painted(['bb'])], { taskObject: 's3://pictures/0.png', labels: names });
    assert.deepEqual(lab.manifest(), [picture]);
    lab.objects.writeError = undefined;
    await lab.restart();
    const { 'parts-ref': uri } = JSON.parse(lab.manifest()[0] ?? '') as { readonly 'parts-ref': string };
    assert.ok(lab.objects.keys(bucket).some((key) => uri === `s3://${bucket}/${key}`));
  });

  it('takes no second mask of another size', async () => {
    await createJob({
      taskType: 'SemanticSegmentation',
      attribute: 'parts-ref',
      line: picture,
      categories,
      workers: 2,
    });
    const [first, second] = ['a', 'b'].map((name) => lab.addWorker(name));
    assert.ok(first && second);
    const [[one], [other]] = [lab.take(first), lab.take(second)];
    assert.ok(one && other);
    lab.submit(first, one, painted(['bb']));
    assert.throws(() => lab.submit(second, other, painted(['bbb'])), {
      message: "The mask has 3 × 1 pixels, but another worker's mask of the same picture has 2 × 1.",
    });
  });

  it('fails a job with more labels than a mask can tell apart', async () => {
    const many = Array.from({ length: 256 }, (_, index) => ({ label: `label ${index}` }));
    await createJob({
      taskType: 'SemanticSegmentation',
      attribute: 'parts-ref',
      line: picture,
      categories: many,
      workers: 1,
    });
    const { LabelingJobStatus: status, FailureReason: reason } = await lab.describe();
    assert.deepEqual(
      [status, reason],
      ['Failed', 'ClientError: The label category configuration file must have at most 255 labels.'],
    );
  });

  async function createJob({
    taskType,
    attribute,
    workers,
    ...job
  }: Pick<Job, 'taskType' | 'attribute' | 'line' | 'categories'> & { readonly workers: number }): Promise<void> {
    await lab.createJob({
      lines: [job.line],
      categories: job.categories,
      instructions: { shortInstruction: '<p>Mark them.</p>', fullInstruction: '<p>Mark {all} of them.</p>' },
      task: {
        ...functionsOf(taskType),
        NumberOfHumanWorkersPerDataObject: workers,
        ...(taskType === 'NamedEntityRecognition' && { UiConfig: { HumanTaskUiArn: entityTaskUi } }),
      },
      request: { LabelAttributeName: attribute },
    });
  }

  async function answerAll(answers: readonly JsonObject[], input: JsonObject): Promise<void> {
    for (const [index, answer] of answers.entries()) {
      const worker = lab.addWorker(`worker-${index}`);
      const [task] = lab.take(worker);
      assert.ok(task);
      assert.deepEqual(task.taskInput, input);
      lab.submit(worker, task, answer);
    }
    await lab.engine.idle();
  }
});

/** A worker's mask, drawn with letters: `b` for the label "bicycle". */
function painted(rows: readonly string[]): JsonObject {
  const width = rows[0]?.length ?? 0;
  const pixels = rows.flatMap((row) => Array.from(row, (letter) => (letter === 'b' ? [1, 2, 3, 255] : [0, 0, 0, 0])));
  const file = pngFile({ width, height: rows.length, bitDepth: 8, colorType: 6 }, pixels.flat());
  return {
    'crowd-semantic-segmentation': {
      inputImageProperties: { height: rows.length, width },
      labelMappings: { bicycle: { color: '#010203' } },
      labeledImage: { pngImageData: Buffer.from(file).toString('base64') },
    },
  };
}
