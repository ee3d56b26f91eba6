import {
  AdminAddUserToGroupCommand,
  AdminCreateUserCommand,
  AdminSetUserPasswordCommand,
  CreateGroupCommand,
  DeleteGroupCommand,
  DeleteUserPoolCommand,
  DeleteUserPoolDomainCommand,
  DescribeUserPoolCommand,
  ListUsersInGroupCommand,
  type CognitoIdentityProviderClient,
  type UserType,
} from '@aws-sdk/client-cognito-identity-provider';
import {
  CreateWorkteamCommand,
  DeleteWorkteamCommand,
  DescribeWorkteamCommand,
  ListWorkteamsCommand,
  type SageMakerClient,
  type Workteam,
} from '@aws-sdk/client-sagemaker';
import { Failure } from '../core/failure.js';
import type { OnTeamStep, PrivateTeam, PrivateTeamRequest, PrivateTeams, TeamMember } from '../core/ports.js';
import { CognitoUserPools, type PoolClient } from './cognitoUserPools.js';
import { isRefusal, type AwsCaller } from './errors.js';
import { SageMakerWorkforces } from './sageMakerWorkforces.js';

export interface CognitoPrivateTeamsOptions {
  readonly cognito: CognitoIdentityProviderClient;
  readonly sageMaker: SageMakerClient;
  readonly call: AwsCaller;
  /** The portal's address where it is not the workforce's own subdomain. */
  readonly portalUrl?: string;
}

/** A private team is a SageMaker work team over a Cognito group; all teams share one workforce over one user pool. */
export class CognitoPrivateTeams implements PrivateTeams {
  readonly #cognito: CognitoIdentityProviderClient;
  readonly #sageMaker: SageMakerClient;
  readonly #call: AwsCaller;
  readonly #portalUrl: string | undefined;
  readonly #pools: CognitoUserPools;
  readonly #workforces: SageMakerWorkforces;

  constructor({ cognito, sageMaker, call, portalUrl }: CognitoPrivateTeamsOptions) {
    this.#cognito = cognito;
    this.#sageMaker = sageMaker;
    this.#call = call;
    this.#portalUrl = portalUrl;
    this.#pools = new CognitoUserPools(cognito, call);
    this.#workforces = new SageMakerWorkforces(sageMaker, call);
  }

  async list(signal: AbortSignal): Promise<readonly PrivateTeam[]> {
    const teams: PrivateTeam[] = [];
    let token: string | undefined;
    do {
      const page = await this.#call({ action: 'sagemaker:ListWorkteams', resource: '*' }, signal, (options) =>
        this.#sageMaker.send(new ListWorkteamsCommand({ MaxResults: 100, NextToken: token }), options),
      );
      teams.push(...(page.Workteams ?? []).map((team) => this.#toTeam(team)));
      token = page.NextToken;
    } while (token !== undefined);
    return teams;
  }

  async members(team: PrivateTeam, signal: AbortSignal): Promise<readonly TeamMember[]> {
    const { userPoolId, userGroup } = team;
    if (userPoolId === undefined || userGroup === undefined) {
      return []; // A workforce with its own identity provider: AWS does not know who is in it.
    }
    const members: TeamMember[] = [];
    let token: string | undefined;
    do {
      const command = new ListUsersInGroupCommand({ UserPoolId: userPoolId, GroupName: userGroup, NextToken: token });
      const page = await this.#call(
        { action: 'cognito-idp:ListUsersInGroup', resource: userGroup },
        signal,
        (options) => this.#cognito.send(command, options),
      );
      members.push(...(page.Users ?? []).map(toMember));
      token = page.NextToken;
    } while (token !== undefined);
    return members;
  }

