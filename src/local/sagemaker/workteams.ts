import type { DatabaseSync } from 'node:sqlite';
import type { JsonObject } from '../../core/json.js';
import { groupExists } from '../cognito/groups.js';
import { ServiceError } from '../http/serviceError.js';
import type { JsonOperation } from '../http/services.js';
import { query, rowExists, run } from '../records.js';
import { inTransaction } from '../store/database.js';
import type { CognitoMember, CreateWorkteam, MemberDefinition } from './requests.js';
import { listedPage, type SageMakerDependencies, sortedBy } from './responses.js';
import { deleteTags, putTags } from './tags.js';
import { validated } from './validation.js';
import { addWorkforce, cognitoPool, existingWorkforce, soleWorkforce, workforceArn } from './workforces.js';

interface WorkteamRow {
  readonly name: string;
  readonly workforce: string;
  readonly settings: string;
  readonly created_at: number;
  readonly modified_at: number;
}

type Settings = Pick<
  CreateWorkteam,
  'MemberDefinitions' | 'Description' | 'NotificationConfiguration' | 'WorkerAccessConfiguration'
>;

const maximumTeams = 25;

/** How AWS names the workforce that the first team of an account makes. */
const implicitWorkforceName = 'default';

export function workteamOperations(dependencies: SageMakerDependencies): Record<string, JsonOperation> {
  const { database, clock } = dependencies;
  const described = (row: WorkteamRow): JsonObject => describedWorkteam(row, dependencies);

  return {
    CreateWorkteam(input) {
      const request = validated('CreateWorkteamRequest', input);
      const name = request.WorkteamName;
      const arn = workteamArn(name, dependencies);
      inTransaction(database, () => {
        if (rowExists(database, 'SELECT 1 FROM workteams WHERE name = ?', name)) {
          throw new ServiceError('ResourceInUse', `Workteam with name ${name} already exists.`);
        }
        if (query(database, 'SELECT 1 FROM workteams').all().length >= maximumTeams) {
          throw new ServiceError(
            'ResourceLimitExceeded',
            `An account can have at most ${maximumTeams} work teams in a region.`,
          );
        }
        const workforce = workforceFor(request, dependencies);
        const now = clock.now().getTime();
        run(
          database,
          'INSERT INTO workteams (name, workforce, settings, created_at, modified_at) VALUES (?, ?, ?, ?, ?)',
          name,
          workforce,
          JSON.stringify(settingsOf(request)),
          now,
          now,
        );
        putTags(database, arn, request.Tags ?? []);
      });
      return { WorkteamArn: arn };
    },

    DescribeWorkteam(input) {
      const { WorkteamName: name } = validated('DescribeWorkteamRequest', input);
      return { Workteam: described(existingWorkteam(database, name)) };
    },

    ListWorkteams(input) {
      const request = validated('ListWorkteamsRequest', input);
      const rows = query<WorkteamRow>(database, 'SELECT * FROM workteams').all();
      const wanted = rows.filter(({ name }) => name.includes(request.NameContains ?? ''));
      const ordered = sortedBy(wanted, request, {
        Name: (row) => row.name,
        CreateDate: (row) => row.created_at,
      });
      const page = listedPage(ordered, request);
      return { Workteams: page.items.map(described), NextToken: page.nextToken };
    },

    UpdateWorkteam(input) {
      const request = validated('UpdateWorkteamRequest', input);
      const updated = inTransaction(database, () => {
        const row = existingWorkteam(database, request.WorkteamName);
        if (request.MemberDefinitions !== undefined) {
          checkMembers(cognitoMembers(request.MemberDefinitions), existingWorkforce(database, row.workforce), database);
        }
        const settings = { ...(JSON.parse(row.settings) as Settings), ...settingsOf(request) };
        const changed = { ...row, settings: JSON.stringify(settings), modified_at: clock.now().getTime() };
        run(
          database,
          'UPDATE workteams SET settings = ?, modified_at = ? WHERE name = ?',
          changed.settings,
          changed.modified_at,
          row.name,
        );
        return changed;
      });
      return { Workteam: described(updated) };
    },

    DeleteWorkteam(input) {
      const { WorkteamName: requested } = validated('DeleteWorkteamRequest', input);
      const { name } = existingWorkteam(database, requested);
      inTransaction(database, () => {
        run(database, 'DELETE FROM workteams WHERE name = ?', name);
        deleteTags(database, workteamArn(name, dependencies));
      });
      return { Success: true };
    },
  };
}

