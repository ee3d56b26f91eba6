import type { DatabaseSync } from 'node:sqlite';
import type { JsonObject, JsonValue } from '../../core/json.js';
import { ServiceError } from '../http/serviceError.js';
import { endSessions } from '../portal/sessionEnds.js';
import { query, run } from '../records.js';
import { epochSeconds } from './requests.js';
import type { UserPool } from './userPools.js';

export interface UserRow {
  readonly pool_id: string;
  readonly username: string;
  readonly sub: string;
  readonly email: string | null;
  readonly attributes: string;
  readonly is_enabled: number;
  readonly status: 'FORCE_CHANGE_PASSWORD' | 'CONFIRMED';
  readonly password: string;
  readonly password_expires_at: number | null;
  readonly created_at: number;
  readonly modified_at: number;
}

export interface Attribute {
  readonly Name: string;
  readonly Value: string;
}

export interface NewUser {
  readonly username: string;
  /** What the user types to sign in. */
  readonly login: string;
  readonly sub: string;
  readonly email?: string;
  readonly attributes: readonly Attribute[];
  readonly temporaryPassword: string;
}

/** By user name, or by the address where the pool lets people sign in with it. The case counts, as in Cognito. */
export function findUser(database: DatabaseSync, pool: UserPool, login: string): UserRow | undefined {
  return (
    query<UserRow>(database, 'SELECT * FROM users WHERE pool_id = ? AND username = ?').one(pool.id, login) ??
    (signsInWithEmail(pool)
      ? query<UserRow>(database, 'SELECT * FROM users WHERE pool_id = ? AND email = ?').one(pool.id, login)
      : undefined)
  );
}

export function existingUser(database: DatabaseSync, pool: UserPool, login: string): UserRow {
  const row = findUser(database, pool, login);
  if (row === undefined) {
    throw new ServiceError('UserNotFoundException', 'User does not exist.');
  }
  return row;
}

/** Without `expiresAt` the password is the user's own from now on. Whoever was signed in with the old one is out. */
export function setPassword(
  database: DatabaseSync,
  change: {
    readonly pool: UserPool;
    readonly username: string;
    readonly hash: string;
    readonly now: Date;
    readonly expiresAt?: number;
  },
): void {
  run(
    database,
    `UPDATE users SET password = ?, password_expires_at = ?, status = ?, modified_at = ?
     WHERE pool_id = ? AND username = ?`,
    change.hash,
    change.expiresAt ?? null,
    change.expiresAt === undefined ? 'CONFIRMED' : 'FORCE_CHANGE_PASSWORD',
    change.now.getTime(),
    change.pool.id,
    change.username,
  );
  const user = query<Pick<UserRow, 'sub'>>(database, 'SELECT sub FROM users WHERE pool_id = ? AND username = ?').one(
    change.pool.id,
    change.username,
  );
  if (user !== undefined) {
    endSessions(database, user.sub, 'passwordChanged');
  }
}

export function describedUser(row: UserRow, attributesName: 'Attributes' | 'UserAttributes'): JsonObject {
  return {
    Username: row.username,
    [attributesName]: JSON.parse(row.attributes) as JsonValue,
    UserCreateDate: epochSeconds(row.created_at),
    UserLastModifiedDate: epochSeconds(row.modified_at),
    Enabled: row.is_enabled === 1,
    UserStatus: row.status,
  };
}

/** Runs in its caller's transaction: what it checks and what it writes belong together. */
export function insertUser(
  database: DatabaseSync,
  user: NewUser,
  { pool, hash, expiresAt, now }: { pool: UserPool; hash: string; expiresAt: number; now: Date },
): void {
  // The same request sent twice may have got here first while the password was being hashed.
  if (findUser(database, pool, user.login) !== undefined) {
    throw new ServiceError('UsernameExistsException', 'User account already exists');
  }
  run(
    database,
    `INSERT INTO users (pool_id, username, sub, email, attributes, is_enabled, status, password,
       password_expires_at, created_at, modified_at)
     VALUES (?, ?, ?, ?, ?, 1, 'FORCE_CHANGE_PASSWORD', ?, ?, ?, ?)`,
    pool.id,
    user.username,
    user.sub,
    user.email ?? null,
    JSON.stringify(user.attributes),
    hash,
    expiresAt,
    now.getTime(),
    now.getTime(),
  );
}

function signsInWithEmail({ settings }: UserPool): boolean {
  return (
    settings.UsernameAttributes?.includes('email') === true || settings.AliasAttributes?.includes('email') === true
  );
}
