import type { JsonObject } from '../../core/json.js';
import { ServiceError } from '../http/serviceError.js';
import { query, rowExists, run } from '../records.js';
import { inTransaction } from '../store/database.js';
import { deleteTags } from '../tagRecords.js';
import type { Operations } from './requests.js';
import { invalid, listedPage, type SageMakerDependencies, sortedBy } from './responses.js';
import { putTags } from './tags.js';
import {
  addWorkforce,
  existingWorkforce,
  settingsOf,
  workforceArn,
  type WorkforceRow,
  workforceSettings,
} from './workforces.js';

type WorkforceOperation =
  'CreateWorkforce' | 'DescribeWorkforce' | 'ListWorkforces' | 'UpdateWorkforce' | 'DeleteWorkforce';

/** What AWS does in the course of a minute, such as making a workforce, is done at once. */
export function workforceOperations(dependencies: SageMakerDependencies): Operations<WorkforceOperation> {
  const { database, clock } = dependencies;
  const described = (row: WorkforceRow): JsonObject => describedWorkforce(row, dependencies);

  return {
    CreateWorkforce(request) {
      if ((request.CognitoConfig === undefined) === (request.OidcConfig === undefined)) {
        throw invalid('A workforce must have exactly one of CognitoConfig and OidcConfig.');
      }
      const arn = workforceArn(request.WorkforceName, dependencies);
      inTransaction(database, () => {
        addWorkforce(dependencies, request.WorkforceName, settingsOf(request));
        putTags(database, arn, request.Tags ?? []);
      });
      return { WorkforceArn: arn };
    },

    DescribeWorkforce({ WorkforceName: name }) {
      return { Workforce: described(existingWorkforce(database, name)) };
    },

    ListWorkforces(request) {
      const rows = query<WorkforceRow>(database, 'SELECT * FROM workforces').all();
      const wanted = rows.filter(({ name }) => name.includes(request.NameContains ?? ''));
      const ordered = sortedBy(wanted, request, {
        Name: (row) => row.name,
        CreateDate: (row) => row.created_at,
      });
      const page = listedPage('ListWorkforces', ordered, request);
      return { Workforces: page.items.map(described), NextToken: page.nextToken };
    },

    UpdateWorkforce(request) {
      const row = existingWorkforce(database, request.WorkforceName);
      const old = workforceSettings(row);
      if (request.OidcConfig !== undefined && old.OidcConfig === undefined) {
        throw invalid(`The workforce ${row.name} signs in with Amazon Cognito: it cannot get an OidcConfig.`);
      }
      if (request.OidcConfig !== undefined && hasTeams(row, dependencies)) {
        throw invalid(
          `The workforce ${row.name} has work teams: delete them before you change its OidcConfig, and make them again.`,
        );
      }
      const settings = JSON.stringify({ ...old, ...settingsOf(request) });
      const now = clock.now().getTime();
      run(database, 'UPDATE workforces SET settings = ?, modified_at = ? WHERE name = ?', settings, now, row.name);
      return { Workforce: described({ ...row, settings, modified_at: now }) };
    },

    DeleteWorkforce({ WorkforceName: requested }) {
      const row = existingWorkforce(database, requested);
      if (hasTeams(row, dependencies)) {
        throw new ServiceError(
          'ResourceInUse',
          `The workforce ${row.name} has work teams. Delete them before you delete the workforce.`,
        );
      }
      inTransaction(database, () => {
        run(database, 'DELETE FROM workforces WHERE name = ?', row.name);
        deleteTags(database, workforceArn(row.name, dependencies));
      });
      return {};
    },
  };
}

function hasTeams({ name }: WorkforceRow, { database }: SageMakerDependencies): boolean {
  return rowExists(database, 'SELECT 1 FROM workteams WHERE workforce = ?', name);
}

function describedWorkforce(row: WorkforceRow, dependencies: SageMakerDependencies): JsonObject {
  const { OidcConfig: oidc, WorkforceVpcConfig: vpc, ...settings } = workforceSettings(row);
  const { ClientSecret: _secret, ...shownOidc } = oidc ?? {};
  return {
    WorkforceName: row.name,
    WorkforceArn: workforceArn(row.name, dependencies),
    LastUpdatedDate: row.modified_at / 1_000,
    SourceIpConfig: { Cidrs: [] },
    SubDomain: row.subdomain,
    CreateDate: row.created_at / 1_000,
    Status: 'Active',
    ...settings,
    ...(oidc !== undefined && { OidcConfig: shownOidc }),
    // An empty one takes the old one away.
    ...(vpc?.VpcId !== undefined && { WorkforceVpcConfig: vpc }),
  };
}
