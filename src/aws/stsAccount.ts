import { GetCallerIdentityCommand, type STSClient } from '@aws-sdk/client-sts';
import type { Account } from '../core/ports.js';
import type { AwsCaller } from './errors.js';

export class StsAccount implements Account {
  readonly #client: STSClient;
  readonly #call: AwsCaller;

  constructor(client: STSClient, call: AwsCaller) {
    this.#client = client;
    this.#call = call;
  }

  async identity(signal: AbortSignal): Promise<{ readonly accountId: string; readonly arn: string }> {
    const { Account = '', Arn = '' } = await this.#call(
      { action: 'sts:GetCallerIdentity', resource: '*' },
      signal,
      (options) => this.#client.send(new GetCallerIdentityCommand({}), options),
    );
    return { accountId: Account, arn: Arn };
  }
}
