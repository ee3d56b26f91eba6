import assert from 'node:assert/strict';
import { SageMakerClient } from '@aws-sdk/client-sagemaker';
import { SageMakerLabelingJobs } from '../../../src/aws/sageMakerLabelingJobs.js';
import { Failure } from '../../../src/core/failure.js';
import type { LabelingJobRequest } from '../../../src/core/ports.js';

const { signal } = new AbortController();
const client = new SageMakerClient({ region: 'us-east-1' });

describe('a labeling job under a role that SageMaker refuses', () => {
  it('is asked for again while the role is new', async () => {
    const lab = refusing({ times: 2, isNewRole: () => true });
    assert.deepEqual(await lab.jobs.create(request, signal), { arn: 'made' });
    assert.deepEqual(lab.waits, [5_000, 5_000]);
  });

  it('is given up when the role is no longer new', async () => {
    const lab = refusing({ times: 9, isNewRole: () => lab.waits.length < 3 });
    await assert.rejects(lab.jobs.create(request, signal), isNotUsable);
    assert.equal(lab.waits.length, 3);
  });

  it('is given up at once where the role was made long ago, or elsewhere', async () => {
    const lab = refusing({ times: 9, isNewRole: () => false });
    await assert.rejects(lab.jobs.create(request, signal), isNotUsable);
    assert.deepEqual(lab.waits, []);
  });
});

function isNotUsable(error: unknown): boolean {
  return Failure.is(error, 'role.notUsable') && error.details.role === 'new';
}

/** SageMaker that refuses the role so many times, and how long it was left alone between them. */
function refusing({ times, isNewRole }: { readonly times: number; readonly isNewRole: (arn: string) => boolean }) {
  const waits: number[] = [];
  let asked = 0;
  client.middlewareStack.add(
    () => async () => {
      asked += 1;
      if (asked <= times) {
        throw Object.assign(new Error(`Could not assume role ${request.roleArn}.`), { name: 'ValidationException' });
      }
      return { output: { $metadata: {}, LabelingJobArn: 'made' }, response: {} };
    },
    { step: 'initialize', name: 'refusing', override: true },
  );
  const jobs = new SageMakerLabelingJobs(client, {
    call: (_action, abortSignal, send) => send({ abortSignal }),
    isNewRole,
    wait: async (delayMs) => void waits.push(delayMs),
  });
  return { jobs, waits };
}

const request: LabelingJobRequest = {
  labelingJobName: 'cat-dog',
  labelAttributeName: 'cat-dog',
  manifestS3Uri: 's3://bucket/dataset.manifest',
  s3OutputPath: 's3://bucket/output/',
  roleArn: 'arn:aws:iam::111122223333:role/service-role/new',
  labelCategoryConfigS3Uri: 's3://bucket/data.json',
  workteamArn: 'arn:aws:sagemaker:us-east-1:111122223333:workteam/private-crowd/team',
  uiTemplateS3Uri: 's3://bucket/template.liquid',
  preHumanTaskLambdaArn: 'arn:aws:lambda:us-east-1:432418664414:function:PRE-ImageMultiClass',
  annotationConsolidationLambdaArn: 'arn:aws:lambda:us-east-1:432418664414:function:ACS-ImageMultiClass',
  taskKeywords: [],
  taskTitle: 'Cat or dog?',
  taskDescription: 'Cat or dog?',
  numberOfHumanWorkersPerDataObject: 1,
  taskTimeLimitInSeconds: 300,
  taskAvailabilityLifetimeInSeconds: 864_000,
  maxConcurrentTaskCount: 1_000,
  tags: {},
};
