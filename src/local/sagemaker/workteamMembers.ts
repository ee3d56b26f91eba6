import type { DatabaseSync } from 'node:sqlite';
import { groupExists } from '../cognito/groups.js';
import type { CognitoMember, MemberDefinition } from './requests.js';
import { invalid } from './responses.js';
import { type WorkforceRow, workforceSettings } from './workforces.js';

/** Members come from where the workforce signs in: from groups of its user pool, or of its identity provider. */
export function checkMembers(
  members: readonly MemberDefinition[],
  workforce: WorkforceRow,
  database: DatabaseSync,
): void {
  for (const { CognitoMemberDefinition: cognito, OidcMemberDefinition: oidc } of members) {
    if ((cognito === undefined) === (oidc === undefined)) {
      throw invalid('A MemberDefinition must have exactly one of CognitoMemberDefinition and OidcMemberDefinition.');
    }
    if (oidc !== undefined && oidc.Groups === undefined) {
      throw invalid('An OidcMemberDefinition must have Groups.');
    }
  }
  const { CognitoConfig: pool } = workforceSettings(workforce);
  const ofPool = cognitoMembers(members);
  if (ofPool.length !== (pool === undefined ? 0 : members.length)) {
    const kind = pool === undefined ? 'OidcMemberDefinition' : 'CognitoMemberDefinition';
    throw invalid(`The teams of the workforce ${workforce.name} have members by ${kind} only.`);
  }
  for (const member of ofPool) {
    if (member.UserPool !== pool?.UserPool || member.ClientId !== pool.ClientId) {
      throw invalid(
        `All members must use the user pool and client of the workforce ${workforce.name}: ${pool?.UserPool}, ${pool?.ClientId}.`,
      );
    }
    if (!groupExists(database, member.UserPool, member.UserGroup)) {
      throw invalid(`The user group ${member.UserGroup} does not exist in the user pool ${member.UserPool}.`);
    }
  }
}

export function cognitoMembers(members: readonly MemberDefinition[]): readonly CognitoMember[] {
  return members.flatMap(({ CognitoMemberDefinition: member }) => member ?? []);
}
