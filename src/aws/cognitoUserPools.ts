import { randomBytes } from 'node:crypto';
import {
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  CreateUserPoolDomainCommand,
  DeleteUserPoolCommand,
  DeleteUserPoolDomainCommand,
  DescribeUserPoolCommand,
  ListUserPoolClientsCommand,
  ListUserPoolsCommand,
  UpdateUserPoolCommand,
  type CognitoIdentityProviderClient,
  type UserPoolType,
} from '@aws-sdk/client-cognito-identity-provider';
import { keeping, type LabKeeper } from '../core/lab/labKeeper.js';
import type { Tags } from '../core/lab/labTags.js';
import { ignoring, type AwsCaller } from './errors.js';
import { type Invitation, withPortal } from './invitationMail.js';
import type { pause } from './pause.js';
import { persist } from './persist.js';
import { madeWithTags } from './tags.js';

export interface PoolClient {
  readonly userPoolId: string;
  readonly clientId: string;
}

export interface CognitoUserPoolsOptions {
  readonly client: CognitoIdentityProviderClient;
  /** For what would be made twice if it were asked for twice: pools and clients may share a name. */
  readonly clientOnce: CognitoIdentityProviderClient;
  readonly call: AwsCaller;
  readonly wait: typeof pause;
}

const poolName = 'sagemaker-groundtruth-user-pool'; // As the console names it.
const clientName = 'sagemaker-groundtruth-client';

/** The user pool of a workforce, in steps that each look first whether their result is there. */
export class CognitoUserPools {
  readonly #client: CognitoIdentityProviderClient;
  readonly #clientOnce: CognitoIdentityProviderClient;
  readonly #call: AwsCaller;
  readonly #wait: typeof pause;

  constructor({ client, clientOnce, call, wait }: CognitoUserPoolsOptions) {
    this.#client = client;
    this.#clientOnce = clientOnce;
    this.#call = call;
    this.#wait = wait;
  }

