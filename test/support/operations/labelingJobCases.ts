import type { JsonObject } from '../../../src/core/json.js';
import { labelingJobRequest } from '../lab.js';
import { arnOf, invalid, notFound, type OperationCase } from './operationCase.js';
import { operationsBucket, type OperationsLab } from './operationsLab.js';

export function labelingJobCases(lab: OperationsLab): readonly OperationCase[] {
  return [...createCases(lab), ...describeCases(lab), ...listCases(lab)];
}

function request(lab: OperationsLab, name: string, more: JsonObject = {}, task: JsonObject = {}): JsonObject {
  const { HumanTaskConfig: config, ...rest } = labelingJobRequest({ ...lab, name, bucket: operationsBucket });
  return { ...rest, ...more, HumanTaskConfig: { ...config, ...task } } as JsonObject;
}

function createCases(lab: OperationsLab): readonly OperationCase[] {
  const operation = 'CreateLabelingJob';
  const topic = { SnsTopicArn: 'arn:aws:sns:us-east-1:111122223333:topic' };
  const algorithms = {
    LabelingJobAlgorithmSpecificationArn:
      'arn:aws:sagemaker:us-east-1:027400017018:labeling-job-algorithm-specification/image-classification',
  };
  return [
    {
      operation,
      name: 'makes a job, whose ARN is in lower case',
      input: request(lab, 'New-Job', { Tags: [{ Key: 'a', Value: '' }] }),
      reply: { LabelingJobArn: arnOf(lab, 'labeling-job/new-job') },
    },
    {
      operation,
      name: 'makes a job without functions',
      isNew: true,
      input: request(
        lab,
        'without-functions',
        {},
        { PreHumanTaskLambdaArn: undefined, AnnotationConsolidationConfig: undefined },
      ),
      reply: { LabelingJobArn: arnOf(lab, 'labeling-job/without-functions') },
    },
    {
      operation,
      name: 'refuses a name that was ever used, in whatever case',
      input: request(lab, 'described'),
      refusal: { code: 'ResourceInUse', reason: /already in use/u },
    },
    {
      operation,
      name: 'names all that is wrong',
      input: request(lab, 'bad-', { LabelAttributeName: 'bad-' }, { NumberOfHumanWorkersPerDataObject: 10 }),
      refusal: invalid(
        /^3 validation errors detected: Value 'bad-' at 'labelingJobName' failed to satisfy constraint/u,
      ),
    },
    {
      operation,
      name: 'refuses a reserved attribute',
      input: request(lab, 'new', { LabelAttributeName: 'source' }),
      refusal: invalid(/reserved/u),
    },
    {
      operation,
      name: 'refuses a streaming job',
      input: request(lab, 'new', { InputConfig: { DataSource: { SnsDataSource: topic } } }),
      refusal: invalid(/does not run streaming labeling jobs/u),
    },
    {
      operation,
      name: 'refuses automated labeling',
      input: request(lab, 'new', { LabelingJobAlgorithmsConfig: algorithms }),
      refusal: invalid(/does not run automated data labeling/u),
    },
  ];
}

function describeCases(lab: OperationsLab): readonly OperationCase[] {
  const unknown = { LabelingJobName: 'none' };
  return [
    {
      operation: 'DescribeLabelingJob',
      name: 'gives back all that was asked for',
      input: { LabelingJobName: 'DESCRIBED' },
      reply: {
        ...request(lab, 'Described'),
        OutputConfig: { S3OutputPath: `s3://${operationsBucket}/output`, KmsKeyId: '' },
        LabelingJobArn: arnOf(lab, 'labeling-job/described'),
      },
    },
    { operation: 'DescribeLabelingJob', name: 'does not find what is not there', input: unknown, refusal: notFound },
    { operation: 'StopLabelingJob', name: 'answers with nothing', input: { LabelingJobName: 'to-stop' }, reply: {} },
    { operation: 'StopLabelingJob', name: 'does not find what is not there', input: unknown, refusal: notFound },
  ];
}

function listCases(lab: OperationsLab): readonly OperationCase[] {
  const { workteamArn: WorkteamArn } = lab;
  return [
    {
      operation: 'ListLabelingJobs',
      name: 'gives a page of those that are asked for',
      input: { NameContains: 'LISTED', SortBy: 'Name', SortOrder: 'Descending', MaxResults: 1 },
      reply: { LabelingJobSummaryList: [{ LabelingJobName: 'listed-2', WorkteamArn }] },
    },
    {
      operation: 'ListLabelingJobs',
      name: 'refuses a token that is none',
      input: { NextToken: 'none' },
      refusal: invalid(/token is not one/u),
    },
    {
      operation: 'ListLabelingJobs',
      name: 'refuses a page that is too long',
      input: { MaxResults: 101 },
      refusal: invalid(
        /at 'maxResults' failed to satisfy constraint: Member must have value less than or equal to 100/u,
      ),
    },
    {
      operation: 'ListLabelingJobsForWorkteam',
      name: 'gives a page of the team’s own',
      input: { WorkteamArn, JobReferenceCodeContains: lab.servers.full.accountId, MaxResults: 1 },
      reply: { LabelingJobSummaryList: [{ LabelingJobName: 'Described', NumberOfHumanWorkersPerDataObject: 1 }] },
    },
    {
      operation: 'ListLabelingJobsForWorkteam',
      name: 'does not find a team that is not there',
      input: { WorkteamArn: `${WorkteamArn}-x` },
      refusal: notFound,
    },
  ];
}
