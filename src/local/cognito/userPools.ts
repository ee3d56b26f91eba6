import type { DatabaseSync } from 'node:sqlite';
import type { JsonObject, JsonValue } from '../../core/json.js';
import type { Identity, JsonOperation } from '../http/services.js';
import { alphabets, randomText } from '../identifiers.js';
import { query, run } from '../records.js';
import { checkedPoolTags, type PoolTags } from './poolTags.js';
import {
  cognitoFields,
  type CognitoDependencies,
  epochSeconds,
  invalidParameter,
  notFound,
  pageAsked,
  userPoolId,
} from './requests.js';

interface PoolRow {
  readonly id: string;
  readonly name: string;
  readonly settings: string;
  readonly created_at: number;
  readonly modified_at: number;
}

/** What this server reads of a pool's settings; the rest is kept and echoed. */
interface PoolSettings {
  readonly Policies?: {
    readonly PasswordPolicy?: {
      readonly MinimumLength?: number;
      readonly RequireUppercase?: boolean;
      readonly RequireLowercase?: boolean;
      readonly RequireNumbers?: boolean;
      readonly RequireSymbols?: boolean;
      readonly TemporaryPasswordValidityDays?: number;
    };
  };
  readonly AdminCreateUserConfig?: {
    readonly UnusedAccountValidityDays?: number;
    readonly InviteMessageTemplate?: { readonly EmailMessage?: string; readonly EmailSubject?: string };
  };
  readonly UsernameAttributes?: readonly string[];
  readonly AliasAttributes?: readonly string[];
  readonly UserPoolTags?: PoolTags;
}

export interface UserPool {
  readonly id: string;
  readonly settings: PoolSettings;
}

const defaultPasswordPolicy = {
  MinimumLength: 8,
  RequireUppercase: false,
  RequireLowercase: false,
  RequireNumbers: false,
  RequireSymbols: false,
  TemporaryPasswordValidityDays: 7,
};

// Fixed when a pool is made: UpdateUserPool neither takes nor resets them.
const lastingSettings = ['UsernameAttributes', 'AliasAttributes', 'UsernameConfiguration', 'SchemaAttributes'];

export function userPoolOperations({ database, identity, clock }: CognitoDependencies): Record<string, JsonOperation> {
  const described = (row: PoolRow): JsonObject => ({
    Id: row.id,
    Name: row.name,
    Arn: userPoolArn(row.id, identity),
    CreationDate: epochSeconds(row.created_at),
    LastModifiedDate: epochSeconds(row.modified_at),
    EstimatedNumberOfUsers: query(database, 'SELECT 1 FROM users WHERE pool_id = ?').all(row.id).length,
    Policies: { PasswordPolicy: defaultPasswordPolicy },
    MfaConfiguration: 'OFF',
    ...domainOf(database, row.id),
    ...(JSON.parse(row.settings) as JsonObject),
  });

  return {
    CreateUserPool(input) {
      const name = cognitoFields(input).text('PoolName', { min: 1, max: 128, pattern: /^[\w\s+=,.@-]+$/u });
      checkInvitation(input);
      checkTags(input);
      const row: PoolRow = {
        id: `${identity.region}_${randomText(9, alphabets.digitsAndLetters)}`,
        name,
        settings: JSON.stringify(settingsOf(input)),
        created_at: clock.now().getTime(),
        modified_at: clock.now().getTime(),
      };
      run(
        database,
        'INSERT INTO user_pools (id, name, settings, created_at, modified_at) VALUES (?, ?, ?, ?, ?)',
        row.id,
        row.name,
        row.settings,
        row.created_at,
        row.modified_at,
      );
      return { UserPool: described(row) };
    },

    DescribeUserPool: (input) => ({ UserPool: described(existingRow(database, userPoolId(input))) }),

    // What a request leaves out goes back to its default, as on AWS.
    UpdateUserPool(input) {
      const row = existingRow(database, userPoolId(input));
      checkInvitation(input);
      checkTags(input);
      const before = JSON.parse(row.settings) as JsonObject;
      const lasting = Object.fromEntries(
        lastingSettings.filter((name) => before[name] !== undefined).map((name) => [name, before[name]]),
      );
      run(
        database,
        'UPDATE user_pools SET settings = ?, modified_at = ? WHERE id = ?',
        JSON.stringify({ ...settingsOf(input), ...lasting }),
        clock.now().getTime(),
        row.id,
      );
      return {};
    },

    DeleteUserPool(input) {
      const { id } = existingRow(database, userPoolId(input));
      if (domainOf(database, id).Domain !== undefined) {
        throw invalidParameter('User pool cannot be deleted. It has a domain configured that should be deleted first.');
      }
      run(database, 'DELETE FROM user_pools WHERE id = ?', id);
      return undefined;
    },

    ListUserPools(input) {
      const rows = query<PoolRow>(database, 'SELECT * FROM user_pools ORDER BY created_at, id').all();
      const page = pageAsked(rows, input, 'MaxResults');
      return {
        UserPools: page.items.map((row) => ({
          Id: row.id,
          Name: row.name,
          LambdaConfig: {},
          CreationDate: epochSeconds(row.created_at),
          LastModifiedDate: epochSeconds(row.modified_at),
        })),
        NextToken: page.nextToken,
      };
    },
  };
}

export function userPoolArn(id: string, { region, accountId }: Identity): string {
  return `arn:aws:cognito-idp:${region}:${accountId}:userpool/${id}`;
}

export function putPoolTags(database: DatabaseSync, id: string, tags: PoolTags): void {
  const settings = { ...(JSON.parse(existingRow(database, id).settings) as JsonObject), UserPoolTags: tags };
  run(database, 'UPDATE user_pools SET settings = ? WHERE id = ?', JSON.stringify(settings), id);
}

export function existingPool(database: DatabaseSync, id: string): UserPool {
  return { id, settings: JSON.parse(existingRow(database, id).settings) as PoolSettings };
}

export function domainOf(database: DatabaseSync, poolId: string): { readonly Domain?: string } {
  const row = query<{ readonly domain: string }>(
    database,
    'SELECT domain FROM user_pool_domains WHERE pool_id = ?',
  ).one(poolId);
  return row === undefined ? {} : { Domain: row.domain };
}

function existingRow(database: DatabaseSync, id: string): PoolRow {
  const row = query<PoolRow>(database, 'SELECT * FROM user_pools WHERE id = ?').one(id);
  if (row === undefined) {
    throw notFound(`User pool ${id} does not exist.`);
  }
  return row;
}

function settingsOf(input: JsonObject): Record<string, JsonValue | undefined> {
  const { PoolName: _name, UserPoolId: _id, Schema: schema, ...settings } = input;
  return schema === undefined ? settings : { ...settings, SchemaAttributes: schema };
}

function checkInvitation(input: JsonObject): void {
  const { EmailMessage: text } = (input as PoolSettings).AdminCreateUserConfig?.InviteMessageTemplate ?? {};
  if (text !== undefined && !(text.includes('{username}') && text.includes('{####}'))) {
    throw invalidParameter('The invitation message must contain the placeholders {username} and {####}.');
  }
}

function checkTags({ UserPoolTags: tags }: JsonObject): void {
  if (tags !== undefined) {
    checkedPoolTags(tags);
  }
}
