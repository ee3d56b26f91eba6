import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  AdminAddUserToGroupCommand,
  AdminCreateUserCommand,
  CognitoIdentityProviderClient,
  CreateGroupCommand,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  CreateUserPoolDomainCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import {
  CreateLabelingJobCommand,
  type CreateLabelingJobCommandInput,
  CreateWorkforceCommand,
  CreateWorkteamCommand,
  SageMakerClient,
} from '@aws-sdk/client-sagemaker';
import {
  annotationConsolidationLambdaArn,
  type BuiltInTaskType,
  preHumanTaskLambdaArn,
} from '../../src/core/labels/builtInFunctions.js';
import type { PortalSession, SignIn } from '../../src/core/portal/workerPortal.js';
import type { ClientConfig } from './localServer.js';

/** The smallest picture that is one: a PNG of one pixel. */
export const onePixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII=',
  'base64',
);

export const imageTemplate = `<script src="https://assets.crowd.aws/crowd-html-elements.js"></script>
<crowd-form>
  <crowd-image-classifier name="crowd-image-classifier" src="{{ task.input.taskObject | grant_read_access }}"
    header="Cat or dog?" categories="{{ task.input.labels | to_json | escape }}">
    <full-instructions header="Instructions">Look.</full-instructions>
    <short-instructions>Look.</short-instructions>
  </crowd-image-classifier>
</crowd-form>`;

export interface Clients {
  readonly s3: S3Client;
  readonly sageMaker: SageMakerClient;
  readonly cognito: CognitoIdentityProviderClient;
  readonly iam: IAMClient;
}

export function clientsOf(config: ClientConfig): Clients {
  return {
    s3: new S3Client(config),
    sageMaker: new SageMakerClient(config),
    cognito: new CognitoIdentityProviderClient(config),
    iam: new IAMClient(config),
  };
}

export interface Team {
  readonly userPool: string;
  readonly clientId: string;
  readonly workteamArn: string;
}

/** All that a team needs, in the order that AWS asks for. */
export async function createTeam(
  { cognito, sageMaker }: Clients,
  { name, emails }: { readonly name: string; readonly emails: readonly string[] },
): Promise<Team> {
  const pool = await cognito.send(
    new CreateUserPoolCommand({
      PoolName: 'sagemaker-groundtruth-user-pool',
      AutoVerifiedAttributes: ['email'],
      AdminCreateUserConfig: {
        AllowAdminCreateUserOnly: true,
        InviteMessageTemplate: {
          EmailSubject: "You're invited by Example Ltd. to work on a labeling project.",
          EmailMessage: '<p>User name: {username}</p><p>Temporary password: {####}</p>',
        },
      },
    }),
  );
  const userPool = pool.UserPool?.Id ?? '';
  const client = await cognito.send(
    new CreateUserPoolClientCommand({ UserPoolId: userPool, ClientName: 'ground-truth', GenerateSecret: true }),
  );
  const clientId = client.UserPoolClient?.ClientId ?? '';
  await cognito.send(new CreateGroupCommand({ UserPoolId: userPool, GroupName: name }));
  await cognito.send(new CreateUserPoolDomainCommand({ UserPoolId: userPool, Domain: 'ground-truth-lab' }));
  await sageMaker.send(
    new CreateWorkforceCommand({
      WorkforceName: 'workforce',
      CognitoConfig: { UserPool: userPool, ClientId: clientId },
    }),
  );
  const team = await sageMaker.send(
    new CreateWorkteamCommand({
      WorkteamName: name,
      WorkforceName: 'workforce',
      Description: 'People who know cats from dogs',
      MemberDefinitions: [{ CognitoMemberDefinition: { UserPool: userPool, UserGroup: name, ClientId: clientId } }],
    }),
  );
  for (const email of emails) {
    await cognito.send(
      new AdminCreateUserCommand({
        UserPoolId: userPool,
        Username: email,
        UserAttributes: [{ Name: 'email', Value: email }],
        DesiredDeliveryMediums: ['EMAIL'],
      }),
    );
    await cognito.send(new AdminAddUserToGroupCommand({ UserPoolId: userPool, Username: email, GroupName: name }));
  }
  return { userPool, clientId, workteamArn: team.WorkteamArn ?? '' };
}

export async function createRole({ iam }: Clients, name: string): Promise<string> {
  const trust = {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Service: 'sagemaker.amazonaws.com' }, Action: 'sts:AssumeRole' }],
  };
  const role = await iam.send(
    new CreateRoleCommand({ RoleName: name, AssumeRolePolicyDocument: JSON.stringify(trust) }),
  );
  const policy = {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: ['s3:GetObject', 's3:PutObject'], Resource: '*' }],
  };
  await iam.send(
    new PutRolePolicyCommand({ RoleName: name, PolicyName: 's3', PolicyDocument: JSON.stringify(policy) }),
  );
  return role.Role?.Arn ?? '';
}

