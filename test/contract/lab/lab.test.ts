import assert from 'node:assert/strict';
import type { PortalTask } from '../../../src/core/portal/workerPortal.js';
import { jobsOf, textOf, untilEnded } from '../../support/labWaits.js';
import { startTestServer, type TestServer } from '../../support/localServer.js';
import { labelTask, prepareLabelingJob, signInInvited } from '../../support/preparedLab.js';

describe('the lab', () => {
  let server: TestServer;
  before(async () => {
    server = await startTestServer();
  });
  after(async () => server.stop());

  it('goes from pictures to an output manifest', async () => {
    const pictures = ['0.png', '10.png', '100.png'];
    const bucket = 'ground-truth-lab';
    const clients = await prepareLabelingJob(server.clientConfig, {
      bucket,
      pictures,
      missing: ['missing.png'],
      emails: ['me@example.org'],
      job: 'Cat-Dog',
    });
    const me = await signInInvited(server, 'me@example.org');
    const [job] = await jobsOf(me);
    assert.equal(job?.labelingJobName, 'Cat-Dog');
    assert.equal(job.availableTasks, 3);
    const ref = job.jobReferenceCode;
    const tasks = await me.ask<PortalTask[]>(`POST /api/jobs/${ref}/tasks`, { count: 5 });
    assert.deepEqual(
      tasks.map(({ taskInput }) => taskInput),
      pictures.map((key) => ({ taskObject: `s3://${bucket}/${key}`, labels: ['cat', 'dog'] })),
    );
    for (const [index, task] of tasks.entries()) {
      await labelTask(me, task, index === 1 ? 'dog' : 'cat');
    }
    const done = await untilEnded(clients, 'Cat-Dog');
    assert.equal(done.LabelingJobStatus, 'Completed');
    assert.deepEqual(done.LabelCounters, {
      TotalLabeled: 3,
      HumanLabeled: 3,
      MachineLabeled: 0,
      FailedNonRetryableError: 1,
      Unlabeled: 0,
    });
    assert.equal(
      done.LabelingJobOutput?.OutputDatasetS3Uri,
      `s3://${bucket}/output/Cat-Dog/manifests/output/output.manifest`,
    );
    const manifest = await textOf(clients, bucket, 'output/Cat-Dog/manifests/output/output.manifest');
    const date = /\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}(?=")/gu;
    assert.equal(
      manifest.replaceAll(date, 'DATE'),
      [
        ...pictures.map((key, index) => {
          const [label, name] = index === 1 ? [1, 'dog'] : [0, 'cat'];
          return `{"source-ref":"s3://${bucket}/${key}","Cat-Dog":${label},"Cat-Dog-metadata":{"confidence":0,"job-name":"labeling-job/cat-dog","class-name":"${name}","human-annotated":"yes","creation-date":"DATE","type":"groundtruth/image-classification"}}\n`;
        }),
        `{"source-ref":"s3://${bucket}/missing.png","Cat-Dog-metadata":{"retry-count":1,"failure-reason":"ClientError: The object s3://${bucket}/missing.png does not exist or cannot be read.","human-annotated":"true"}}\n`,
      ].join(''),
    );
  });
});
