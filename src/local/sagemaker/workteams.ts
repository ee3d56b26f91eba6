import type { DatabaseSync } from 'node:sqlite';
import { query } from '../records.js';
import type { CognitoMember, RequestOf } from './requests.js';
import { type SageMakerDependencies, sageMakerArn } from './responses.js';
import { cognitoMembers } from './workteamMembers.js';

export interface WorkteamRow {
  readonly name: string;
  readonly workforce: string;
  /** `WorkteamSettings` as JSON. */
  readonly settings: string;
  readonly created_at: number;
  readonly modified_at: number;
}

export type WorkteamSettings = Pick<
  RequestOf<'CreateWorkteam'>,
  'MemberDefinitions' | 'Description' | 'NotificationConfiguration' | 'WorkerAccessConfiguration'
>;

export function findWorkteam(database: DatabaseSync, name: string): WorkteamRow | undefined {
  return query<WorkteamRow>(database, 'SELECT * FROM workteams WHERE name = ?').one(name);
}

export function workteamArn(name: string, dependencies: SageMakerDependencies): string {
  return sageMakerArn(`workteam/private-crowd/${name}`, dependencies);
}

/** `undefined` for the ARN of anything but a private team of this account and region. */
export function teamByArn(arn: string, dependencies: SageMakerDependencies): WorkteamRow | undefined {
  const row = findWorkteam(dependencies.database, arn.slice(arn.lastIndexOf('/') + 1));
  return row !== undefined && workteamArn(row.name, dependencies) === arn ? row : undefined;
}

/** The groups of user pools whose members the team has; none where the team was deleted. */
export function teamGroups(database: DatabaseSync, team: string): readonly CognitoMember[] {
  const row = findWorkteam(database, team);
  return row === undefined ? [] : cognitoMembers((JSON.parse(row.settings) as WorkteamSettings).MemberDefinitions);
}