/** A bucket with pictures, their manifest, labels and a template: all that a job reads. */
export async function createInput(
  { s3 }: Clients,
  {
    bucket,
    lines,
    pictures,
  }: { readonly bucket: string; readonly lines: readonly string[]; readonly pictures: readonly string[] },
): Promise<void> {
  await s3.send(new CreateBucketCommand({ Bucket: bucket }));
  const labels = { 'document-version': '2018-11-28', labels: [{ label: 'cat' }, { label: 'dog' }] };
  const files: readonly (readonly [string, string | Uint8Array])[] = [
    ...pictures.map((key) => [key, onePixel] as const),
    ['in.manifest', lines.map((line) => `${line}\n`).join('')],
    ['labels.json', JSON.stringify(labels)],
    ['template.liquid', imageTemplate],
  ];
  for (const [key, body] of files) {
    await s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body }));
  }
}

export function labelingJobRequest(of: {
  readonly name: string;
  readonly bucket: string;
  readonly roleArn: string;
  readonly workteamArn: string;
  readonly workersPerObject?: number;
  readonly taskType?: BuiltInTaskType;
}): CreateLabelingJobCommandInput & { HumanTaskConfig: object } {
  const { taskType = 'ImageMultiClass' } = of;
  return {
    LabelingJobName: of.name,
    LabelAttributeName: of.name,
    InputConfig: { DataSource: { S3DataSource: { ManifestS3Uri: `s3://${of.bucket}/in.manifest` } } },
    OutputConfig: { S3OutputPath: `s3://${of.bucket}/output` },
    RoleArn: of.roleArn,
    LabelCategoryConfigS3Uri: `s3://${of.bucket}/labels.json`,
    HumanTaskConfig: {
      WorkteamArn: of.workteamArn,
      UiConfig: { UiTemplateS3Uri: `s3://${of.bucket}/template.liquid` },
      PreHumanTaskLambdaArn: preHumanTaskLambdaArn('us-east-1', taskType),
      TaskKeywords: ['Images'],
      TaskTitle: 'Image Classification (Single Label): cat or dog',
      TaskDescription: 'Categorize images into individual classes.',
      NumberOfHumanWorkersPerDataObject: of.workersPerObject ?? 1,
      TaskTimeLimitInSeconds: 300,
      MaxConcurrentTaskCount: 1_000,
      AnnotationConsolidationConfig: {
        AnnotationConsolidationLambdaArn: annotationConsolidationLambdaArn('us-east-1', taskType),
      },
    },
  };
}

export async function createJob({ sageMaker }: Clients, request: CreateLabelingJobCommandInput): Promise<string> {
  const { LabelingJobArn: arn } = await sageMaker.send(new CreateLabelingJobCommand(request));
  return arn ?? '';
}

/** The temporary password of the newest invitation to this address, as a person would read it. */
export async function invitedPassword(dataFolder: string, email: string): Promise<string> {
  const folder = join(dataFolder, 'outbox');
  for (const name of (await readdir(folder))
    .filter((file) => file.endsWith('.eml'))
    .toSorted()
    .toReversed()) {
    const [head = '', body = ''] = (await readFile(join(folder, name), 'utf8')).split('\r\n\r\n');
    if (head.includes(`To: <${email}>`)) {
      const text = Buffer.from(body, 'base64').toString();
      return /Temporary password: ([^<]+)/u.exec(text)?.[1]?.replaceAll('&amp;', '&') ?? '';
    }
  }
  throw new Error(`There is no invitation to ${email}.`);
}

/** The portal as a worker's page uses it. */
export class PortalUser {
  readonly #portal: string;
  readonly session: PortalSession;

  constructor(portal: string, session: PortalSession) {
    this.#portal = portal;
    this.session = session;
  }

  static async signIn(portal: string, email: string, password: string): Promise<PortalUser> {
    const reply = await call(portal, 'POST /api/sign-in', { email, password });
    const signIn = (await reply.json()) as SignIn;
    if (signIn.kind === 'signedIn') {
      return new PortalUser(portal, signIn.session);
    }
    const changed = await call(portal, 'POST /api/new-password', {
      challenge: signIn.challenge,
      newPassword: `${email}-8`,
    });
    return new PortalUser(portal, (await changed.json()) as PortalSession);
  }

  /** The reply's JSON; a refusal is thrown. */
  async ask<Result>(route: string, body?: object): Promise<Result & {}> {
    const reply = await call(this.#portal, route, body, this.session.token);
    const text = await reply.text();
    if (!reply.ok) {
      throw new Error(`${route}: ${reply.status} ${text}`);
    }
    return (text === '' ? {} : JSON.parse(text)) as Result & {};
  }
}

export async function call(portal: string, route: string, body?: object, token?: string): Promise<Response> {
  const [method = 'GET', path = ''] = route.split(' ');
  return fetch(portal + path, {
    method,
    headers: {
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
}
