import assert from 'node:assert/strict';
import { SageMakerClient } from '@aws-sdk/client-sagemaker';
import { createCaller } from '../../../src/aws/errors.js';
import { SageMakerLabelingJobs } from '../../../src/aws/sageMakerLabelingJobs.js';
import { aroundRequests } from '../../support/requests/aroundRequests.js';

const { signal } = new AbortController();

describe('the failure reason of a labeling job', () => {
  for (const { FailureReason, failureReason } of [
    { FailureReason: 'ClientError: …', failureReason: 'ClientError: …' },
    { FailureReason: '', failureReason: undefined },
    { FailureReason: undefined, failureReason: undefined },
  ]) {
    it(`is ${failureReason ?? 'none'} where AWS says ${JSON.stringify(FailureReason)}`, async () => {
      const client = new SageMakerClient({ region: 'us-east-1' });
      const summary = { LabelingJobName: 'cats', LabelingJobStatus: 'InProgress', FailureReason };
      aroundRequests(client, async ({ operation }) => ({
        output: {
          $metadata: {},
          ...(operation === 'ListLabelingJobs' ? { LabelingJobSummaryList: [summary] } : summary),
        },
        response: {},
      }));
      const call = createCaller({ endpoint: 'AWS us-east-1' });
      const jobs = new SageMakerLabelingJobs(client, { call, isNewRole: () => false });
      const [listed] = await jobs.list(signal);
      const described = await jobs.describe('cats', signal);
      assert.deepEqual([listed?.failureReason, described.failureReason], [failureReason, failureReason]);
    });
  }
});
