import type { DatabaseSync } from 'node:sqlite';
import type { JsonObject, JsonValue } from '../../core/json.js';
import { findClient, redirectClient } from '../cognito/userPoolClients.js';
import { domainOf } from '../cognito/userPools.js';
import { ServiceError } from '../http/serviceError.js';
import type { JsonOperation } from '../http/services.js';
import { alphabets, randomText } from '../identifiers.js';
import { query, rowExists, run } from '../records.js';
import { inTransaction } from '../store/database.js';
import type { CreateWorkforce } from './requests.js';
import { listedPage, type SageMakerDependencies, sortedBy } from './responses.js';
import { deleteTags, putTags } from './tags.js';
import { validated } from './validation.js';

export interface WorkforceRow {
  readonly name: string;
  readonly subdomain: string;
  readonly settings: string;
  readonly created_at: number;
  readonly modified_at: number;
}

type Settings = Omit<CreateWorkforce, 'WorkforceName' | 'Tags'>;

export function workforceOperations(dependencies: SageMakerDependencies): Record<string, JsonOperation> {
  const { database, clock } = dependencies;
  const described = (row: WorkforceRow): JsonObject => describedWorkforce(row, dependencies);

  return {
    CreateWorkforce(input) {
      const request = validated('CreateWorkforceRequest', input);
      if (request.OidcConfig !== undefined || request.CognitoConfig === undefined) {
        throw new ServiceError(
          'ValidationException',
          'Local Ground Truth has private workforces with Amazon Cognito only: CognitoConfig is required.',
        );
      }
      const { CognitoConfig: pool } = request;
      const row = inTransaction(database, () => {
        const created = addWorkforce(dependencies, { name: request.WorkforceName, pool, request });
        putTags(database, workforceArn(created.name, dependencies), request.Tags ?? []);
        return created;
      });
      return { WorkforceArn: workforceArn(row.name, dependencies) };
    },

    DescribeWorkforce(input) {
      const { WorkforceName: name } = validated('DescribeWorkforceRequest', input);
      return { Workforce: described(existingWorkforce(database, name)) };
    },

    ListWorkforces(input) {
      const request = validated('ListWorkforcesRequest', input);
      const rows = query<WorkforceRow>(database, 'SELECT * FROM workforces').all();
      const wanted = rows.filter(({ name }) => name.includes(request.NameContains ?? ''));
      const ordered = sortedBy(wanted, request, {
        Name: (row) => row.name,
        CreateDate: (row) => row.created_at,
      });
      const page = listedPage(ordered, request);
      return { Workforces: page.items.map(described), NextToken: page.nextToken };
    },

    UpdateWorkforce(input) {
      const request = validated('UpdateWorkforceRequest', input);
      const row = existingWorkforce(database, request.WorkforceName);
      if (request.OidcConfig !== undefined) {
        throw new ServiceError('ValidationException', 'A workforce with Amazon Cognito cannot change to OIDC.');
      }
      const settings = { ...(JSON.parse(row.settings) as Settings), ...settingsOf(request) };
      const updated = { ...row, settings: JSON.stringify(settings), modified_at: clock.now().getTime() };
      run(
        database,
        'UPDATE workforces SET settings = ?, modified_at = ? WHERE name = ?',
        updated.settings,
        updated.modified_at,
        row.name,
      );
      return { Workforce: described(updated) };
    },

    DeleteWorkforce(input) {
      const { WorkforceName: requested } = validated('DeleteWorkforceRequest', input);
      const { name } = existingWorkforce(database, requested);
      if (rowExists(database, 'SELECT 1 FROM workteams WHERE workforce = ?', name)) {
        throw new ServiceError(
          'ResourceInUse',
          `The workforce ${name} has work teams. Delete them before you delete the workforce.`,
        );
      }
      inTransaction(database, () => {
        run(database, 'DELETE FROM workforces WHERE name = ?', name);
        deleteTags(database, workforceArn(name, dependencies));
      });
      return {};
    },
  };
}

