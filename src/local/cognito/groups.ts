import type { DatabaseSync } from 'node:sqlite';
import type { JsonObject } from '../../core/json.js';
import { ServiceError } from '../http/serviceError.js';
import type { JsonOperation } from '../http/services.js';
import { query, rowExists, run } from '../records.js';
import { cognitoFields, type CognitoDependencies, epochSeconds, notFound, pageAsked, userPoolId } from './requests.js';
import { existingPool } from './userPools.js';

export interface GroupRow {
  readonly pool_id: string;
  readonly name: string;
  readonly settings: string;
  readonly created_at: number;
  readonly modified_at: number;
}

export function groupOperations({ database, clock }: CognitoDependencies): Record<string, JsonOperation> {
  const requested = (input: JsonObject): GroupRow => existingGroup(database, userPoolId(input), groupName(input));

  return {
    CreateGroup(input) {
      const pool = existingPool(database, userPoolId(input));
      const name = groupName(input);
      if (groupExists(database, pool.id, name)) {
        throw new ServiceError('GroupExistsException', 'A group with the name already exists.');
      }
      const now = clock.now().getTime();
      const row = {
        pool_id: pool.id,
        name,
        settings: JSON.stringify(settingsOf(input)),
        created_at: now,
        modified_at: now,
      };
      run(
        database,
        'INSERT INTO user_groups (pool_id, name, settings, created_at, modified_at) VALUES (?, ?, ?, ?, ?)',
        row.pool_id,
        row.name,
        row.settings,
        row.created_at,
        row.modified_at,
      );
      return { Group: describedGroup(row) };
    },

    GetGroup: (input) => ({ Group: describedGroup(requested(input)) }),

    UpdateGroup(input) {
      const row = requested(input);
      const settings = { ...(JSON.parse(row.settings) as JsonObject), ...settingsOf(input) };
      const updated = { ...row, settings: JSON.stringify(settings), modified_at: clock.now().getTime() };
      run(
        database,
        'UPDATE user_groups SET settings = ?, modified_at = ? WHERE pool_id = ? AND name = ?',
        updated.settings,
        updated.modified_at,
        row.pool_id,
        row.name,
      );
      return { Group: describedGroup(updated) };
    },

    DeleteGroup(input) {
      const row = requested(input);
      run(database, 'DELETE FROM user_groups WHERE pool_id = ? AND name = ?', row.pool_id, row.name);
      return undefined;
    },

    ListGroups(input) {
      const pool = existingPool(database, userPoolId(input));
      const rows = query<GroupRow>(database, 'SELECT * FROM user_groups WHERE pool_id = ? ORDER BY name').all(pool.id);
      const page = pageAsked(rows, input);
      return { Groups: page.items.map(describedGroup), NextToken: page.nextToken };
    },
  };
}

export function groupName(input: JsonObject): string {
  return cognitoFields(input).text('GroupName', { min: 1, max: 128, pattern: /^[\p{L}\p{M}\p{S}\p{N}\p{P}]+$/u });
}

export function groupExists(database: DatabaseSync, poolId: string, name: string): boolean {
  return rowExists(database, 'SELECT 1 FROM user_groups WHERE pool_id = ? AND name = ?', poolId, name);
}

export function existingGroup(database: DatabaseSync, poolId: string, name: string): GroupRow {
  const pool = existingPool(database, poolId);
  const row = query<GroupRow>(database, 'SELECT * FROM user_groups WHERE pool_id = ? AND name = ?').one(pool.id, name);
  if (row === undefined) {
    throw notFound('Group not found.');
  }
  return row;
}

export function describedGroup(row: GroupRow): JsonObject {
  return {
    GroupName: row.name,
    UserPoolId: row.pool_id,
    LastModifiedDate: epochSeconds(row.modified_at),
    CreationDate: epochSeconds(row.created_at),
    ...(JSON.parse(row.settings) as JsonObject),
  };
}

function settingsOf({ Description, RoleArn, Precedence }: JsonObject): JsonObject {
  return {
    ...(Description !== undefined && { Description }),
    ...(RoleArn !== undefined && { RoleArn }),
    ...(Precedence !== undefined && { Precedence }),
  };
}
