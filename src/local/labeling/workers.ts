import { createHash } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import type { Identity } from '../http/services.js';
import { query, rowExists } from '../records.js';
import { teamGroups } from '../sagemaker/workteams.js';

/** A member of a private workforce, signed in. */
export interface Worker {
  readonly sub: string;
  readonly poolId: string;
  readonly username: string;
}

/** The same in every file of every job; it does not tell who the worker is. */
export function workerId(sub: string, { region }: Identity): string {
  return `private.${region}.${createHash('sha256').update(sub).digest('hex').slice(0, 16)}`;
}

/** Whether there is anybody with that `workerId`. */
export function isWorker(database: DatabaseSync, id: string, identity: Identity): boolean {
  const users = query<{ readonly sub: string }>(database, 'SELECT sub FROM users').all();
  return users.some(({ sub }) => workerId(sub, identity) === id);
}

export function isTeamMember(database: DatabaseSync, team: string, worker: Worker): boolean {
  return teamGroups(database, team).some(
    ({ UserPool, UserGroup }) =>
      UserPool === worker.poolId &&
      rowExists(
        database,
        'SELECT 1 FROM group_members WHERE pool_id = ? AND group_name = ? AND username = ?',
        UserPool,
        UserGroup,
        worker.username,
      ),
  );
}