/** The one workforce that an account has in a region. */
export function soleWorkforce(database: DatabaseSync): WorkforceRow | undefined {
  return query<WorkforceRow>(database, 'SELECT * FROM workforces').one();
}

export function existingWorkforce(database: DatabaseSync, name: string): WorkforceRow {
  const row = query<WorkforceRow>(database, 'SELECT * FROM workforces WHERE name = ?').one(name);
  if (row === undefined) {
    throw new ServiceError('ValidationException', `No workforce found with the name ${name}.`);
  }
  return row;
}

export function workforceArn(name: string, { identity }: SageMakerDependencies): string {
  return `arn:aws:sagemaker:${identity.region}:${identity.accountId}:workforce/${name}`;
}

export function cognitoPool(row: WorkforceRow): { readonly UserPool: string; readonly ClientId: string } {
  const { CognitoConfig: pool } = JSON.parse(row.settings) as Settings;
  if (pool === undefined) {
    throw new Error(`The workforce "${row.name}" has no user pool.`);
  }
  return pool;
}

/** Runs in its caller's transaction: what it checks and what it writes belong together. */
export function addWorkforce(
  { database, clock, identity }: SageMakerDependencies,
  {
    name,
    pool,
    request,
  }: {
    readonly name: string;
    readonly pool: { readonly UserPool: string; readonly ClientId: string };
    readonly request?: CreateWorkforce;
  },
): WorkforceRow {
  const other = soleWorkforce(database);
  if (other !== undefined) {
    throw new ServiceError(
      'ValidationException',
      `Cannot create more than one workforce in an account and region: the workforce ${other.name} exists.`,
    );
  }
  const client = findClient(database, pool.UserPool, pool.ClientId);
  if (client === undefined) {
    throw new ServiceError(
      'ValidationException',
      `The user pool ${pool.UserPool} or its client ${pool.ClientId} does not exist.`,
    );
  }
  if (client.secret === null) {
    throw new ServiceError('ValidationException', `The user pool client ${client.id} must have a client secret.`);
  }
  if (domainOf(database, pool.UserPool).Domain === undefined) {
    throw new ServiceError('ValidationException', `The user pool ${pool.UserPool} must have a domain.`);
  }
  const now = clock.now();
  const row: WorkforceRow = {
    name,
    subdomain: `${randomText(10, alphabets.digitsAndLowerCase)}.labeling.${identity.region}.sagemaker.aws`,
    settings: JSON.stringify({ CognitoConfig: pool, ...settingsOf(request ?? {}) }),
    created_at: now.getTime(),
    modified_at: now.getTime(),
  };
  run(
    database,
    'INSERT INTO workforces (name, subdomain, settings, created_at, modified_at) VALUES (?, ?, ?, ?, ?)',
    row.name,
    row.subdomain,
    row.settings,
    row.created_at,
    row.modified_at,
  );
  redirectClient(database, client, { portal: `https://${row.subdomain}`, now });
  return row;
}

function settingsOf(request: Partial<CreateWorkforce>): Settings {
  const { SourceIpConfig, WorkforceVpcConfig, IpAddressType } = request;
  return {
    ...(SourceIpConfig !== undefined && { SourceIpConfig }),
    ...(WorkforceVpcConfig !== undefined && { WorkforceVpcConfig }),
    ...(IpAddressType !== undefined && { IpAddressType }),
  };
}

function describedWorkforce(row: WorkforceRow, dependencies: SageMakerDependencies): JsonObject {
  return {
    WorkforceName: row.name,
    WorkforceArn: workforceArn(row.name, dependencies),
    LastUpdatedDate: row.modified_at / 1_000,
    SourceIpConfig: { Cidrs: [] },
    SubDomain: row.subdomain,
    CreateDate: row.created_at / 1_000,
    Status: 'Active',
    ...(JSON.parse(row.settings) as Readonly<Record<string, JsonValue>>),
  };
}
