import {
  CreateGroupCommand,
  DeleteGroupCommand,
  type CognitoIdentityProviderClient,
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
import type {
  Invitees,
  MemberWithPassword,
  OnMember,
  OnTeamStep,
  PrivateTeam,
  PrivateTeamRequest,
  PrivateTeams,
  StepOutcome,
  TeamMember,
} from '../core/ports.js';
import { CognitoMembers } from './cognitoMembers.js';
import { CognitoUserPools, type PoolClient } from './cognitoUserPools.js';
import { ignoring, isRefusal, type AwsCaller } from './errors.js';
import type { pause } from './pause.js';
import { SageMakerWorkforces } from './sageMakerWorkforces.js';

export interface CognitoPrivateTeamsOptions {
  readonly cognito: CognitoIdentityProviderClient;
  /** The same, but it never asks twice. */
  readonly cognitoOnce: CognitoIdentityProviderClient;
  readonly sageMaker: SageMakerClient;
  readonly call: AwsCaller;
  readonly wait: typeof pause;
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
  readonly #members: CognitoMembers;
  readonly #workforces: SageMakerWorkforces;

  constructor({ cognito, cognitoOnce, sageMaker, call, wait, portalUrl }: CognitoPrivateTeamsOptions) {
    this.#cognito = cognito;
    this.#sageMaker = sageMaker;
    this.#call = call;
    this.#portalUrl = portalUrl;
    this.#pools = new CognitoUserPools({ client: cognito, clientOnce: cognitoOnce, call, wait });
    this.#members = new CognitoMembers(cognito, call);
    this.#workforces = new SageMakerWorkforces(sageMaker, call, wait);
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

  async create(request: PrivateTeamRequest, onStep: OnTeamStep, signal: AbortSignal): Promise<PrivateTeam> {
    const pool = await this.#poolForTeam(onStep, signal);
    onStep('group', await this.#ensureGroup(pool, request.name, signal));
    onStep('workforce', await this.#workforces.ensure(pool, signal));
    const [team, workteam] = await this.#ensureWorkteam(pool, request, signal);
    onStep('workteam', workteam);
    onStep(
      'invitation',
      await this.#pools.ensureInvitation(pool, { ...request, portalUrl: team.portalUrl ?? '' }, signal),
    );
    const outcomes: StepOutcome[] = [];
    const group = { userPoolId: pool.userPoolId, userGroup: request.name, ...team };
    await this.invite({ team: group, emails: request.emails }, (_, outcome) => outcomes.push(outcome), signal);
    onStep('members', outcomes.includes('made') ? 'made' : 'found');
    return team;
  }

  async members(team: PrivateTeam, signal: AbortSignal): Promise<readonly TeamMember[]> {
    return this.#members.list(team, signal);
  }

  async invite(invitees: Invitees, onMember: OnMember, signal: AbortSignal): Promise<void> {
    return this.#members.invite(invitees, onMember, signal);
  }

  async addMember(team: PrivateTeam, member: MemberWithPassword, signal: AbortSignal): Promise<void> {
    return this.#members.add(team, member, signal);
  }

  async removeMember(team: PrivateTeam, member: TeamMember, signal: AbortSignal): Promise<void> {
    return this.#members.remove(team, member, signal);
  }

  async resendInvitation(team: PrivateTeam, member: TeamMember, signal: AbortSignal): Promise<void> {
    return this.#members.resendInvitation(team, member, signal);
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
      await this.#pools.delete(userPoolId, signal);
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
    // One that somebody else has made meanwhile would be described, too: they asked for the same.
    await ignoring(['ResourceInUse'], () =>
      this.#call({ action: 'sagemaker:CreateWorkteam', resource: name }, signal, (options) =>
        this.#sageMaker.send(command, options),
      ),
    );
    const { Workteam } = await this.#call({ action: 'sagemaker:DescribeWorkteam', resource: name }, signal, (options) =>
      this.#sageMaker.send(new DescribeWorkteamCommand({ WorkteamName: name }), options),
    );
    return [
      this.#toTeam(Workteam ?? { WorkteamName: name, MemberDefinitions: [], WorkteamArn: '', Description: '' }),
      'made',
    ];
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
