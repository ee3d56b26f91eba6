import assert from 'node:assert/strict';
import type { JsonObject } from '../../../../src/core/json.js';
import {
  annotationConsolidationLambdaArn,
  type BuiltInTaskType,
  preHumanTaskLambdaArn,
} from '../../../../src/core/labels/builtInFunctions.js';
import { EngineLab } from '../../../support/engineLab.js';

interface Refused {
  readonly name: string;
  readonly reason: RegExp;
  readonly code?: string;
  readonly request?: JsonObject;
  readonly task?: JsonObject;
}

const functions = (taskType: BuiltInTaskType): JsonObject => ({
  PreHumanTaskLambdaArn: preHumanTaskLambdaArn('us-east-1', taskType),
  AnnotationConsolidationConfig: {
    AnnotationConsolidationLambdaArn: annotationConsolidationLambdaArn('us-east-1', taskType),
  },
});
const withUi = (name: string, account = '394669845002'): JsonObject => ({
  UiConfig: { HumanTaskUiArn: `arn:aws:sagemaker:us-east-1:${account}:human-task-ui/${name}` },
});
const manifest = { S3DataSource: { ManifestS3Uri: 's3://pictures/in.manifest' } };
const topic = { SnsDataSource: { SnsTopicArn: 'arn:aws:sns:us-east-1:111122223333:topic' } };

