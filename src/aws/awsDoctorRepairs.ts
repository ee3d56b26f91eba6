import {
  CreateUserPoolDomainCommand,
  type CognitoIdentityProviderClient,
} from '@aws-sdk/client-cognito-identity-provider';
import { PutRolePolicyCommand, UpdateAssumeRolePolicyCommand, type IAMClient } from '@aws-sdk/client-iam';
import { DeleteBucketPolicyCommand, PutBucketPolicyCommand, type S3Client } from '@aws-sdk/client-s3';
import type { CorsRule, DoctorRepairs, RolePolicy } from '../core/doctor/probes.js';
import type { AwsCaller } from './errors.js';
import { putCorsRules } from './s3Access.js';

interface RepairClients {
  readonly s3: S3Client;
  readonly iam: IAMClient;
  readonly cognito: CognitoIdentityProviderClient;
  readonly call: AwsCaller;
}

export class AwsDoctorRepairs implements DoctorRepairs {
  readonly #clients: RepairClients;

  constructor(clients: RepairClients) {
    this.#clients = clients;
  }

  async setCorsRules(bucket: string, rules: readonly CorsRule[], signal: AbortSignal): Promise<void> {
    const { s3, call } = this.#clients;
    await putCorsRules(s3, call, { bucket, rules }, signal);
  }

  async setBucketPolicy(bucket: string, policy: string | undefined, signal: AbortSignal): Promise<void> {
    const { s3, call } = this.#clients;
    if (policy === undefined) {
      await call({ action: 's3:DeleteBucketPolicy', resource: bucket }, signal, (options) =>
        s3.send(new DeleteBucketPolicyCommand({ Bucket: bucket }), options),
      );
      return;
    }
    await call({ action: 's3:PutBucketPolicy', resource: bucket }, signal, (options) =>
      s3.send(new PutBucketPolicyCommand({ Bucket: bucket, Policy: policy }), options),
    );
  }

  async setTrustPolicy(role: string, document: string, signal: AbortSignal): Promise<void> {
    const { iam, call } = this.#clients;
    await call({ action: 'iam:UpdateAssumeRolePolicy', resource: role }, signal, (options) =>
      iam.send(new UpdateAssumeRolePolicyCommand({ RoleName: role, PolicyDocument: document }), options),
    );
  }

  async putRolePolicy(
    { role, name, document }: RolePolicy & { readonly role: string },
    signal: AbortSignal,
  ): Promise<void> {
    const { iam, call } = this.#clients;
    await call({ action: 'iam:PutRolePolicy', resource: role }, signal, (options) =>
      iam.send(new PutRolePolicyCommand({ RoleName: role, PolicyName: name, PolicyDocument: document }), options),
    );
  }

  async addUserPoolDomain(userPoolId: string, domain: string, signal: AbortSignal): Promise<void> {
    const { cognito, call } = this.#clients;
    await call({ action: 'cognito-idp:CreateUserPoolDomain', resource: userPoolId }, signal, (options) =>
      cognito.send(new CreateUserPoolDomainCommand({ UserPoolId: userPoolId, Domain: domain }), options),
    );
  }
}
