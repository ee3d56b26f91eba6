import type { DatabaseSync } from 'node:sqlite';
import { findClient, redirectClient } from '../cognito/userPoolClients.js';
import { domainOf } from '../cognito/userPools.js';
import { alphabets, randomText } from '../identifiers.js';
import { query, run } from '../records.js';
import type { CognitoPool, RequestOf } from './requests.js';
import { invalid, type SageMakerDependencies, sageMakerArn } from './responses.js';

export interface WorkforceRow {
  readonly name: string;
  readonly subdomain: string;
  /** `WorkforceSettings` as JSON. */
  readonly settings: string;
  readonly created_at: number;
  readonly modified_at: number;
}

export type WorkforceSettings = Omit<RequestOf<'CreateWorkforce'>, 'WorkforceName' | 'Tags'>;

const mostCidrs = 10;

/** The one workforce that an account has in a region. */
export function soleWorkforce(database: DatabaseSync): WorkforceRow | undefined {
  return query<WorkforceRow>(database, 'SELECT * FROM workforces').one();
}

export function existingWorkforce(database: DatabaseSync, name: string): WorkforceRow {
  const row = query<WorkforceRow>(database, 'SELECT * FROM workforces WHERE name = ?').one(name);
  if (row === undefined) {
    throw invalid(`No workforce found with the name ${name}.`);
  }
  return row;
}

export function workforceArn(name: string, dependencies: SageMakerDependencies): string {
  return sageMakerArn(`workforce/${name}`, dependencies);
}

export function workforceSettings(row: WorkforceRow): WorkforceSettings {
  return JSON.parse(row.settings) as WorkforceSettings;
}

/** What its members sign in with. Throws where that is an identity provider of somebody's own. */
export function cognitoPool(row: WorkforceRow): CognitoPool {
  const { CognitoConfig: pool } = workforceSettings(row);
  if (pool === undefined) {
    throw invalid(
      `The workforce ${row.name} signs in with an OpenID Connect provider. Local Ground Truth knows the members of user pools only.`,
    );
  }
  return pool;
}

/** What a request says of a workforce, checked for what its shapes do not say. */
export function settingsOf(request: Partial<WorkforceSettings>): WorkforceSettings {
  const { CognitoConfig, OidcConfig, SourceIpConfig, WorkforceVpcConfig, IpAddressType } = request;
  if ((SourceIpConfig?.Cidrs.length ?? 0) > mostCidrs) {
    throw invalid(`A SourceIpConfig can have at most ${mostCidrs} Cidrs.`);
  }
  const { VpcId, SecurityGroupIds, Subnets } = WorkforceVpcConfig ?? {};
  const given = [VpcId, SecurityGroupIds, Subnets].filter((part) => part !== undefined).length;
  if (given > 0 && given < 3) {
    throw invalid('A WorkforceVpcConfig must have a VpcId, SecurityGroupIds and Subnets, or none of them.');
  }
  return {
    ...(CognitoConfig !== undefined && { CognitoConfig }),
    ...(OidcConfig !== undefined && { OidcConfig }),
    ...(SourceIpConfig !== undefined && { SourceIpConfig }),
    ...(WorkforceVpcConfig !== undefined && { WorkforceVpcConfig }),
    ...(IpAddressType !== undefined && { IpAddressType }),
  };
}

/** Runs in its caller's transaction: what it checks and what it writes belong together. */
export function addWorkforce(
  { database, clock, identity }: SageMakerDependencies,
  name: string,
  settings: WorkforceSettings,
): WorkforceRow {
  const other = soleWorkforce(database);
  if (other !== undefined) {
    throw invalid(
      `Cannot create more than one workforce in an account and region: the workforce ${other.name} exists.`,
    );
  }
  const client = settings.CognitoConfig === undefined ? undefined : usableClient(database, settings.CognitoConfig);
  const now = clock.now();
  const row: WorkforceRow = {
    name,
    subdomain: `${randomText(10, alphabets.digitsAndLowerCase)}.labeling.${identity.region}.sagemaker.aws`,
    settings: JSON.stringify(settings),
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
  if (client !== undefined) {
    redirectClient(database, client, { portal: `https://${row.subdomain}`, now });
  }
  return row;
}

/** Ground Truth takes a client with a secret, of a pool that has a domain. */
function usableClient(database: DatabaseSync, pool: CognitoPool): ReturnType<typeof findClient> {
  const client = findClient(database, pool.UserPool, pool.ClientId);
  if (client === undefined) {
    throw invalid(`The user pool ${pool.UserPool} or its client ${pool.ClientId} does not exist.`);
  }
  if (client.secret === null) {
    throw invalid(`The user pool client ${client.id} must have a client secret.`);
  }
  if (domainOf(database, pool.UserPool).Domain === undefined) {
    throw invalid(`The user pool ${pool.UserPool} must have a domain.`);
  }
  return client;
}
