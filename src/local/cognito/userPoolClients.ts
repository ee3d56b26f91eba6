import type { DatabaseSync } from 'node:sqlite';
import type { JsonObject } from '../../core/json.js';
import type { JsonOperation } from '../http/services.js';
import { alphabets, randomText } from '../identifiers.js';
import { query, rowExists, run } from '../records.js';
import {
  cognitoFields,
  type CognitoDependencies,
  epochSeconds,
  invalidParameter,
  notFound,
  pageAsked,
  userPoolId,
} from './requests.js';
import { domainOf, existingPool } from './userPools.js';

interface ClientRow {
  readonly id: string;
  readonly pool_id: string;
  readonly name: string;
  readonly secret: string | null;
  readonly settings: string;
  readonly created_at: number;
  readonly modified_at: number;
}

const clientNames = { min: 1, max: 128, pattern: /^[\w\s+=,.@-]+$/u };
const domains = { min: 1, max: 63, pattern: /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/u };

export function userPoolClientOperations({
  database,
  identity,
  clock,
}: CognitoDependencies): Record<string, JsonOperation> {
  const requested = (input: JsonObject): ClientRow =>
    existingClient(database, userPoolId(input), cognitoFields(input).text('ClientId', { min: 1, max: 128 }));

  return {
    CreateUserPoolClient(input) {
      const pool = existingPool(database, userPoolId(input));
      const row: ClientRow = {
        id: randomText(26, alphabets.digitsAndLowerCase),
        pool_id: pool.id,
        name: cognitoFields(input).text('ClientName', clientNames),
        secret: input['GenerateSecret'] === true ? randomText(52, alphabets.digitsAndLowerCase) : null,
        settings: JSON.stringify(settingsOf(input)),
        created_at: clock.now().getTime(),
        modified_at: clock.now().getTime(),
      };
      run(
        database,
        `INSERT INTO user_pool_clients (id, pool_id, name, secret, settings, created_at, modified_at)
         VALUES (?, ?, ?, ?, ?, ?, ?)`,
        row.id,
        row.pool_id,
        row.name,
        row.secret,
        row.settings,
        row.created_at,
        row.modified_at,
      );
      return { UserPoolClient: described(row) };
    },

    DescribeUserPoolClient: (input) => ({ UserPoolClient: described(requested(input)) }),

    UpdateUserPoolClient(input) {
      const row = requested(input);
      const updated: ClientRow = {
        ...row,
        name: cognitoFields(input).optionalText('ClientName', clientNames) ?? row.name,
        settings: JSON.stringify(settingsOf(input)),
        modified_at: clock.now().getTime(),
      };
      run(
        database,
        'UPDATE user_pool_clients SET name = ?, settings = ?, modified_at = ? WHERE id = ?',
        updated.name,
        updated.settings,
        updated.modified_at,
        row.id,
      );
      return { UserPoolClient: described(updated) };
    },

    DeleteUserPoolClient(input) {
      run(database, 'DELETE FROM user_pool_clients WHERE id = ?', requested(input).id);
      return undefined;
    },

    ListUserPoolClients(input) {
      const pool = existingPool(database, userPoolId(input));
      const rows = query<ClientRow>(
        database,
        'SELECT * FROM user_pool_clients WHERE pool_id = ? ORDER BY created_at, id',
      ).all(pool.id);
      const page = pageAsked(rows, input, 'MaxResults');
      return {
        UserPoolClients: page.items.map((row) => ({
          UserPoolId: row.pool_id,
          ClientName: row.name,
          ClientId: row.id,
        })),
        NextToken: page.nextToken,
      };
    },

    CreateUserPoolDomain(input) {
      const pool = existingPool(database, userPoolId(input));
      const domain = cognitoFields(input).text('Domain', domains);
      if (domainOf(database, pool.id).Domain !== undefined) {
        throw invalidParameter('User pool already has a domain configured.');
      }
      if (rowExists(database, 'SELECT 1 FROM user_pool_domains WHERE domain = ?', domain)) {
        throw invalidParameter('Domain already associated with another user pool.');
      }
      run(database, 'INSERT INTO user_pool_domains (domain, pool_id) VALUES (?, ?)', domain, pool.id);
      return {};
    },

    DescribeUserPoolDomain(input) {
      const domain = cognitoFields(input).text('Domain', domains);
      const row = query<{ readonly pool_id: string }>(
        database,
        'SELECT pool_id FROM user_pool_domains WHERE domain = ?',
      ).one(domain);
      const description = {
        UserPoolId: row?.pool_id,
        AWSAccountId: identity.accountId,
        Domain: domain,
        Status: 'ACTIVE',
        CustomDomainConfig: {},
      };
      return { DomainDescription: row === undefined ? {} : description };
    },

    DeleteUserPoolDomain(input) {
      const pool = existingPool(database, userPoolId(input));
      const domain = cognitoFields(input).text('Domain', domains);
      if (run(database, 'DELETE FROM user_pool_domains WHERE domain = ? AND pool_id = ?', domain, pool.id) === 0) {
        throw invalidParameter('No such domain or user pool exists.');
      }
      return {};
    },
  };
}

export function findClient(database: DatabaseSync, poolId: string, clientId: string): ClientRow | undefined {
  return query<ClientRow>(database, 'SELECT * FROM user_pool_clients WHERE pool_id = ? AND id = ?').one(
    poolId,
    clientId,
  );
}

/** What Ground Truth does to the client of a new workforce: sign-in comes back to the labeling portal. */
export function redirectClient(
  database: DatabaseSync,
  client: { readonly id: string; readonly settings: string },
  { portal, now }: { readonly portal: string; readonly now: Date },
): void {
  const settings = {
    ...(JSON.parse(client.settings) as JsonObject),
    CallbackURLs: [portal, `${portal}/oauth2/idpresponse`],
    LogoutURLs: [`${portal}/logout`],
  };
  run(
    database,
    'UPDATE user_pool_clients SET settings = ?, modified_at = ? WHERE id = ?',
    JSON.stringify(settings),
    now.getTime(),
    client.id,
  );
}

function existingClient(database: DatabaseSync, poolId: string, clientId: string): ClientRow {
  existingPool(database, poolId);
  const row = findClient(database, poolId, clientId);
  if (row === undefined) {
    throw notFound(`User pool client ${clientId} does not exist.`);
  }
  return row;
}

function settingsOf(input: JsonObject): JsonObject {
  const { UserPoolId: _pool, ClientName: _name, ClientId: _id, GenerateSecret: _secret, ...settings } = input;
  return settings;
}

function described(row: ClientRow): JsonObject {
  return {
    UserPoolId: row.pool_id,
    ClientName: row.name,
    ClientId: row.id,
    ...(row.secret !== null && { ClientSecret: row.secret }),
    CreationDate: epochSeconds(row.created_at),
    LastModifiedDate: epochSeconds(row.modified_at),
    RefreshTokenValidity: 30,
    AllowedOAuthFlowsUserPoolClient: false,
    ...(JSON.parse(row.settings) as JsonObject),
  };
}