  /** The pool that an earlier run, or the console, left. */
  async find(signal: AbortSignal): Promise<string | undefined> {
    let token: string | undefined;
    do {
      const page = await this.#call({ action: 'cognito-idp:ListUserPools', resource: '*' }, signal, (options) =>
        this.#client.send(new ListUserPoolsCommand({ MaxResults: 60, NextToken: token }), options),
      );
      const pool = page.UserPools?.find(({ Name }) => Name === poolName);
      if (pool?.Id !== undefined) {
        return pool.Id;
      }
      token = page.NextToken;
    } while (token !== undefined);
    return undefined;
  }

  async tagsOf(userPoolId: string, signal: AbortSignal): Promise<Tags> {
    return (await this.#describe(userPoolId, signal)).UserPoolTags ?? {};
  }

  async ensurePool(keeper: LabKeeper, signal: AbortSignal): Promise<[userPoolId: string, outcome: 'made' | 'found']> {
    const [id, outcome, denied] = await persist(
      (isRepeated) => this.#ensurePool(keeper, isRepeated, signal),
      this.#wait,
      signal,
    );
    if (outcome === 'made') {
      await keeper.made({ kind: 'userPool', id }, denied);
    }
    return [id, outcome];
  }

  async #ensurePool(
    keeper: LabKeeper,
    isRepeated: boolean,
    signal: AbortSignal,
  ): Promise<[string, 'made' | 'found', denied?: string]> {
    const existing = await this.find(signal);
    if (existing !== undefined) {
      return [existing, isRepeated ? 'made' : 'found'];
    }
    const { made, denied } = await keeping(keeper, { kind: 'userPool' }, () =>
      madeWithTags({
        tags: keeper.tags,
        action: 'cognito-idp:TagResource',
        make: (tags) => this.#createPool(tags, signal),
      }),
    );
    return denied === undefined ? [made, 'made'] : [made, 'made', denied];
  }

  async #createPool(tags: Tags, signal: AbortSignal): Promise<string> {
    const command = new CreateUserPoolCommand({
      PoolName: poolName,
      AutoVerifiedAttributes: ['email'],
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
      Policies: { PasswordPolicy: { MinimumLength: 8, TemporaryPasswordValidityDays: 7 } },
      UserPoolTags: tags,
    });
    const { UserPool } = await this.#call(
      { action: 'cognito-idp:CreateUserPool', resource: poolName },
      signal,
      (options) => this.#clientOnce.send(command, options),
    );
    return UserPool?.Id ?? '';
  }

  async ensureClient(userPoolId: string, signal: AbortSignal): Promise<[clientId: string, outcome: 'made' | 'found']> {
    return persist((isRepeated) => this.#ensureClient(userPoolId, isRepeated, signal), this.#wait, signal);
  }

  async #ensureClient(
    userPoolId: string,
    isRepeated: boolean,
    signal: AbortSignal,
  ): Promise<[string, 'made' | 'found']> {
    const { UserPoolClients = [] } = await this.#call(
      { action: 'cognito-idp:ListUserPoolClients', resource: userPoolId },
      signal,
      (options) =>
        this.#client.send(new ListUserPoolClientsCommand({ UserPoolId: userPoolId, MaxResults: 60 }), options),
    );
    const existing = UserPoolClients.find(({ ClientName }) => ClientName === clientName)?.ClientId;
    if (existing !== undefined) {
      return [existing, isRepeated ? 'made' : 'found'];
    }
    const command = new CreateUserPoolClientCommand({
      UserPoolId: userPoolId,
      ClientName: clientName,
      GenerateSecret: true, // A work team is refused without one.
      AllowedOAuthFlowsUserPoolClient: true,
      AllowedOAuthFlows: ['code', 'implicit'],
      AllowedOAuthScopes: ['email', 'openid', 'profile'],
      SupportedIdentityProviders: ['COGNITO'],
      ExplicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH', 'ALLOW_USER_SRP_AUTH'],
      CallbackURLs: ['https://127.0.0.1'], // Ground Truth puts the portal's address here when the workforce is made.
    });
    const { UserPoolClient } = await this.#call(
      { action: 'cognito-idp:CreateUserPoolClient', resource: userPoolId },
      signal,
      (options) => this.#clientOnce.send(command, options),
    );
    return [UserPoolClient?.ClientId ?? '', 'made'];
  }

  /** Without a domain the workforce has no sign-in page and is refused. */
  async ensureDomain(userPoolId: string, signal: AbortSignal): Promise<'made' | 'found'> {
    return persist((isRepeated) => this.#ensureDomain(userPoolId, isRepeated, signal), this.#wait, signal);
  }

  async #ensureDomain(userPoolId: string, isRepeated: boolean, signal: AbortSignal): Promise<'made' | 'found'> {
    const { Domain } = await this.#describe(userPoolId, signal);
    if (Domain !== undefined && Domain !== '') {
      return isRepeated ? 'made' : 'found';
    }
    const domain = `ground-truth-${randomBytes(5).toString('hex')}`; // Unique in the region, over all accounts.
    await this.#call({ action: 'cognito-idp:CreateUserPoolDomain', resource: userPoolId }, signal, (options) =>
      this.#clientOnce.send(new CreateUserPoolDomainCommand({ UserPoolId: userPoolId, Domain: domain }), options),
    );
    return 'made';
  }

  /** The portal's address is known only now, and must be in the mail. */
  async ensureInvitation(
    { userPoolId }: PoolClient,
    invitation: Invitation,
    signal: AbortSignal,
  ): Promise<'made' | 'found'> {
    const pool = await this.#describe(userPoolId, signal);
    const template = withPortal(pool.AdminCreateUserConfig?.InviteMessageTemplate, invitation);
    if (template === undefined) {
      return 'found';
    }
    // UpdateUserPool resets whatever it is not told, so it is told all of what the pool has.
    const command = new UpdateUserPoolCommand({
      ...keptSettings(pool),
      UserPoolId: userPoolId,
      AdminCreateUserConfig: {
        AllowAdminCreateUserOnly: pool.AdminCreateUserConfig?.AllowAdminCreateUserOnly,
        InviteMessageTemplate: template,
      },
    });
    await this.#call({ action: 'cognito-idp:UpdateUserPool', resource: userPoolId }, signal, (options) =>
      this.#client.send(command, options),
    );
    return 'made';
  }

  /** The pool, with its domain, which it cannot be deleted with. */
  async delete(userPoolId: string, signal: AbortSignal): Promise<void> {
    await ignoring(['ResourceNotFoundException'], async () => {
      const { Domain: domain } = await this.#describe(userPoolId, signal);
      if (domain !== undefined) {
        const command = new DeleteUserPoolDomainCommand({ UserPoolId: userPoolId, Domain: domain });
        await persist(
          async () => {
            const { Domain: left } = await this.#describe(userPoolId, signal);
            if (left === domain) {
              await this.#call(
                { action: 'cognito-idp:DeleteUserPoolDomain', resource: userPoolId },
                signal,
                (options) => this.#clientOnce.send(command, options),
              );
            }
          },
          this.#wait,
          signal,
        );
      }
      await this.#call({ action: 'cognito-idp:DeleteUserPool', resource: userPoolId }, signal, (options) =>
        this.#client.send(new DeleteUserPoolCommand({ UserPoolId: userPoolId }), options),
      );
    });
  }

  async #describe(userPoolId: string, signal: AbortSignal): Promise<UserPoolType> {
    const { UserPool = {} } = await this.#call(
      { action: 'cognito-idp:DescribeUserPool', resource: userPoolId },
      signal,
      (options) => this.#client.send(new DescribeUserPoolCommand({ UserPoolId: userPoolId }), options),
    );
    return UserPool;
  }
}

function keptSettings(pool: UserPoolType): Omit<UpdateUserPoolCommand['input'], 'UserPoolId'> {
  return {
    Policies: pool.Policies,
    DeletionProtection: pool.DeletionProtection,
    LambdaConfig: pool.LambdaConfig,
    AutoVerifiedAttributes: pool.AutoVerifiedAttributes,
    SmsVerificationMessage: pool.SmsVerificationMessage,
    EmailVerificationMessage: pool.EmailVerificationMessage,
    EmailVerificationSubject: pool.EmailVerificationSubject,
    VerificationMessageTemplate: pool.VerificationMessageTemplate,
    SmsAuthenticationMessage: pool.SmsAuthenticationMessage,
    UserAttributeUpdateSettings: pool.UserAttributeUpdateSettings,
    MfaConfiguration: pool.MfaConfiguration,
    DeviceConfiguration: pool.DeviceConfiguration,
    EmailConfiguration: pool.EmailConfiguration,
    SmsConfiguration: pool.SmsConfiguration,
    UserPoolTags: pool.UserPoolTags,
    UserPoolAddOns: pool.UserPoolAddOns,
    AccountRecoverySetting: pool.AccountRecoverySetting,
    UserPoolTier: pool.UserPoolTier,
    DcrConfiguration: pool.DcrConfiguration,
    KeyConfiguration: pool.KeyConfiguration,
    IssuerConfiguration: pool.IssuerConfiguration,
    AcrConfiguration: pool.AcrConfiguration,
  };
}
