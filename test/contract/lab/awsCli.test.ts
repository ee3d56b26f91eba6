import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PortalTask } from '../../../src/core/portal/workerPortal.js';
import { aws, awsCommand, type Outcome, runAwsProgram } from '../../support/awsCli.js';
import { imageTemplate, invitedPassword, labelingJobRequest, onePixel, PortalUser } from '../../support/lab.js';
import { jobsOf } from '../../support/labWaits.js';
import { startTestServer, type TestServer } from '../../support/localServer.js';

describe('the lab with the aws command', () => {
  let server: TestServer;
  let folder: string;
  before(async () => {
    server = await startTestServer();
    folder = await mkdtemp(join(tmpdir(), 'lab-'));
  });
  after(async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('goes from a folder of pictures to an output manifest', async () => {
    const bucket = 'ground-truth-cli';
    const pictures = join(folder, 'pictures');
    const keys = ['0.png', '10.png'];
    await writeFolder(pictures, {
      ...Object.fromEntries(keys.map((key) => [key, onePixel])),
      'in.manifest': keys.map((key) => `{"source-ref": "s3://${bucket}/${key}"}\n`).join(''),
      'labels.json': '{"document-version":"2018-11-28","labels":[{"label":"cat"},{"label":"dog"}]}',
      'template.liquid': imageTemplate,
    });
    await ok('s3', 'mb', `s3://${bucket}`);
    await ok('s3', 'cp', '--recursive', '--only-show-errors', pictures, `s3://${bucket}/`);

    const trust =
      '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"sagemaker.amazonaws.com"},"Action":"sts:AssumeRole"}]}';
    const role = await ok('iam', 'create-role', '--role-name', 'lab', '--assume-role-policy-document', trust);
    const listed = await ok('iam', 'list-roles');
    assert.deepEqual(listed['Roles'], [role['Role']]);
    assert.deepEqual(nested(listed, 'Roles', 0, 'AssumeRolePolicyDocument', 'Statement', 0, 'Principal'), {
      Service: 'sagemaker.amazonaws.com',
    });

    const pool = nested(
      await ok('cognito-idp', 'create-user-pool', '--pool-name', 'pool', '--cli-input-json', invitations),
      'UserPool',
      'Id',
    );
    const inPool = ['--user-pool-id', String(pool)];
    const client = nested(
      await ok('cognito-idp', 'create-user-pool-client', ...inPool, '--client-name', 'client', '--generate-secret'),
      'UserPoolClient',
      'ClientId',
    );
    await ok('cognito-idp', 'create-user-pool-domain', ...inPool, '--domain', 'lab');
    await ok('cognito-idp', 'create-group', ...inPool, '--group-name', 'team');
    await ok(
      'cognito-idp',
      'admin-create-user',
      ...inPool,
      '--username',
      'me@example.org',
      '--desired-delivery-mediums',
      'EMAIL',
    );
    await ok(
      'cognito-idp',
      'admin-add-user-to-group',
      ...inPool,
      '--username',
      'me@example.org',
      '--group-name',
      'team',
    );
    const member = JSON.stringify([
      { CognitoMemberDefinition: { UserPool: pool, UserGroup: 'team', ClientId: client } },
    ]);
    const team = await ok(
      'sagemaker',
      'create-workteam',
      '--workteam-name',
      'team',
      '--description',
      'Team',
      '--member-definitions',
      member,
    );

    const request = labelingJobRequest({
      name: 'Cats',
      bucket,
      roleArn: String(nested(role, 'Role', 'Arn')),
      workteamArn: String(team['WorkteamArn']),
    });
    const create = ['sagemaker', 'create-labeling-job', '--cli-input-json', JSON.stringify(request)];
    assert.deepEqual(await ok(...create), {
      LabelingJobArn: `arn:aws:sagemaker:us-east-1:${server.accountId}:labeling-job/cats`,
    });
    refused(await aws(server, ...create), 'ResourceInUse');

    const password = await invitedPassword(server.dataFolder, 'me@example.org');
    const me = await PortalUser.signIn(server.portal, 'me@example.org', password);
    const [job] = await jobsOf(me);
    const tasks = await me.ask<PortalTask[]>(`POST /api/jobs/${job?.jobReferenceCode}/tasks`, { count: 1 });
    for (const { taskId } of tasks) {
      await me.ask(`POST /api/tasks/${taskId}/accept`, {});
      await me.ask(`POST /api/tasks/${taskId}/answer`, {
        answerContent: { 'crowd-image-classifier': { label: 'dog' } },
      });
    }
    const name = ['--labeling-job-name', 'Cats'];
    const described = await ok('sagemaker', 'describe-labeling-job', ...name);
    assert.deepEqual(described['LabelCounters'], {
      TotalLabeled: 1,
      HumanLabeled: 1,
      MachineLabeled: 0,
      FailedNonRetryableError: 0,
      Unlabeled: 1,
    });
    assert.deepEqual(described['HumanTaskConfig'], request.HumanTaskConfig);
    await ok('sagemaker', 'stop-labeling-job', ...name);
    await untilStopped();
    const list = await ok('sagemaker', 'list-labeling-jobs', '--status-equals', 'Stopped');
    assert.deepEqual(nested(list, 'LabelingJobSummaryList', 0, 'LabelingJobName'), 'Cats');

    const manifest = await aws(server, 's3', 'cp', `s3://${bucket}/output/Cats/manifests/output/output.manifest`, '-');
    assert.equal(
      manifest.stdout.replace(/(?<="creation-date":")[^"]+/u, 'DATE'),
      `{"source-ref":"s3://${bucket}/0.png","Cats":1,"Cats-metadata":{"confidence":0,"job-name":"labeling-job/cats",` +
        `"class-name":"dog","human-annotated":"yes","creation-date":"DATE","type":"groundtruth/image-classification"}}\n` +
        `{"source-ref": "s3://${bucket}/10.png"}\n`,
    );
  });

  const refusals = [
    {
      name: 'an unknown job',
      error: 'ResourceNotFound',
      args: ['sagemaker', 'describe-labeling-job', '--labeling-job-name', 'nothing'],
    },
    {
      name: 'an unknown team',
      error: 'ValidationException',
      args: ['sagemaker', 'describe-workteam', '--workteam-name', 'nothing'],
    },
    {
      name: 'a bad name',
      error: 'ValidationException',
      args: ['sagemaker', 'describe-labeling-job', '--labeling-job-name', 'bad-'],
    },
    {
      name: 'an unknown workforce',
      error: 'ValidationException',
      args: ['sagemaker', 'describe-workforce', '--workforce-name', 'nothing'],
    },
    { name: 'an unknown role', error: 'NoSuchEntity', args: ['iam', 'get-role', '--role-name', 'nothing'] },
    {
      name: 'an unknown user pool',
      error: 'ResourceNotFoundException',
      args: ['cognito-idp', 'describe-user-pool', '--user-pool-id', 'us-east-1_nothing'],
    },
  ];
  for (const { name, error, args } of refusals) {
    it(`refuses ${name} with ${error}`, async () => refused(await aws(server, ...args), error));
  }

  it('refuses a wrong signature', async () => {
    const args = ['--endpoint-url', server.endpoint, 'sagemaker', 'list-labeling-jobs'];
    refused(await runAwsProgram(awsCommand, args, { server, secret: 'wrong' }), 'InvalidSignatureException');
  });

  async function ok(...args: readonly string[]): Promise<Record<string, unknown>> {
    const { exitCode, stdout, stderr } = await aws(server, ...args);
    assert.equal(exitCode, 0, `aws ${args.join(' ')}: ${stderr}`);
    return stdout.trimStart().startsWith('{') ? (JSON.parse(stdout) as Record<string, unknown>) : {};
  }

  async function untilStopped(): Promise<void> {
    for (;;) {
      const job = await ok('sagemaker', 'describe-labeling-job', '--labeling-job-name', 'Cats');
      if (job['LabelingJobStatus'] !== 'Stopping') {
        assert.equal(job['LabelingJobStatus'], 'Stopped');
        return;
      }
    }
  }
});

const invitations = JSON.stringify({
  PoolName: 'pool',
  AdminCreateUserConfig: {
    InviteMessageTemplate: { EmailMessage: 'User name: {username}<br>Temporary password: {####}' },
  },
});

function refused({ exitCode, stderr }: Outcome, error: string): void {
  assert.notEqual(exitCode, 0);
  assert.ok(stderr.includes(`(${error})`), stderr);
}

function nested(value: unknown, ...path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>((inner, step) => (inner as Record<string | number, unknown>)[step], value);
}

async function writeFolder(folder: string, files: Readonly<Record<string, string | Uint8Array>>): Promise<void> {
  await mkdir(folder);
  for (const [name, body] of Object.entries(files)) {
    await writeFile(join(folder, name), body);
  }
}
