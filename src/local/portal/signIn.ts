import type { DatabaseSync } from 'node:sqlite';
import type { PortalSession, SignIn } from '../../core/portal/workerPortal.js';
import type { Clock } from '../clock.js';
import { checkPassword, hashPassword, pretendToVerify, verifyPassword } from '../cognito/passwords.js';
import { findUser, setPassword, type UserRow } from '../cognito/userRecords.js';
import { existingPool, type UserPool } from '../cognito/userPools.js';
import { ServiceError } from '../http/serviceError.js';
import type { Identity } from '../http/services.js';
import { Refusal } from '../labeling/refusal.js';
import { workerId } from '../labeling/workers.js';
import { query, run } from '../records.js';
import { inTransaction } from '../store/database.js';
import { cognitoPool, soleWorkforce } from '../sagemaker/workforces.js';
import { issueToken, revokeToken, tokenHolder } from './tokens.js';

export interface SignInDependencies {
  readonly database: DatabaseSync;
  readonly identity: Identity;
  readonly clock: Clock;
}

const freeAttempts = 5;
const longestLockMs = 15 * 60_000;
/** Five free attempts in an hour are hardly more than the longest lock lets through. */
const failuresKeptMs = 60 * 60_000;
const longestEmail = 320;
const longestPassword = 256;

export async function signIn(
  dependencies: SignInDependencies,
  { email, password }: { readonly email: string; readonly password: string },
): Promise<SignIn> {
  const { database, clock } = dependencies;
  if (email.length > longestEmail || password.length > longestPassword) {
    throw new Refusal('InvalidRequest', 'The e-mail address or the password is too long.');
  }
  const pool = workforcePool(database);
  requireUnlocked(dependencies, pool, email);
  // Counted before the password is looked at, so that guesses sent side by side are not free.
  countFailure(dependencies, pool, email);
  const user = findUser(database, pool, email);
  const isRight = user === undefined ? await pretendToVerify(password) : await verifyPassword(password, user.password);
  // While the password was being looked at, it may have been changed, or the user disabled or deleted.
  const current = findUser(database, pool, email);
  if (user === undefined || !isRight || current?.password !== user.password) {
    throw new Refusal('NotAuthorized', 'Incorrect e-mail address or password. Upper and lower case count in both.');
  }
  if (current.is_enabled === 0) {
    throw new Refusal('NotAuthorized', 'The user is disabled.');
  }
  if (user.password_expires_at !== null && user.password_expires_at <= clock.now().getTime()) {
    throw new Refusal('NotAuthorized', 'The temporary password has expired. Ask for a new invitation.');
  }
  run(database, 'DELETE FROM sign_in_failures WHERE pool_id = ? AND login = ?', pool.id, email);
  if (user.status === 'FORCE_CHANGE_PASSWORD') {
    const { token } = issueToken(database, { sub: user.sub, purpose: 'challenge', now: clock.now() });
    return { kind: 'newPasswordRequired', challenge: token };
  }
  return { kind: 'signedIn', session: sessionFor(dependencies, user) };
}

export async function setNewPassword(
  dependencies: SignInDependencies,
  { challenge, newPassword }: { readonly challenge: string; readonly newPassword: string },
): Promise<PortalSession> {
  const { database, clock } = dependencies;
  const holder = tokenHolder(database, { token: challenge, purpose: 'challenge', now: clock.now() });
  if (holder === undefined) {
    throw challengeOver();
  }
  const pool = existingPool(database, holder.pool_id);
  try {
    checkPassword(newPassword, pool);
  } catch (error) {
    throw error instanceof ServiceError ? new Refusal('InvalidPassword', error.message) : error;
  }
  const hash = await hashPassword(newPassword);
  inTransaction(database, () => {
    // Another may have spent it meanwhile, or a new invitation, or an administrator, have ended it.
    if (!revokeToken(database, challenge)) {
      throw challengeOver();
    }
    setPassword(database, { pool, username: holder.username, hash, now: clock.now() });
  });
  return sessionFor(dependencies, holder);
}

function challengeOver(): Refusal {
  return new Refusal('SessionExpired', 'The time to choose a password is over. Sign in again.');
}

function sessionFor(
  { database, identity, clock }: SignInDependencies,
  user: Pick<UserRow, 'sub' | 'email' | 'username'>,
): PortalSession {
  const { token, expiresAt } = issueToken(database, { sub: user.sub, purpose: 'session', now: clock.now() });
  return {
    token,
    email: user.email ?? user.username,
    workerId: workerId(user.sub, identity),
    expiresAt: expiresAt.toISOString(),
  };
}

function workforcePool(database: DatabaseSync): UserPool {
  const workforce = soleWorkforce(database);
  if (workforce === undefined) {
    throw new Refusal('NotAuthorized', 'There is no private workforce yet.');
  }
  try {
    return existingPool(database, cognitoPool(workforce).UserPool);
  } catch (error) {
    throw error instanceof ServiceError ? new Refusal('NotAuthorized', error.message) : error;
  }
}

interface Failures {
  readonly failures: number;
  readonly locked_until: number;
}

function failuresOf({ database }: SignInDependencies, pool: UserPool, login: string): Failures | undefined {
  return query<Failures>(database, 'SELECT * FROM sign_in_failures WHERE pool_id = ? AND login = ?').one(
    pool.id,
    login,
  );
}

function requireUnlocked(dependencies: SignInDependencies, pool: UserPool, login: string): void {
  const failures = failuresOf(dependencies, pool, login);
  if (failures !== undefined && failures.locked_until > dependencies.clock.now().getTime()) {
    const seconds = Math.ceil((failures.locked_until - dependencies.clock.now().getTime()) / 1_000);
    throw new Refusal('TooManyAttempts', `Too many attempts. Try again in ${seconds} seconds.`, seconds);
  }
}

/** After five attempts in a row each further one costs twice the time of the one before, until an hour without any. */
function countFailure(dependencies: SignInDependencies, pool: UserPool, login: string): void {
  const failures = (failuresOf(dependencies, pool, login)?.failures ?? 0) + 1;
  const now = dependencies.clock.now().getTime();
  const lockMs = failures < freeAttempts ? 0 : Math.min(1_000 * 2 ** (failures - freeAttempts), longestLockMs);
  // Addresses that nobody has would stay for ever otherwise.
  run(dependencies.database, 'DELETE FROM sign_in_failures WHERE locked_until <= ?', now - failuresKeptMs);
  run(
    dependencies.database,
    `INSERT INTO sign_in_failures (pool_id, login, failures, locked_until) VALUES (?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET failures = excluded.failures, locked_until = excluded.locked_until`,
    pool.id,
    login,
    failures,
    now + lockMs,
  );
}
