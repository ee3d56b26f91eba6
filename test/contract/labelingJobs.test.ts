import assert from 'node:assert/strict';
import { createAwsServices } from '../../src/aws/services.js';
import { Failure } from '../../src/core/failure.js';
import { type JobLanguage, jobAsCode } from '../../src/core/jobs/jobAsCode.js';
import type { LabelingJobRequest, Services } from '../../src/core/ports.js';
import { awsCommand, type Outcome, pythonCommand, runAwsProgram } from '../support/awsCli.js';
import { startTestServer, type TestServer } from '../support/localServer.js';
import { noKeeper } from '../support/labKeepers.js';

const { signal } = new AbortController();
const bucket = 'labeling-jobs';
// Old versions do not read the endpoint from the environment, so it is slipped in around what users paste.
const cliEndpoint = `set -e\ncd "$(mktemp -d)"\naws() { command ${awsCommand} --endpoint-url "$ENDPOINT" "$@"; }\n`;
const boto3Endpoint = `
import boto3, functools, os
boto3.client = functools.partial(boto3.client, endpoint_url=os.environ["ENDPOINT"])
`;
let server: TestServer;
let services: Services;
let input: Omit<LabelingJobRequest, 'labelingJobName'>;

describe('the labeling jobs of SageMaker', () => {
  before(async () => {
    server = await startTestServer();
    services = createAwsServices({ kind: 'local', server });
    input = await prepareInput();
  });

  after(async () => {
    services.dispose();
    await server.stop();
  });

  it('are created and described with all that was asked for', async () => {
    const request = { ...input, labelingJobName: 'Cat-Dog' };
    const { arn } = await services.labelingJobs.create(request, signal);
    assert.match(arn, /:labeling-job\/cat-dog$/u);
    const job = await services.labelingJobs.describe('Cat-Dog', signal);
    assert.deepEqual(job.request, request);
    assert.equal(job.arn, arn);
    assert.notEqual(job.jobReferenceCode, '');
  });

  describe('as code', () => {
    const runs: readonly { readonly language: JobLanguage; readonly run: (code: string) => Promise<Outcome> }[] = [
      { language: 'awsCli', run: (code) => runAwsProgram('bash', ['-c', cliEndpoint + code], { server }) },
      { language: 'boto3', run: (code) => runAwsProgram(pythonCommand, ['-c', boto3Endpoint + code], { server }) },
    ];
    for (const { language, run } of runs) {
      it(`make the same job again, under another name: ${language}`, async () => {
        const first = {
          ...input,
          labelingJobName: `of-code-${language}`,
          taskTitle: 'It’s a $cat, isn\'t it? "${HOME}"',
        };
        await services.labelingJobs.create(first, signal);
        const request = await services.labelingJobs.requestOf(first.labelingJobName, signal);
        const again = { ...request, LabelingJobName: `${first.labelingJobName}-again` };
        const outcome = await run(jobAsCode({ region: server.region, request: again }, language));
        assert.equal(outcome.exitCode, 0, outcome.stderr);
        assert.deepEqual(await services.labelingJobs.requestOf(again.LabelingJobName, signal), again);
      });
    }
  });

  it('are listed, newest first, with their manifests and counters', async () => {
    const names = ['listed-1', 'listed-2'];
    for (const labelingJobName of names) {
      await services.labelingJobs.create({ ...input, labelingJobName }, signal);
    }
    const jobs = (await services.labelingJobs.list(signal)).filter((job) => names.includes(job.name));
    assert.deepEqual(
      jobs.map((job) => job.name),
      ['listed-2', 'listed-1'],
    );
    const [job] = jobs;
    assert.deepEqual(job?.inputManifest, { bucket, key: 'pictures/dataset.manifest' });
    assert.equal(job.workteamArn, input.workteamArn);
    assert.equal(job.counters.totalLabeled, 0);
  });

  it('are refused under a name that is taken', async () => {
    const request = { ...input, labelingJobName: 'taken' };
    await services.labelingJobs.create(request, signal);
    await assert.rejects(
      services.labelingJobs.create(request, signal),
      (error) => Failure.is(error, 'aws.refused') && error.details.name === 'ResourceInUse',
    );
  });

  it('are refused at once under a role that is gone', async () => {
    const { executionRoles, labelingJobs } = services;
    const role = await executionRoles.create({ buckets: [bucket] }, noKeeper, signal);
    await executionRoles.delete(role, signal);
    await assert.rejects(
      labelingJobs.create({ ...input, labelingJobName: 'roleless', roleArn: role.arn }, signal),
      (error) => Failure.is(error, 'role.notUsable') && error.details.role === role.name,
    );
  });

  it('are stopped', async () => {
    await services.labelingJobs.create({ ...input, labelingJobName: 'stopped' }, signal);
    await services.labelingJobs.stop('stopped', signal);
    const { status } = await services.labelingJobs.describe('stopped', signal);
    assert.ok(['Stopping', 'Stopped'].includes(status), status);
  });

  it('are not found where there is none', async () => {
    await assert.rejects(
      services.labelingJobs.describe('none', signal),
      (error) => Failure.is(error, 'aws.refused') && error.details.name === 'ResourceNotFound',
    );
  });
});

async function prepareInput(): Promise<typeof input> {
  const { objects, executionRoles, privateTeams } = services;
  await objects.createBucket(bucket, signal);
  const write = (key: string, text: string) =>
    objects.writeObject({ bucket, key }, new TextEncoder().encode(text), {}, signal);
  await write('pictures/0.jpg', 'not looked at before a worker asks');
  await write('pictures/dataset.manifest', `{"source-ref":"s3://${bucket}/pictures/0.jpg"}\n`);
  await write('output/labels.json', `{"document-version":"2018-11-28","labels":[{"label":"cat"},{"label":"dog"}]}`);
  await write('output/template.liquid', '<crowd-form></crowd-form>');
  const role = await executionRoles.create({ buckets: [bucket] }, noKeeper, signal);
  const team = await privateTeams.create(
    {
      name: 'team',
      description: 'Private team',
      emails: ['ana@example.com'],
      organization: 'Example',
      contactEmail: 'boss@example.com',
    },
    { onStep: () => undefined, keeper: noKeeper },
    signal,
  );
  return {
    labelAttributeName: 'Cat-Dog',
    manifestS3Uri: `s3://${bucket}/pictures/dataset.manifest`,
    s3OutputPath: `s3://${bucket}/output/`,
    roleArn: role.arn,
    labelCategoryConfigS3Uri: `s3://${bucket}/output/labels.json`,
    workteamArn: team.arn,
    uiTemplateS3Uri: `s3://${bucket}/output/template.liquid`,
    preHumanTaskLambdaArn: 'arn:aws:lambda:us-east-1:432418664414:function:PRE-ImageMultiClass',
    annotationConsolidationLambdaArn: 'arn:aws:lambda:us-east-1:432418664414:function:ACS-ImageMultiClass',
    taskKeywords: ['Images', 'categorization', 'classification'],
    taskTitle: 'Image Classification (Single Label): cat or dog',
    taskDescription: 'Categorize images into individual classes.',
    numberOfHumanWorkersPerDataObject: 1,
    taskTimeLimitInSeconds: 300,
    taskAvailabilityLifetimeInSeconds: 864_000,
    maxConcurrentTaskCount: 1_000,
    tags: { project: 'lab' },
  };
}
