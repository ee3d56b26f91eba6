import type { DatabaseSync } from 'node:sqlite';
import type { JsonObject } from '../../core/json.js';
import type { JsonOperation } from '../http/services.js';
import { query, run } from '../records.js';
import { type CognitoDependencies, pageAsked, userPoolId } from './requests.js';
import { describedGroup, existingGroup, groupName, type GroupRow } from './groups.js';
import { existingPool } from './userPools.js';
import { describedUser, existingUser, type UserRow } from './userRecords.js';
import { username } from './users.js';

export function membershipOperations({ database }: CognitoDependencies): Record<string, JsonOperation> {
  const requested = (input: JsonObject): readonly [string, string, string] => {
    const user = existingUser(database, existingPool(database, userPoolId(input)), username(input));
    const group = existingGroup(database, user.pool_id, groupName(input));
    return [group.pool_id, group.name, user.username];
  };

  return {
    AdminAddUserToGroup(input) {
      const keys = requested(input);
      run(database, 'INSERT OR IGNORE INTO group_members (pool_id, group_name, username) VALUES (?, ?, ?)', ...keys);
      return undefined;
    },

    AdminRemoveUserFromGroup(input) {
      const keys = requested(input);
      run(database, 'DELETE FROM group_members WHERE pool_id = ? AND group_name = ? AND username = ?', ...keys);
      return undefined;
    },

    ListUsersInGroup(input) {
      const group = existingGroup(database, userPoolId(input), groupName(input));
      const page = pageAsked(membersOf(database, group.pool_id, group.name), input);
      return { Users: page.items.map((row) => describedUser(row, 'Attributes')), NextToken: page.nextToken };
    },

    AdminListGroupsForUser(input) {
      const user = existingUser(database, existingPool(database, userPoolId(input)), username(input));
      const rows = query<GroupRow>(
        database,
        `SELECT user_groups.* FROM user_groups JOIN group_members
           ON group_members.pool_id = user_groups.pool_id AND group_members.group_name = user_groups.name
         WHERE user_groups.pool_id = ? AND username = ? ORDER BY name`,
      ).all(user.pool_id, user.username);
      const page = pageAsked(rows, input);
      return { Groups: page.items.map(describedGroup), NextToken: page.nextToken };
    },
  };
}

function membersOf(database: DatabaseSync, poolId: string, group: string): readonly UserRow[] {
  return query<UserRow>(
    database,
    `SELECT users.* FROM users JOIN group_members USING (pool_id, username)
     WHERE pool_id = ? AND group_name = ? ORDER BY users.created_at, username`,
  ).all(poolId, group);
}
