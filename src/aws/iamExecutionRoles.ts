import {
  CreateRoleCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  DetachRolePolicyCommand,
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
  ListRolesCommand,
  PutRolePolicyCommand,
  type IAMClient,
  type Role,
} from '@aws-sdk/client-iam';
import type { ExecutionRole, ExecutionRoles } from '../core/ports.js';
import { isRefusal, type AwsCaller } from './errors.js';

const sageMakerPrincipal = 'sagemaker.amazonaws.com';

export class IamExecutionRoles implements ExecutionRoles {
  readonly #client: IAMClient;
  readonly #call: AwsCaller;

  constructor(client: IAMClient, call: AwsCaller) {
    this.#client = client;
    this.#call = call;
  }

  async list(signal: AbortSignal): Promise<readonly ExecutionRole[]> {
    const roles: ExecutionRole[] = [];
    let marker: string | undefined;
    do {
      const page = await this.#call({ action: 'iam:ListRoles', resource: '*' }, signal, (options) =>
        this.#client.send(new ListRolesCommand({ Marker: marker }), options),
      );
      roles.push(...(page.Roles ?? []).filter(trustsSageMaker).map(toExecutionRole));
      marker = page.IsTruncated === true ? page.Marker : undefined;
    } while (marker !== undefined);
    return roles;
  }

  async create(buckets: readonly string[], signal: AbortSignal): Promise<ExecutionRole> {
    const stamp = consoleTimestamp(new Date());
    const name = `AmazonSageMaker-ExecutionRole-${stamp}`;
    const { Role } = await this.#call({ action: 'iam:CreateRole', resource: name }, signal, (options) =>
      this.#client.send(
        new CreateRoleCommand({
          RoleName: name,
          Path: '/service-role/',
          Description: `Lets SageMaker Ground Truth read and write ${buckets.join(', ')}`.slice(0, 1_000),
          AssumeRolePolicyDocument: JSON.stringify(trustPolicy),
        }),
        options,
      ),
    );
    await this.#call({ action: 'iam:PutRolePolicy', resource: name }, signal, (options) =>
      this.#client.send(
        new PutRolePolicyCommand({
          RoleName: name,
          PolicyName: `AmazonSageMaker-ExecutionPolicy-${stamp}`,
          PolicyDocument: JSON.stringify(bucketPolicy(buckets)),
        }),
        options,
      ),
    );
    return { name, arn: Role?.Arn ?? '' };
  }

  /** A role keeps IAM from deleting it until its policies are gone. One that is gone already is no error. */
  async delete({ name }: ExecutionRole, signal: AbortSignal): Promise<void> {
    try {
      await this.#deletePolicies(name, signal);
      await this.#call({ action: 'iam:DeleteRole', resource: name }, signal, (options) =>
        this.#client.send(new DeleteRoleCommand({ RoleName: name }), options),
      );
    } catch (error) {
      if (!isRefusal(error, 'NoSuchEntity', 'NoSuchEntityException')) {
        throw error;
      }
    }
  }

  async #deletePolicies(name: string, signal: AbortSignal): Promise<void> {
    const { PolicyNames = [] } = await this.#call(
      { action: 'iam:ListRolePolicies', resource: name },
      signal,
      (options) => this.#client.send(new ListRolePoliciesCommand({ RoleName: name }), options),
    );
    for (const policy of PolicyNames) {
      await this.#call({ action: 'iam:DeleteRolePolicy', resource: name }, signal, (options) =>
        this.#client.send(new DeleteRolePolicyCommand({ RoleName: name, PolicyName: policy }), options),
      );
    }
    const { AttachedPolicies = [] } = await this.#call(
      { action: 'iam:ListAttachedRolePolicies', resource: name },
      signal,
      (options) => this.#client.send(new ListAttachedRolePoliciesCommand({ RoleName: name }), options),
    );
    for (const { PolicyArn } of AttachedPolicies) {
      await this.#call({ action: 'iam:DetachRolePolicy', resource: name }, signal, (options) =>
        this.#client.send(new DetachRolePolicyCommand({ RoleName: name, PolicyArn }), options),
      );
    }
  }
}

const trustPolicy = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: sageMakerPrincipal }, Action: 'sts:AssumeRole' }],
};

/**
 * What a labeling job needs, and no more. AWS's managed policy would give it only buckets with "SageMaker" or
 * "GroundTruth" in their names (https://docs.aws.amazon.com/sagemaker/latest/dg/sms-security-permission-execution-role.html).
 */
function bucketPolicy(buckets: readonly string[]) {
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'S3ViewBuckets',
        Effect: 'Allow',
        Action: ['s3:ListBucket', 's3:GetBucketLocation'],
        Resource: buckets.map((bucket) => `arn:aws:s3:::${bucket}`),
      },
      {
        Sid: 'S3GetPutObjects',
        Effect: 'Allow',
        Action: ['s3:AbortMultipartUpload', 's3:GetObject', 's3:PutObject'],
        Resource: buckets.map((bucket) => `arn:aws:s3:::${bucket}/*`),
      },
      {
        Sid: 'CloudWatch',
        Effect: 'Allow',
        Action: [
          'cloudwatch:PutMetricData',
          'logs:CreateLogStream',
          'logs:CreateLogGroup',
          'logs:DescribeLogStreams',
          'logs:PutLogEvents',
        ],
        Resource: '*',
      },
    ],
  };
}

/** `20191027T040862`, as the console stamps what it makes: the last two digits are hundredths of a second. */
function consoleTimestamp(now: Date): string {
  const stamp = now.toISOString().replaceAll(/[-:]/gu, '');
  return `${stamp.slice(0, 13)}${stamp.slice(16, 18)}`;
}

/** The policy comes percent-encoded, and one principal or action comes as a string, several as an array. */
function trustsSageMaker({ AssumeRolePolicyDocument: document }: Role): boolean {
  return document !== undefined && decodeURIComponent(document).includes(`"${sageMakerPrincipal}"`);
}

function toExecutionRole({ RoleName: name = '', Arn: arn = '' }: Role): ExecutionRole {
  return { name, arn };
}
