import { GetObjectCommand } from '@aws-sdk/client-s3';
import { DescribeLabelingJobCommand, type DescribeLabelingJobCommandOutput } from '@aws-sdk/client-sagemaker';
import type { PortalJob } from '../../src/core/portal/workerPortal.js';
import type { Clients, PortalUser } from './lab.js';

/** The worker's jobs, as soon as there is one: a new job needs a moment to read its input. */
export async function jobsOf(user: PortalUser): Promise<readonly PortalJob[]> {
  for (;;) {
    const jobs = await user.ask<PortalJob[]>('GET /api/jobs');
    if (jobs.length > 0) {
      return jobs;
    }
  }
}

export async function untilEnded({ sageMaker }: Clients, name: string): Promise<DescribeLabelingJobCommandOutput> {
  for (;;) {
    const job = await sageMaker.send(new DescribeLabelingJobCommand({ LabelingJobName: name }));
    if (['Completed', 'Stopped', 'Failed'].includes(job.LabelingJobStatus ?? '')) {
      return job;
    }
  }
}

export async function textOf({ s3 }: Clients, bucket: string, key: string): Promise<string> {
  const { Body: body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  return body?.transformToString() ?? '';
}
