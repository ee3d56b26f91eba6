import assert from 'node:assert/strict';
import { datasetManifestName, isPicture } from '../../../src/core/jobs/datasetManifest.js';
import { labelCategoryConfig, planLabelingJob, taskTitle } from '../../../src/core/jobs/labelingJobPlan.js';
import { labDraft } from '../../support/jobDrafts.js';

const now = new Date('2024-09-16T01:00:59.740Z');
const bucket = 'ground-truth-labeling-sm';
const pictures = ['0.jpg', '10.jpg', '100.jpg'].map((name) => ({ bucket, key: `traindata_cat_dog_images_20/${name}` }));

describe('planLabelingJob', () => {
  it("builds the request that the console would build for the lab's job", () => {
    const { request } = planLabelingJob(labDraft, { kind: 'pictures', pictures }, '<template>', now);
    assert.deepEqual(request, {
      labelingJobName: 'groundtruth-labeling-job-cat-dog',
      labelAttributeName: 'groundtruth-labeling-job-cat-dog',
      manifestS3Uri: `s3://${bucket}/traindata_cat_dog_images_20/dataset-20240916T010059.manifest`,
      s3OutputPath: `s3://${bucket}/output/`,
      labelCategoryConfigS3Uri: `s3://${bucket}/output/groundtruth-labeling-job-cat-dog/annotation-tool/data.json`,
      maxPercentageOfInputDatasetLabeled: 100,
      workteamArn: 'arn:aws:sagemaker:us-east-1:111122223333:workteam/private-crowd/my-team',
      uiTemplateS3Uri: `s3://${bucket}/output/groundtruth-labeling-job-cat-dog/annotation-tool/template.liquid`,
      preHumanTaskLambdaArn: 'arn:aws:lambda:us-east-1:432418664414:function:PRE-ImageMultiClass',
      annotationConsolidationLambdaArn: 'arn:aws:lambda:us-east-1:432418664414:function:ACS-ImageMultiClass',
      taskKeywords: ['Images', 'categorization', 'classification'],
      taskTitle: "Image Classification (Single Label): Please classify the images as 'cat' or 'dog'",
      taskDescription: 'Categorize images into individual classes.',
      numberOfHumanWorkersPerDataObject: 1,
      taskTimeLimitInSeconds: 300,
      taskAvailabilityLifetimeInSeconds: 864_000,
      maxConcurrentTaskCount: 1_000,
      tags: {},
    });
  });

  it('writes the manifest beside the pictures, and the labels and template under the results', () => {
    const { files } = planLabelingJob(labDraft, { kind: 'pictures', pictures }, '<template>', now);
    const tool = 'output/groundtruth-labeling-job-cat-dog/annotation-tool';
    assert.deepEqual(
      files.map(({ role, uri, text }) => ({ role, key: uri.key, text })),
      [
        {
          role: 'manifest',
          key: 'traindata_cat_dog_images_20/dataset-20240916T010059.manifest',
          text: [
            `{"source-ref":"s3://${bucket}/traindata_cat_dog_images_20/0.jpg"}\n`,
            `{"source-ref":"s3://${bucket}/traindata_cat_dog_images_20/10.jpg"}\n`,
            `{"source-ref":"s3://${bucket}/traindata_cat_dog_images_20/100.jpg"}\n`,
          ].join(''),
        },
        {
          role: 'labelCategories',
          key: `${tool}/data.json`,
          text: '{"document-version":"2018-11-28","labels":[{"label":"cat"},{"label":"dog"}]}',
        },
        { role: 'template', key: `${tool}/template.liquid`, text: '<template>' },
      ],
    );
  });

  it('takes a manifest that is there as it is', () => {
    const draft = { ...labDraft, inputKind: 'manifest', inputManifest: 's3://lists/cats.manifest' } as const;
    const plan = planLabelingJob(draft, { kind: 'manifest', pictureBuckets: ['p1', 'p2'] }, '<template>', now);
    assert.equal(plan.request.manifestS3Uri, 's3://lists/cats.manifest');
    assert.deepEqual(
      plan.files.map(({ role }) => role),
      ['labelCategories', 'template'],
    );
    assert.deepEqual(plan.pictureBuckets, ['p1', 'p2']);
  });

  it('limits a new role to the buckets of the manifest, the pictures and the results', () => {
    const draft = {
      ...labDraft,
      roleArn: '',
      inputKind: 'manifest',
      inputManifest: 's3://lists/cats.manifest',
      outputPath: 's3://results',
    } as const;
    const { role } = planLabelingJob(draft, { kind: 'manifest', pictureBuckets: ['p1'] }, '<template>', now);
    assert.deepEqual(role, { kind: 'create', buckets: ['lists', 'p1', 'results'] });
  });

  for (const [typed, key] of [
    ['s3://b', 'J/annotation-tool/data.json'],
    ['s3://b/', 'J/annotation-tool/data.json'],
    ['s3://b/out', 'out/J/annotation-tool/data.json'],
    [' s3://b/out/ ', 'out/J/annotation-tool/data.json'],
  ] as const) {
    it(`puts one slash between the output path "${typed}" and the job`, () => {
      const plan = planLabelingJob(
        { ...labDraft, jobName: 'J', outputPath: typed },
        { kind: 'pictures', pictures },
        '',
        now,
      );
      assert.equal(plan.request.labelCategoryConfigS3Uri, `s3://b/${key}`);
    });
  }

  it('reads a time limit of half a minute as seconds', () => {
    const draft = { ...labDraft, taskTimeLimitMinutes: '0,5' };
    assert.equal(planLabelingJob(draft, { kind: 'pictures', pictures }, '', now).request.taskTimeLimitInSeconds, 30);
  });

  it('does not plan what the form would refuse', () => {
    assert.throws(
      () => planLabelingJob({ ...labDraft, labels: ['cat'] }, { kind: 'pictures', pictures }, '', now),
      /labels \(tooFewLabels\)/u,
    );
  });
});

describe('taskTitle', () => {
  it('is cut to the 128 characters that AWS takes', () => {
    assert.equal(taskTitle('x'.repeat(500)).length, 128);
  });

  it('leaves out what AWS refuses in a title', () => {
    assert.equal(taskTitle('Cat 🐈 or\ndog?'), 'Image Classification (Single Label): Cat or dog?');
  });
});

describe('a data set manifest', () => {
  it('is named by the second, in UTC', () => {
    assert.equal(datasetManifestName(now), 'dataset-20240916T010059.manifest');
  });

  for (const [key, expected] of [
    ['a/0.jpg', true],
    ['a/0.JPEG', true],
    ['a/0.png', true],
    ['a/0.gif', false],
    ['a/jpg', false],
    ['a/0.jpg/', false],
    ['a/dataset-1.manifest', false],
  ] as const) {
    it(`${expected ? 'lists' : 'leaves out'} "${key}"`, () => assert.equal(isPicture(key), expected));
  }
});

describe('labelCategoryConfig', () => {
  it('keeps quotes and other alphabets', () => {
    assert.deepEqual(JSON.parse(labelCategoryConfig(['"big" cat', 'кошка'])), {
      'document-version': '2018-11-28',
      labels: [{ label: '"big" cat' }, { label: 'кошка' }],
    });
  });
});
