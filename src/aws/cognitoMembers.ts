import {
  AdminAddUserToGroupCommand,
  AdminCreateUserCommand,
  AdminSetUserPasswordCommand,
  ListUsersInGroupCommand,
  type CognitoIdentityProviderClient,
  type UserType,
} from '@aws-sdk/client-cognito-identity-provider';
import type { PrivateTeam, PrivateTeamRequest, TeamMember } from '../core/ports.js';
import type { PoolClient } from './cognitoUserPools.js';
import { isRefusal, type AwsCaller } from './errors.js';

/** The members of private teams: users of the workforce's pool, in the group of their team. */
export class CognitoMembers {
  readonly #cognito: CognitoIdentityProviderClient;
  readonly #call: AwsCaller;

  constructor(cognito: CognitoIdentityProviderClient, call: AwsCaller) {
    this.#cognito = cognito;
    this.#call = call;
  }

  async list(team: PrivateTeam, signal: AbortSignal): Promise<readonly TeamMember[]> {
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

  /** Invites those who have no user yet, and puts all of them into the team's group. */
  async ensure(
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

  /** Somebody who gets no mail and has their password at once. */
  async add(
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
