import { type IAMClient, ListAccountAliasesCommand } from '@aws-sdk/client-iam';
import { GetCallerIdentityCommand, type STSClient } from '@aws-sdk/client-sts';
import { Failure } from '../core/failure.js';
import type { Account } from '../core/account.js';
import type { AwsCaller } from './errors.js';

interface StsAccountDeps {
  readonly sts: STSClient;
  readonly iam: IAMClient;
  readonly call: AwsCaller;
}

/** Whose credentials they are. */
export class StsAccount implements Account {
  readonly #sts: STSClient;
  readonly #iam: IAMClient;
  readonly #call: AwsCaller;

  constructor({ sts, iam, call }: StsAccountDeps) {
    this.#sts = sts;
    this.#iam = iam;
    this.#call = call;
  }

  async identity(signal: AbortSignal): Promise<{ readonly accountId: string; readonly arn: string }> {
    const { Account = '', Arn = '' } = await this.#call(
      { action: 'sts:GetCallerIdentity', resource: '*' },
      signal,
      (options) => this.#sts.send(new GetCallerIdentityCommand({}), options),
    );
    return { accountId: Account, arn: Arn };
  }

  async alias(signal: AbortSignal): Promise<string | undefined> {
    try {
      const { AccountAliases: [alias] = [] } = await this.#call(
        { action: 'iam:ListAccountAliases', resource: '*' },
        signal,
        (options) => this.#iam.send(new ListAccountAliasesCommand({}), options), // An account has one at most.
      );
      return alias;
    } catch (error) {
      if (Failure.is(error, 'aws.accessDenied')) {
        return undefined;
      }
      throw error;
    }
  }

  async credentialsEnd(signal: AbortSignal): Promise<Date | undefined> {
    const { expiration } = await this.#call({ action: 'sts:GetCallerIdentity', resource: '*' }, signal, () =>
      this.#sts.config.credentials(),
    );
    return expiration;
  }
}
