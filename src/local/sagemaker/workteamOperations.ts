import type { JsonObject } from '../../core/json.js';
import { ServiceError } from '../http/serviceError.js';
import { query, rowExists, run } from '../records.js';
import { inTransaction } from '../store/database.js';
import { deleteTags } from '../tagRecords.js';
import type { CognitoPool, Operations } from './requests.js';
import { invalid, listedPage, type SageMakerDependencies, sortedBy } from './responses.js';
import { putTags } from './tags.js';
import { addWorkforce, existingWorkforce, soleWorkforce, workforceArn } from './workforces.js';
import { checkMembers, cognitoMembers } from './workteamMembers.js';
import { findWorkteam, workteamArn, type WorkteamRow, type WorkteamSettings } from './workteams.js';

type WorkteamOperation = 'CreateWorkteam' | 'DescribeWorkteam' | 'ListWorkteams' | 'UpdateWorkteam' | 'DeleteWorkteam';

const mostTeams = 25;

/** How AWS names the workforce that the first team of an account makes. */
const implicitWorkforceName = 'default';

export function workteamOperations(dependencies: SageMakerDependencies): Operations<WorkteamOperation> {
  const { database, clock } = dependencies;
  const described = (row: WorkteamRow): JsonObject => describedWorkteam(row, dependencies);

  return {
    CreateWorkteam(request) {
      const { WorkteamName: name, WorkforceName: workforceName, MemberDefinitions: members } = request;
      const arn = workteamArn(name, dependencies);
      inTransaction(database, () => {
        if (rowExists(database, 'SELECT 1 FROM workteams WHERE name = ?', name)) {
          throw new ServiceError('ResourceInUse', `Workteam with name ${name} already exists.`);
        }
        if (query(database, 'SELECT 1 FROM workteams').all().length >= mostTeams) {
          throw new ServiceError(
            'ResourceLimitExceeded',
            `An account can have at most ${mostTeams} work teams in a region.`,
          );
        }
        const workforce =
          (workforceName === undefined ? soleWorkforce(database) : existingWorkforce(database, workforceName)) ??
          addWorkforce(dependencies, implicitWorkforceName, poolOfFirst(members));
        checkMembers(members, workforce, database);
        const now = clock.now().getTime();
        run(
          database,
          'INSERT INTO workteams (name, workforce, settings, created_at, modified_at) VALUES (?, ?, ?, ?, ?)',
          name,
          workforce.name,
          JSON.stringify(settingsOf(request)),
          now,
          now,
        );
        putTags(database, arn, request.Tags ?? []);
      });
      return { WorkteamArn: arn };
    },

    DescribeWorkteam({ WorkteamName: name }) {
      return { Workteam: described(existingWorkteam(name, dependencies)) };
    },

    ListWorkteams(request) {
      const rows = query<WorkteamRow>(database, 'SELECT * FROM workteams').all();
      const wanted = rows.filter(({ name }) => name.includes(request.NameContains ?? ''));
      const ordered = sortedBy(wanted, request, {
        Name: (row) => row.name,
        CreateDate: (row) => row.created_at,
      });
      const page = listedPage('ListWorkteams', ordered, request);
      return { Workteams: page.items.map(described), NextToken: page.nextToken };
    },

    UpdateWorkteam(request) {
      const updated = inTransaction(database, () => {
        const row = existingWorkteam(request.WorkteamName, dependencies);
        if (request.MemberDefinitions !== undefined) {
          checkMembers(request.MemberDefinitions, existingWorkforce(database, row.workforce), database);
        }
        const settings = JSON.stringify({ ...(JSON.parse(row.settings) as WorkteamSettings), ...settingsOf(request) });
        const now = clock.now().getTime();
        run(database, 'UPDATE workteams SET settings = ?, modified_at = ? WHERE name = ?', settings, now, row.name);
        return { ...row, settings, modified_at: now };
      });
      return { Workteam: described(updated) };
    },

    DeleteWorkteam({ WorkteamName: requested }) {
      const { name } = existingWorkteam(requested, dependencies);
      inTransaction(database, () => {
        run(database, 'DELETE FROM workteams WHERE name = ?', name);
        deleteTags(database, workteamArn(name, dependencies));
      });
      return { Success: true };
    },
  };
}

function existingWorkteam(name: string, { database }: SageMakerDependencies): WorkteamRow {
  const row = findWorkteam(database, name);
  if (row === undefined) {
    throw invalid(`The work team ${name} does not exist.`);
  }
  return row;
}

/** The first team of an account makes the workforce, over the user pool of its members. */
function poolOfFirst(members: WorkteamSettings['MemberDefinitions']): { CognitoConfig: CognitoPool } {
  const [first] = cognitoMembers(members);
  if (first === undefined) {
    throw invalid('There is no workforce with an OidcConfig yet: create it before its teams.');
  }
  return { CognitoConfig: { UserPool: first.UserPool, ClientId: first.ClientId } };
}

function settingsOf(request: Partial<WorkteamSettings>): Partial<WorkteamSettings> {
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
    ...(JSON.parse(row.settings) as WorkteamSettings),
  };
}