const refused: readonly Refused[] = [
  {
    name: 'a name that differs in case only',
    reason: /already in use/u,
    code: 'ResourceInUse',
    request: { LabelingJobName: 'TAKEN' },
  },
  { name: 'a reserved attribute', reason: /reserved/u, request: { LabelAttributeName: 'source-ref' } },
  { name: 'an attribute that ends like metadata', reason: /-metadata/u, request: { LabelAttributeName: 'x-metadata' } },
  {
    name: 'an attribute that ends like a reference',
    reason: /must not end with "-ref"/u,
    request: { LabelAttributeName: 'x-ref' },
  },
  {
    name: 'a streaming job',
    reason: /streaming/u,
    request: { InputConfig: { DataSource: { ...manifest, ...topic } } },
  },
  {
    name: 'a streaming job without a manifest',
    reason: /does not run streaming labeling jobs: give an S3DataSource/u,
    request: { InputConfig: { DataSource: topic } },
  },
  { name: 'no manifest', reason: /S3DataSource/u, request: { InputConfig: { DataSource: {} } } },
  {
    name: 'automated labeling',
    reason: /automated/u,
    request: { LabelingJobAlgorithmsConfig: { LabelingJobAlgorithmSpecificationArn: 'arn:aws:x' } },
  },
  {
    name: 'an attribute that does not end like a reference where it must',
    reason: /must end with "-ref"/u,
    task: { ...functions('VideoObjectTracking'), ...withUi('VideoObjectTracking') },
  },
  {
    name: 'an attribute that ends like a reference, of a verification of masks',
    reason: /must not end with "-ref"/u,
    request: { LabelAttributeName: 'x-ref' },
    task: functions('VerificationSemanticSegmentation'),
  },
  {
    name: 'a template where AWS has a page',
    reason:
      /must have the HumanTaskUiArn arn:aws:sagemaker:us-east-1:394669845002:human-task-ui\/NamedEntityRecognition/u,
    task: functions('NamedEntityRecognition'),
  },
  {
    name: 'the page of another task type',
    reason: /must have the HumanTaskUiArn .*\/PointCloudObjectDetection/u,
    task: { ...functions('Adjustment3DPointCloudObjectDetection'), ...withUi('VideoObjectDetection') },
  },
  {
    name: 'both a template and a page',
    reason: /exactly one of UiTemplateS3Uri and HumanTaskUiArn/u,
    task: {
      UiConfig: {
        UiTemplateS3Uri: 's3://pictures/template',
        HumanTaskUiArn: 'arn:aws:sagemaker:us-east-1:394669845002:human-task-ui/X',
      },
    },
  },
  {
    name: 'a task type that is not there yet',
    reason: /does not run .* VideoMultiClass/u,
    task: functions('VideoMultiClass'),
  },
  {
    name: 'a task type that is not there yet, with all that AWS wants of it',
    reason: /does not run the task type AdjustmentVideoObjectTracking yet/u,
    request: { LabelAttributeName: 'x-ref' },
    task: {
      ...functions('AdjustmentVideoObjectTracking'),
      ...withUi('VideoObjectTracking'),
      TaskTimeLimitInSeconds: 2_592_000,
    },
  },
  {
    name: 'more than thirty days for a task',
    reason: /TaskTimeLimitInSeconds must be at most 2592000/u,
    request: { LabelAttributeName: 'x-ref' },
    task: {
      ...functions('VideoObjectTracking'),
      ...withUi('VideoObjectTracking'),
      TaskTimeLimitInSeconds: 2_592_001,
    },
  },
  {
    name: 'functions of two task types',
    reason: /same task type/u,
    task: { PreHumanTaskLambdaArn: preHumanTaskLambdaArn('us-east-1', 'TextMultiClass') },
  },
  {
    name: 'a function in another region',
    reason: /region us-east-1/u,
    task: { PreHumanTaskLambdaArn: preHumanTaskLambdaArn('eu-west-1', 'ImageMultiClass') },
  },
  {
    name: 'a function of somebody else',
    reason: /functions\.json .* names no module/u,
    task: { PreHumanTaskLambdaArn: 'arn:aws:lambda:us-east-1:111122223333:function:PRE-ImageMultiClass' },
  },
  {
    name: 'a consolidation function in place of a preparing one',
    reason: /PRE-/u,
    task: { PreHumanTaskLambdaArn: annotationConsolidationLambdaArn('us-east-1', 'ImageMultiClass') },
  },
  { name: 'no labels', reason: /LabelCategoryConfigS3Uri/u, request: { LabelCategoryConfigS3Uri: undefined } },
  { name: 'no page for the worker', reason: /UiConfig/u, task: { UiConfig: {} } },
  {
    name: 'a human task UI',
    reason: /UiTemplateS3Uri/u,
    task: withUi('NamedEntityRecognition'),
  },
  {
    name: 'more than eight hours for a task',
    reason: /TaskTimeLimitInSeconds/u,
    task: { TaskTimeLimitInSeconds: 28_801 },
  },
  {
    name: 'more than thirty days for all',
    reason: /TaskAvailabilityLifetimeInSeconds/u,
    task: { TaskAvailabilityLifetimeInSeconds: 2_592_001 },
  },
  { name: 'a price', reason: /PublicWorkforceTaskPrice/u, task: { PublicWorkforceTaskPrice: {} } },
  {
    name: 'the public workforce',
    reason: /private work teams only/u,
    task: { WorkteamArn: 'arn:aws:sagemaker:us-east-1:394669845002:workteam/public-crowd/default' },
  },
  {
    name: 'an unknown team',
    reason: /work team .* does not exist/u,
    task: { WorkteamArn: 'arn:aws:sagemaker:us-east-1:111122223333:workteam/private-crowd/nobody' },
  },
  {
    name: 'a tag of AWS’s own',
    reason: /begin with "aws:"/u,
    request: { Tags: [{ Key: 'aws:x', Value: '' }] },
  },
  {
    name: 'a tag twice',
    reason: /one tag only/u,
    request: {
      Tags: [
        { Key: 'x', Value: '1' },
        { Key: 'x', Value: '2' },
      ],
    },
  },
  {
    name: 'an unknown role',
    reason: /Could not assume role/u,
    request: { RoleArn: 'arn:aws:iam::111122223333:role/nobody' },
  },
  {
    name: 'a role of another account',
    reason: /Could not assume role/u,
    request: { RoleArn: 'arn:aws:iam::999922223333:role/role' },
  },
  {
    name: 'an unknown bucket',
    reason: /bucket nowhere/u,
    request: { OutputConfig: { S3OutputPath: 's3://nowhere/x' } },
  },
  {
    name: 'an output bucket in another region',
    reason: /bucket elsewhere is in eu-west-1/u,
    request: { OutputConfig: { S3OutputPath: 's3://elsewhere/x' } },
  },
  {
    name: 'a manifest in another region',
    reason: /bucket elsewhere is in eu-west-1/u,
    request: { InputConfig: { DataSource: { S3DataSource: { ManifestS3Uri: 's3://elsewhere/in.manifest' } } } },
  },
  {
    name: 'ten workers an object',
    reason: /less than or equal to 9/u,
    task: { NumberOfHumanWorkersPerDataObject: 10 },
  },
];

