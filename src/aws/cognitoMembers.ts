import {
  AdminAddUserToGroupCommand,
  AdminCreateUserCommand,
  AdminRemoveUserFromGroupCommand,
  AdminSetUserPasswordCommand,
  ListUsersInGroupCommand,
  type CognitoIdentityProviderClient,
  type UserType,
} from '@aws-sdk/client-cognito-identity-provider';
import type { Invitees, MemberWithPassword, OnMember } from '../core/lab/invitees.js';
import type { PrivateTeam, TeamMember } from '../core/ports.js';
import { type AwsCaller, isRefusal, wasRepeated } from './errors.js';

/** Who is in a private team: the users of its Cognito group. */
export class CognitoMembers {
  readonly #client: CognitoIdentityProviderClient;
  readonly #call: AwsCaller;

  constructor(client: CognitoIdentityProviderClient, call: AwsCaller) {
    this.#client = client;
    this.#call = call;
  }

  async list({ userPoolId, userGroup }: PrivateTeam, signal: AbortSignal): Promise<readonly TeamMember[]> {
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
        (options) => this.#client.send(command, options),
      );
      members.push(...(page.Users ?? []).map(toMember));
      token = page.NextToken;
    } while (token !== undefined);
    return members;
  }

  async invite({ team, emails }: Invitees, onMember: OnMember, signal: AbortSignal): Promise<void> {
    for (const email of emails) {
      const isNew = await this.#ensureUser(team, email, { isInvited: true }, signal);
      await this.#addToGroup(team, email, signal);
      onMember(email, isNew ? 'made' : 'found');
    }
  }

  async add(team: PrivateTeam, { email, password }: MemberWithPassword, signal: AbortSignal): Promise<void> {
    await this.#ensureUser(team, email, { isInvited: false }, signal);
    const command = new AdminSetUserPasswordCommand({
      UserPoolId: team.userPoolId,
      Username: email,
      Password: password,
      Permanent: true,
    });
    await this.#call({ action: 'cognito-idp:AdminSetUserPassword', resource: email }, signal, (options) =>
      this.#client.send(command, options),
    );
    await this.#addToGroup(team, email, signal);
  }

  async remove(
    { name, userPoolId, userGroup = name }: PrivateTeam,
    { email }: TeamMember,
    signal: AbortSignal,
  ): Promise<void> {
    const command = new AdminRemoveUserFromGroupCommand({
      UserPoolId: userPoolId,
      Username: email,
      GroupName: userGroup,
    });
    await this.#call({ action: 'cognito-idp:AdminRemoveUserFromGroup', resource: email }, signal, (options) =>
      this.#client.send(command, options),
    );
  }

  async resendInvitation({ userPoolId }: PrivateTeam, { email }: TeamMember, signal: AbortSignal): Promise<void> {
    const command = new AdminCreateUserCommand({ UserPoolId: userPoolId, Username: email, MessageAction: 'RESEND' });
    await this.#call({ action: 'cognito-idp:AdminCreateUser', resource: email }, signal, (options) =>
      this.#client.send(command, options),
    );
  }

  async #addToGroup(
    { name, userPoolId, userGroup = name }: PrivateTeam,
    email: string,
    signal: AbortSignal,
  ): Promise<void> {
    const command = new AdminAddUserToGroupCommand({ UserPoolId: userPoolId, Username: email, GroupName: userGroup });
    await this.#call({ action: 'cognito-idp:AdminAddUserToGroup', resource: email }, signal, (options) =>
      this.#client.send(command, options),
    );
  }

  /** Cognito mails the invitation with the temporary password. Resolves to whether there was no such user. */
  async #ensureUser(
    { userPoolId }: PrivateTeam,
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
        this.#client.send(command, options),
      );
      return true;
    } catch (error) {
      if (isRefusal(error, 'UsernameExistsException')) {
        return wasRepeated(error);
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