export function workteamArn(name: string, { identity }: SageMakerDependencies): string {
  return `arn:aws:sagemaker:${identity.region}:${identity.accountId}:workteam/private-crowd/${name}`;
}

/** The groups whose members the team has; none where the team was deleted. */
export function teamGroups(database: DatabaseSync, team: string): readonly CognitoMember[] {
  const row = query<WorkteamRow>(database, 'SELECT * FROM workteams WHERE name = ?').one(team);
  return row === undefined ? [] : cognitoMembers((JSON.parse(row.settings) as Settings).MemberDefinitions);
}

function existingWorkteam(database: DatabaseSync, name: string): WorkteamRow {
  const row = query<WorkteamRow>(database, 'SELECT * FROM workteams WHERE name = ?').one(name);
  if (row === undefined) {
    throw new ServiceError('ValidationException', `The work team ${name} does not exist.`);
  }
  return row;
}

/** The name of the workforce that the team belongs to; the first team of an account makes it. */
function workforceFor(request: CreateWorkteam, dependencies: SageMakerDependencies): string {
  const { database } = dependencies;
  const members = cognitoMembers(request.MemberDefinitions);
  const [first] = members;
  if (first === undefined) {
    throw new ServiceError('ValidationException', 'A work team must have a CognitoMemberDefinition.');
  }
  const existing =
    request.WorkforceName === undefined ? soleWorkforce(database) : existingWorkforce(database, request.WorkforceName);
  const workforce = existing ?? addWorkforce(dependencies, { name: implicitWorkforceName, pool: poolOf(first) });
  checkMembers(members, workforce, database);
  return workforce.name;
}

function checkMembers(
  members: readonly CognitoMember[],
  workforce: ReturnType<typeof existingWorkforce>,
  database: DatabaseSync,
): void {
  const pool = cognitoPool(workforce);
  for (const member of members) {
    if (member.UserPool !== pool.UserPool || member.ClientId !== pool.ClientId) {
      throw new ServiceError(
        'ValidationException',
        `All members must use the user pool and client of the workforce ${workforce.name}: ${pool.UserPool}, ${pool.ClientId}.`,
      );
    }
    if (!groupExists(database, member.UserPool, member.UserGroup)) {
      throw new ServiceError(
        'ValidationException',
        `The user group ${member.UserGroup} does not exist in the user pool ${member.UserPool}.`,
      );
    }
  }
}

function cognitoMembers(definitions: readonly MemberDefinition[]): readonly CognitoMember[] {
  return definitions.map(({ CognitoMemberDefinition: member }) => {
    if (member === undefined) {
      throw new ServiceError(
        'ValidationException',
        'Local Ground Truth has private workforces with Amazon Cognito only: CognitoMemberDefinition is required.',
      );
    }
    return member;
  });
}

function poolOf({ UserPool, ClientId }: CognitoMember): { UserPool: string; ClientId: string } {
  return { UserPool, ClientId };
}

function settingsOf(request: Partial<CreateWorkteam>): Partial<Settings> {
  const { MemberDefinitions, Description, NotificationConfiguration, WorkerAccessConfiguration } = request;
  return {
    ...(MemberDefinitions !== undefined && { MemberDefinitions }),
    ...(Description !== undefined && { Description }),
    ...(NotificationConfiguration !== undefined && { NotificationConfiguration }),
    ...(WorkerAccessConfiguration !== undefined && { WorkerAccessConfiguration }),
  };
}

function describedWorkteam(row: WorkteamRow, dependencies: SageMakerDependencies): JsonObject {
  const workforce = existingWorkforce(dependencies.database, row.workforce);
  return {
    WorkteamName: row.name,
    WorkteamArn: workteamArn(row.name, dependencies),
    WorkforceArn: workforceArn(workforce.name, dependencies),
    SubDomain: workforce.subdomain,
    CreateDate: row.created_at / 1_000,
    LastUpdatedDate: row.modified_at / 1_000,
    ...(JSON.parse(row.settings) as JsonObject),
  };
}