  async create(request: PrivateTeamRequest, onStep: OnTeamStep, signal: AbortSignal): Promise<PrivateTeam> {
    const pool = await this.#poolForTeam(onStep, signal);
    onStep('group', await this.#ensureGroup(pool, request.name, signal));
    onStep('workforce', await this.#workforces.ensure(pool, signal));
    const [team, outcome] = await this.#ensureWorkteam(pool, request, signal);
    onStep('workteam', outcome);
    onStep(
      'invitation',
      await this.#pools.ensureInvitation(pool, { ...request, portalUrl: team.portalUrl ?? '' }, signal),
    );
    onStep('members', await this.#ensureMembers(pool, request, signal));
    return team;
  }

  async addMember(
    { name, userPoolId = '', userGroup = name }: PrivateTeam,
    { email, password }: { readonly email: string; readonly password: string },
    signal: AbortSignal,
  ): Promise<void> {
    await this.#ensureUser(userPoolId, email, { isInvited: false }, signal);
    const command = new AdminSetUserPasswordCommand({
      UserPoolId: userPoolId,
      Username: email,
      Password: password,
      Permanent: true,
    });
    await this.#call({ action: 'cognito-idp:AdminSetUserPassword', resource: email }, signal, (options) =>
      this.#cognito.send(command, options),
    );
    await this.#addToGroup({ userPoolId, group: userGroup, email }, signal);
  }

  async resendInvitation({ userPoolId }: PrivateTeam, { email }: TeamMember, signal: AbortSignal): Promise<void> {
    const command = new AdminCreateUserCommand({ UserPoolId: userPoolId, Username: email, MessageAction: 'RESEND' });
    await this.#call({ action: 'cognito-idp:AdminCreateUser', resource: email }, signal, (options) =>
      this.#cognito.send(command, options),
    );
  }

  async delete(team: PrivateTeam, signal: AbortSignal): Promise<void> {
    await ignoring(['ValidationException', 'ResourceNotFound'], () =>
      this.#call({ action: 'sagemaker:DeleteWorkteam', resource: team.name }, signal, (options) =>
        this.#sageMaker.send(new DeleteWorkteamCommand({ WorkteamName: team.name }), options),
      ),
    );
    const { userPoolId, userGroup } = team;
    if (userPoolId !== undefined && userGroup !== undefined) {
      await ignoring(['ResourceNotFoundException'], () =>
        this.#call({ action: 'cognito-idp:DeleteGroup', resource: userGroup }, signal, (options) =>
          this.#cognito.send(new DeleteGroupCommand({ UserPoolId: userPoolId, GroupName: userGroup }), options),
        ),
      );
    }
  }

  async deleteWorkforce(signal: AbortSignal): Promise<void> {
    const workforce = await this.#workforces.find(signal);
    const userPoolId = workforce?.pool?.userPoolId ?? (await this.#pools.find(signal));
    if (workforce) {
      await this.#workforces.delete(workforce.name, signal);
    }
    if (userPoolId !== undefined) {
      await this.#deletePool(userPoolId, signal);
    }
  }

  /** The workforce's own pool where there is a workforce: an account has one in a region, and no second. */
  async #poolForTeam(onStep: OnTeamStep, signal: AbortSignal): Promise<PoolClient> {
    const workforce = await this.#workforces.find(signal);
    if (workforce?.pool) {
      for (const step of ['userPool', 'client', 'domain'] as const) {
        onStep(step, 'found');
      }
      return workforce.pool;
    }
    if (workforce) {
      throw new Failure('aws.refused', {
        action: 'sagemaker:CreateWorkteam',
        name: 'OidcWorkforce',
        reason: `The workforce "${workforce.name}" signs in through an identity provider of its own; add the members there.`,
      });
    }
    const [userPoolId, pool] = await this.#pools.ensurePool(signal);
    onStep('userPool', pool);
    const [clientId, client] = await this.#pools.ensureClient(userPoolId, signal);
    onStep('client', client);
    onStep('domain', await this.#pools.ensureDomain(userPoolId, signal));
    return { userPoolId, clientId };
  }

  async #ensureGroup({ userPoolId }: PoolClient, group: string, signal: AbortSignal): Promise<'made' | 'found'> {
    try {
      await this.#call({ action: 'cognito-idp:CreateGroup', resource: group }, signal, (options) =>
        this.#cognito.send(new CreateGroupCommand({ UserPoolId: userPoolId, GroupName: group }), options),
      );
      return 'made';
    } catch (error) {
      if (isRefusal(error, 'GroupExistsException')) {
        return 'found';
      }
      throw error;
    }
  }

  async #ensureWorkteam(
    { userPoolId, clientId }: PoolClient,
    { name, description }: PrivateTeamRequest,
    signal: AbortSignal,
  ): Promise<[PrivateTeam, 'made' | 'found']> {
    const existing = (await this.list(signal)).find((team) => team.name === name);
    if (existing) {
      return [existing, 'found'];
    }
    const command = new CreateWorkteamCommand({
      WorkteamName: name,
      Description: description,
      MemberDefinitions: [{ CognitoMemberDefinition: { UserPool: userPoolId, UserGroup: name, ClientId: clientId } }],
    });
    await this.#call({ action: 'sagemaker:CreateWorkteam', resource: name }, signal, (options) =>
      this.#sageMaker.send(command, options),
    );
    const { Workteam } = await this.#call({ action: 'sagemaker:DescribeWorkteam', resource: name }, signal, (options) =>
      this.#sageMaker.send(new DescribeWorkteamCommand({ WorkteamName: name }), options),
    );
    return [
      this.#toTeam(Workteam ?? { WorkteamName: name, MemberDefinitions: [], WorkteamArn: '', Description: '' }),
      'made',
    ];
  }

  async #ensureMembers(
    { userPoolId }: PoolClient,
    { name: group, emails }: PrivateTeamRequest,
    signal: AbortSignal,
  ): Promise<'made' | 'found'> {
    let outcome: 'made' | 'found' = 'found';
    for (const email of emails) {
      if (await this.#ensureUser(userPoolId, email, { isInvited: true }, signal)) {
        outcome = 'made';
      }
      await this.#addToGroup({ userPoolId, group, email }, signal);
    }
    return outcome;
  }

  async #addToGroup(
    { userPoolId, group, email }: { readonly userPoolId: string; readonly group: string; readonly email: string },
    signal: AbortSignal,
  ): Promise<void> {
    const command = new AdminAddUserToGroupCommand({ UserPoolId: userPoolId, Username: email, GroupName: group });
    await this.#call({ action: 'cognito-idp:AdminAddUserToGroup', resource: email }, signal, (options) =>
      this.#cognito.send(command, options),
    );
  }

  /** Cognito mails the invitation with the temporary password. Resolves to whether there was no such user. */
  async #ensureUser(
    userPoolId: string,
    email: string,
    { isInvited }: { readonly isInvited: boolean },
    signal: AbortSignal,
  ): Promise<boolean> {
    const command = new AdminCreateUserCommand({
      UserPoolId: userPoolId,
      Username: email,
      UserAttributes: [
        { Name: 'email', Value: email },
        { Name: 'email_verified', Value: 'true' },
      ],
      ...(isInvited ? { DesiredDeliveryMediums: ['EMAIL'] } : { MessageAction: 'SUPPRESS' }),
    });
    try {
      await this.#call({ action: 'cognito-idp:AdminCreateUser', resource: email }, signal, (options) =>
        this.#cognito.send(command, options),
      );
      return true;
    } catch (error) {
      if (isRefusal(error, 'UsernameExistsException')) {
        return false;
      }
      throw error;
    }
  }

  async #deletePool(userPoolId: string, signal: AbortSignal): Promise<void> {
    await ignoring(['ResourceNotFoundException'], async () => {
      const { UserPool } = await this.#call(
        { action: 'cognito-idp:DescribeUserPool', resource: userPoolId },
        signal,
        (options) => this.#cognito.send(new DescribeUserPoolCommand({ UserPoolId: userPoolId }), options),
      );
      if (UserPool?.Domain !== undefined) {
        const command = new DeleteUserPoolDomainCommand({ UserPoolId: userPoolId, Domain: UserPool.Domain });
        await this.#call({ action: 'cognito-idp:DeleteUserPoolDomain', resource: userPoolId }, signal, (options) =>
          this.#cognito.send(command, options),
        );
      }
      await this.#call({ action: 'cognito-idp:DeleteUserPool', resource: userPoolId }, signal, (options) =>
        this.#cognito.send(new DeleteUserPoolCommand({ UserPoolId: userPoolId }), options),
      );
    });
  }

  #toTeam(team: Workteam): PrivateTeam {
    const group = team.MemberDefinitions?.[0]?.CognitoMemberDefinition;
    const portalUrl = this.#portalUrl ?? (team.SubDomain === undefined ? undefined : `https://${team.SubDomain}`);
    return {
      name: team.WorkteamName ?? '',
      arn: team.WorkteamArn ?? '',
      description: team.Description ?? '',
      ...(team.CreateDate && { createdAt: team.CreateDate }),
      ...(portalUrl !== undefined && { portalUrl }),
      ...(group?.UserPool !== undefined && { userPoolId: group.UserPool }),
      ...(group?.UserGroup !== undefined && { userGroup: group.UserGroup }),
      ...(group?.ClientId !== undefined && { clientId: group.ClientId }),
    };
  }
}

function toMember({ Username = '', Attributes = [], UserStatus, Enabled = true }: UserType): TeamMember {
  const attribute = (name: string) => Attributes.find(({ Name }) => Name === name)?.Value;
  return {
    email: attribute('email') ?? Username,
    sub: attribute('sub') ?? '',
    status: UserStatus ?? '',
    isEnabled: Enabled,
  };
}

/** What is gone already needs no deleting. */
async function ignoring(names: readonly string[], run: () => Promise<unknown>): Promise<void> {
  try {
    await run();
  } catch (error) {
    if (!isRefusal(error, ...names)) {
      throw error;
    }
  }
}