describe('CreateLabelingJob', () => {
  let lab: EngineLab;
  before(async () => {
    lab = new EngineLab();
    await lab.prepare();
    lab.objects.createBucket('elsewhere', 'eu-west-1');
    await lab.createJob({ name: 'Taken' });
  });

  for (const { name, reason, code = 'ValidationException', ...changes } of refused) {
    it(`refuses ${name}`, async () => {
      const input = lab.request({ name: 'New', ...changes });
      await assert.rejects(lab.call('sageMaker', 'CreateLabelingJob', input), (error: Error & { code: string }) => {
        assert.match(error.message, reason);
        assert.equal(error.code, code);
        return true;
      });
    });
  }

  const accepted: readonly { readonly name: string; readonly request?: JsonObject; readonly task?: JsonObject }[] = [
    { name: 'an attribute with the name of the job', request: { LabelAttributeName: 'accepted-0' } },
    {
      name: 'a job without functions, whose attribute may end in any way',
      request: { LabelAttributeName: 'x-ref' },
      task: { PreHumanTaskLambdaArn: undefined, AnnotationConsolidationConfig: undefined },
    },
    { name: 'a text classification job', task: functions('TextMultiClass') },
    {
      name: 'explicit nulls in place of what is left out',
      request: {
        LabelingJobAlgorithmsConfig: null,
        StoppingConditions: null,
        InputConfig: { DataSource: { ...manifest, SnsDataSource: null } },
      },
      task: { PublicWorkforceTaskPrice: null, TaskAvailabilityLifetimeInSeconds: null, MaxConcurrentTaskCount: null },
    },
    {
      name: 'addresses as the console writes them',
      request: { OutputConfig: { S3OutputPath: 'https://s3.amazonaws.com/pictures/out', KmsKeyId: '' } },
    },
  ];
  for (const [index, { name, ...changes }] of accepted.entries()) {
    it(`accepts ${name}`, async () => {
      const input = lab.request({ name: `accepted-${index}`, ...changes });
      const { LabelingJobArn: arn } = await lab.call('sageMaker', 'CreateLabelingJob', input);
      assert.equal(arn, `arn:aws:sagemaker:us-east-1:111122223333:labeling-job/accepted-${index}`);
    });
  }

  it('keeps every field, for DescribeLabelingJob to tell', async () => {
    const more = {
      InputConfig: {
        DataSource: manifest,
        DataAttributes: { ContentClassifiers: ['FreeOfAdultContent', 'FreeOfPersonallyIdentifiableInformation'] },
      },
      OutputConfig: {
        S3OutputPath: 's3://pictures/out',
        KmsKeyId: 'key',
        SnsTopicArn: topic.SnsDataSource.SnsTopicArn,
      },
      StoppingConditions: { MaxHumanLabeledObjectCount: 5, MaxPercentageOfInputDatasetLabeled: 100 },
      Tags: [{ Key: 'a', Value: '1' }],
    };
    const task = { TaskKeywords: ['a', 'b c'], TaskAvailabilityLifetimeInSeconds: 60, MaxConcurrentTaskCount: 5_000 };
    const asked = lab.request({ name: 'Full', request: more, task });
    await lab.call('sageMaker', 'CreateLabelingJob', { ...asked, Newer: 'unknown' });
    const described = await lab.call('sageMaker', 'DescribeLabelingJob', { LabelingJobName: 'full' });
    const names = Object.keys(asked);
    assert.deepEqual(Object.fromEntries(names.map((name) => [name, described[name]])), asked);
    assert.equal(described['Newer'], undefined);
  });

  it('leaves the name of a job that has ended taken', async () => {
    await lab.call('sageMaker', 'CreateLabelingJob', lab.request({ name: 'Ended' }));
    await lab.call('sageMaker', 'StopLabelingJob', { LabelingJobName: 'Ended' });
    await lab.engine.idle();
    assert.equal((await lab.describe('Ended')).LabelingJobStatus, 'Stopped');
    await assert.rejects(lab.call('sageMaker', 'CreateLabelingJob', lab.request({ name: 'ended' })), {
      code: 'ResourceInUse',
    });
  });
});
