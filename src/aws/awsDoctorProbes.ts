import { DescribeUserPoolCommand, type CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import type { IAMClient } from '@aws-sdk/client-iam';
import {
  GetBucketCorsCommand,
  GetBucketEncryptionCommand,
  GetBucketPolicyCommand,
  GetObjectCommand,
  GetPublicAccessBlockCommand,
  HeadBucketCommand,
  ListObjectsV2Command,
  type S3Client,
} from '@aws-sdk/client-s3';
import { ListWorkforcesCommand, type SageMakerClient } from '@aws-sdk/client-sagemaker';
import type {
  BucketEncryption,
  CorsRule,
  DoctorProbes,
  PageReading,
  PublicAccessBlock,
  UserPoolFacts,
  WorkforceFacts,
} from '../core/doctor/probes.js';
import { Failure } from '../core/failure.js';
import type { S3Uri } from '../core/s3Uri.js';
import { type AwsCaller, isNameless, isRefusal } from './errors.js';
import { readRole, readRolePolicies, simulatePolicy } from './iamRoleReading.js';
import { unlessMissing } from './s3Access.js';
import { readBody } from './s3Body.js';

interface ProbeClients {
  readonly s3: S3Client;
  readonly iam: IAMClient;
  readonly sageMaker: SageMakerClient;
  readonly cognito: CognitoIdentityProviderClient;
  readonly call: AwsCaller;
  readonly region: string;
  /** Then its buckets need not be in the jobs' region. */
  readonly isStorageElsewhere: boolean;
}

export class AwsDoctorProbes implements DoctorProbes {
  readonly #clients: ProbeClients;

  constructor(clients: ProbeClients) {
    this.#clients = clients;
  }

  /** S3 says it even with a refusal, whoever asks and wherever. */
  async bucketRegion(bucket: string, signal: AbortSignal): Promise<string> {
    const { s3, call, region, isStorageElsewhere } = this.#clients;
    const { BucketRegion = region } = await call(
      { action: 's3:ListBucket', resource: bucket },
      signal,
      async (options) => {
        try {
          return await s3.send(new HeadBucketCommand({ Bucket: bucket }), options);
        } catch (error) {
          const elsewhere = regionTold(error);
          if (elsewhere === undefined) {
            if (isNameless(error)) {
              // It takes the same permission, and its reply says what is wrong.
              await s3.send(new ListObjectsV2Command({ Bucket: bucket, MaxKeys: 1 }), options);
            }
            throw error;
          }
          return { BucketRegion: elsewhere };
        }
      },
    );
    return isStorageElsewhere ? region : BucketRegion;
  }

  async corsRules(bucket: string, signal: AbortSignal): Promise<readonly CorsRule[]> {
    const { s3, call } = this.#clients;
    const output = await unlessMissing('NoSuchCORSConfiguration', () =>
      call({ action: 's3:GetBucketCORS', resource: bucket }, signal, (options) =>
        s3.send(new GetBucketCorsCommand({ Bucket: bucket }), options),
      ),
    );
    return (output?.CORSRules ?? []).map(
      (rule) => Object.fromEntries(Object.entries(rule).filter(([, value]) => value !== undefined)) as CorsRule,
    );
  }

  async bucketPolicy(bucket: string, signal: AbortSignal): Promise<string | undefined> {
    const { s3, call } = this.#clients;
    const output = await unlessMissing('NoSuchBucketPolicy', () =>
      call({ action: 's3:GetBucketPolicy', resource: bucket }, signal, (options) =>
        s3.send(new GetBucketPolicyCommand({ Bucket: bucket }), options),
      ),
    );
    return output?.Policy;
  }

  async publicAccessBlock(bucket: string, signal: AbortSignal): Promise<PublicAccessBlock | undefined> {
    const { s3, call } = this.#clients;
    const output = await unlessMissing('NoSuchPublicAccessBlockConfiguration', () =>
      call({ action: 's3:GetBucketPublicAccessBlock', resource: bucket }, signal, (options) =>
        s3.send(new GetPublicAccessBlockCommand({ Bucket: bucket }), options),
      ),
    );
    const block = output?.PublicAccessBlockConfiguration;
    return (
      block && {
        BlockPublicAcls: block.BlockPublicAcls === true,
        IgnorePublicAcls: block.IgnorePublicAcls === true,
        BlockPublicPolicy: block.BlockPublicPolicy === true,
        RestrictPublicBuckets: block.RestrictPublicBuckets === true,
      }
    );
  }

  async encryption(bucket: string, signal: AbortSignal): Promise<BucketEncryption> {
    const { s3, call } = this.#clients;
    const output = await unlessMissing('ServerSideEncryptionConfigurationNotFoundError', () =>
      call({ action: 's3:GetEncryptionConfiguration', resource: bucket }, signal, (options) =>
        s3.send(new GetBucketEncryptionCommand({ Bucket: bucket }), options),
      ),
    );
    const rule = output?.ServerSideEncryptionConfiguration?.Rules?.[0]?.ApplyServerSideEncryptionByDefault;
    return {
      algorithm: rule?.SSEAlgorithm ?? 'AES256',
      ...(rule?.KMSMasterKeyID !== undefined && { kmsKeyArn: rule.KMSMasterKeyID }),
    };
  }

  async readAsPage(uri: S3Uri, mostBytes: number, signal: AbortSignal): Promise<PageReading> {
    try {
      return await this.#readAsPage(uri, { Range: `bytes=0-${mostBytes - 1}` }, signal);
    } catch (error) {
      if (isRefusal(error, 'InvalidRange')) {
        return this.#readAsPage(uri, {}, signal); // An empty object has no first byte.
      }
      throw error;
    }
  }

  async #readAsPage({ bucket, key }: S3Uri, range: { readonly Range?: string }, signal: AbortSignal) {
    const { s3, call, region } = this.#clients;
    const command = new GetObjectCommand({ Bucket: bucket, Key: key, ...range });
    let allowOrigin: string | undefined;
    command.middlewareStack.add(
      (next) => async (args) => {
        const { headers } = args.request as { headers: Record<string, string> };
        headers['origin'] = `https://example.labeling.${region}.sagemaker.aws`;
        const result = await next(args);
        const { response } = result as { response: { headers?: Record<string, string> } };
        allowOrigin = response.headers?.['access-control-allow-origin'];
        return result;
      },
      { step: 'finalizeRequest', name: 'asPage', priority: 'high' },
    );
    const body = await call({ action: 's3:GetObject', resource: `${bucket}/${key}` }, signal, async (options) =>
      readBody(await s3.send(command, options)),
    );
    return { ...body, ...(allowOrigin !== undefined && { allowOrigin }) };
  }

  role(name: string, signal: AbortSignal) {
    return readRole(this.#clients, name, signal);
  }

  rolePolicies(name: string, signal: AbortSignal) {
    return readRolePolicies(this.#clients, name, signal);
  }

  simulate(question: Parameters<DoctorProbes['simulate']>[0], signal: AbortSignal) {
    return simulatePolicy(this.#clients, question, signal);
  }

  async workforce(signal: AbortSignal): Promise<WorkforceFacts | undefined> {
    const { sageMaker, call } = this.#clients;
    const { Workforces: [only] = [] } = await call(
      { action: 'sagemaker:ListWorkforces', resource: '*' },
      signal,
      (options) => sageMaker.send(new ListWorkforcesCommand({}), options),
    );
    const { UserPool: userPoolId } = only?.CognitoConfig ?? {};
    return (
      only && {
        name: only.WorkforceName ?? '',
        status: only.Status ?? 'Active',
        ...(only.FailureReason !== undefined && { failureReason: only.FailureReason }),
        cidrs: only.SourceIpConfig?.Cidrs ?? [],
        ...(userPoolId !== undefined && { userPoolId }),
      }
    );
  }

  async userPool(id: string, signal: AbortSignal): Promise<UserPoolFacts> {
    const { cognito, call } = this.#clients;
    const { UserPool: pool } = await call({ action: 'cognito-idp:DescribeUserPool', resource: id }, signal, (options) =>
      cognito.send(new DescribeUserPoolCommand({ UserPoolId: id }), options),
    );
    const domain = pool?.CustomDomain ?? pool?.Domain;
    return { id, name: pool?.Name ?? id, ...(domain !== undefined && { domain }) };
  }
}

/** A HEAD has no body: where the bucket is stands in a header. */
function regionTold(error: unknown): string | undefined {
  if (isRefusal(error, 'NotFound', 'NoSuchBucket') || Failure.is(error)) {
    return undefined;
  }
  const { $response: response } = (error ?? {}) as { $response?: { headers?: Record<string, string> } };
  return response?.headers?.['x-amz-bucket-region'];
}
