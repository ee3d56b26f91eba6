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
import { keeping, type LabKeeper } from '../core/lab/labKeeper.js';
import type { LabResource } from '../core/lab/labResources.js';
import type { Tags } from '../core/lab/labTags.js';
import type { UserPool, Workforce } from '../core/lab/workforce.js';
import type { Invitees, MemberWithPassword, OnMember } from '../core/lab/invitees.js';
import type {
  PrivateTeam,
  PrivateTeamRequest,
  PrivateTeams,
  StepOutcome,
  TeamMember,
  TeamWatcher,
} from '../core/ports.js';
import { CognitoMembers } from './cognitoMembers.js';
import { CognitoUserPools, type PoolClient } from './cognitoUserPools.js';
import { ignoring, isRefusal, type AwsCaller } from './errors.js';
import type { pause } from './pause.js';
import { SageMakerWorkforces } from './sageMakerWorkforces.js';
import { madeWithTags, tagList } from './tags.js';

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

  async create(
    request: PrivateTeamRequest,
    { onStep, keeper }: TeamWatcher,
    signal: AbortSignal,
  ): Promise<PrivateTeam> {
    const pool = await this.#poolForTeam({ onStep, keeper }, signal);
    const existing = (await this.list(signal)).find(({ name }) => name === request.name);
    const resource: LabResource = { kind: 'team', name: request.name, userPoolId: pool.userPoolId };
    const ensureGroup = () => this.#ensureGroup(pool, request.name, signal);
    // A group without its team must be known, too.
    onStep('group', await (existing ? ensureGroup() : keeping(keeper, resource, ensureGroup)));
    onStep('workforce', await this.#workforces.ensure(pool, keeper, signal));
    const team = existing ?? (await this.#makeWorkteam(pool, request, keeper, signal));
    onStep('workteam', existing ? 'found' : 'made');
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

  async delete(team: Pick<PrivateTeam, 'name' | 'userPoolId' | 'userGroup'>, signal: AbortSignal): Promise<void> {
    await this.#deleteWorkteam(team.name, signal);
    const { userPoolId, userGroup } = team;
    if (userPoolId !== undefined && userGroup !== undefined) {
      await ignoring(['ResourceNotFoundException'], () =>
        this.#call({ action: 'cognito-idp:DeleteGroup', resource: userGroup }, signal, (options) =>
          this.#cognito.send(new DeleteGroupCommand({ UserPoolId: userPoolId, GroupName: userGroup }), options),
        ),
      );
    }
  }

  async #deleteWorkteam(name: string, signal: AbortSignal): Promise<void> {
    const action = { action: 'sagemaker:DeleteWorkteam', resource: name };
    try {
      const { Success: isDeleted } = await this.#call(action, signal, (options) =>
        this.#sageMaker.send(new DeleteWorkteamCommand({ WorkteamName: name }), options),
      );
      if (isDeleted === false) {
        throw new Failure('aws.refused', { action: action.action, name: 'NotDeleted', reason: 'AWS gives no reason.' });
      }
    } catch (error) {
      // Of one that is gone SageMaker says what it says of much else (reference §1.2).
      const isGone =
        isRefusal(error, 'ValidationException', 'ResourceNotFound') &&
        (await this.list(signal)).every((team) => team.name !== name);
      if (!isGone) {
        throw error;
      }
    }
  }

  async workforce(signal: AbortSignal): Promise<Workforce | undefined> {
    const workforce = await this.#workforces.find(signal);
    return workforce && { name: workforce.name, ...(workforce.pool && { userPoolId: workforce.pool.userPoolId }) };
  }

  async deleteWorkforce(signal: AbortSignal): Promise<void> {
    const workforce = await this.#workforces.find(signal);
    if (workforce) {
      await this.#workforces.delete(workforce.name, signal);
    }
  }

  async userPool(signal: AbortSignal): Promise<UserPool | undefined> {
    const id = await this.#pools.find(signal);
    return id === undefined ? undefined : { id, tags: await this.#pools.tagsOf(id, signal) };
  }

  async deleteUserPool(id: string, signal: AbortSignal): Promise<void> {
    await this.#pools.delete(id, signal);
  }

  /** The workforce's own pool where there is a workforce: an account has one in a region, and no second. */
  async #poolForTeam({ onStep, keeper }: TeamWatcher, signal: AbortSignal): Promise<PoolClient> {
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
    const [userPoolId, pool] = await this.#pools.ensurePool(keeper, signal);
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

  async #makeWorkteam(
    pool: PoolClient,
    request: PrivateTeamRequest,
    keeper: LabKeeper,
    signal: AbortSignal,
  ): Promise<PrivateTeam> {
    const { name } = request;
    const { denied } = await madeWithTags({
      tags: keeper.tags,
      action: 'sagemaker:AddTags',
      make: (tags) => this.#workforces.onceUsable(() => this.#createWorkteam(pool, request, tags, signal), signal),
    });
    await keeper.made({ kind: 'team', name, userPoolId: pool.userPoolId }, denied);
    const { Workteam } = await this.#call({ action: 'sagemaker:DescribeWorkteam', resource: name }, signal, (options) =>
      this.#sageMaker.send(new DescribeWorkteamCommand({ WorkteamName: name }), options),
    );
    return this.#toTeam(Workteam ?? { WorkteamName: name, MemberDefinitions: [], WorkteamArn: '', Description: '' });
  }

  async #createWorkteam(
    { userPoolId, clientId }: PoolClient,
    { name, description }: PrivateTeamRequest,
    tags: Tags,
    signal: AbortSignal,
  ): Promise<void> {
    const command = new CreateWorkteamCommand({
      WorkteamName: name,
      Description: description,
      MemberDefinitions: [{ CognitoMemberDefinition: { UserPool: userPoolId, UserGroup: name, ClientId: clientId } }],
      Tags: tagList(tags),
    });
    // One that somebody else has made meanwhile would be described, too: they asked for the same.
    await ignoring(['ResourceInUse'], () =>
      this.#call({ action: 'sagemaker:CreateWorkteam', resource: name }, signal, (options) =>
        this.#sageMaker.send(command, options),
      ),
    );
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
