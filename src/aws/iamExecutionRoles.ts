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
/** By then all of AWS knows a role. */
const newRoleMs = 30_000;

export class IamExecutionRoles implements ExecutionRoles {
  readonly #client: IAMClient;
  readonly #call: AwsCaller;
  /** When each role of this connection was made, by its ARN. */
  readonly #madeAt = new Map<string, number>();

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

  /** Whether SageMaker may still refuse the role for being too new. */
  isNew(arn: string): boolean {
    const madeAt = this.#madeAt.get(arn);
    return madeAt !== undefined && Date.now() - madeAt < newRoleMs;
  }

  async create(buckets: readonly string[], signal: AbortSignal): Promise<ExecutionRole> {
    const { name, arn, stamp } = await this.#createRole(buckets, signal);
    this.#madeAt.set(arn, Date.now());
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
    return { name, arn };
  }

  async #createRole(
    buckets: readonly string[],
    signal: AbortSignal,
  ): Promise<ExecutionRole & { readonly stamp: string }> {
    for (let at = Date.now(); ; at += 1_000) {
      const stamp = consoleTimestamp(new Date(at));
      const name = `AmazonSageMaker-ExecutionRole-${stamp}`;
      try {
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
        return { name, arn: Role?.Arn ?? '', stamp };
      } catch (error) {
        if (!isRefusal(error, 'EntityAlreadyExists', 'EntityAlreadyExistsException')) {
          throw error;
        }
        // Two roles of one second: this one takes the next that is free.
      }
    }
  }

  /** A role keeps IAM from deleting it until its policies are gone. One that is gone already is no error. */
  async delete({ name, arn }: ExecutionRole, signal: AbortSignal): Promise<void> {
    this.#madeAt.delete(arn);
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

/** `20191027T040859`: like the console's stamps, which end in hundredths of a second where this has the second. */
function consoleTimestamp(now: Date): string {
  return now.toISOString().replaceAll(/[-:]|\.\d+Z$/gu, '');
}

/** The policy comes percent-encoded, and one principal or action comes as a string, several as an array. */
function trustsSageMaker({ AssumeRolePolicyDocument: document }: Role): boolean {
  return document !== undefined && decodeURIComponent(document).includes(`"${sageMakerPrincipal}"`);
}

function toExecutionRole({ RoleName: name = '', Arn: arn = '' }: Role): ExecutionRole {
  return { name, arn };
}
