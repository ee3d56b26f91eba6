import { randomUUID } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import type { JsonObject, JsonValue } from '../../core/json.js';
import { simulatedName } from '../../core/simulation/simulatedTeam.js';
import { ServiceError } from '../http/serviceError.js';
import type { JsonOperation } from '../http/services.js';
import { endSessions } from '../portal/sessionEnds.js';
import { query, run } from '../records.js';
import { inTransaction } from '../store/database.js';
import { cognitoFields, type CognitoDependencies, invalidParameter, pageAsked, userPoolId } from './requests.js';
import { invitation } from './invitation.js';
import { checkPassword, hashPassword, temporaryPassword } from './passwords.js';
import { existingPool, type UserPool } from './userPools.js';
import {
  type Attribute,
  describedUser,
  existingUser,
  findUser,
  insertUser,
  type NewUser,
  setPassword,
  type UserRow,
} from './userRecords.js';

const dayMs = 24 * 60 * 60 * 1_000;
const emailPattern = /^[^\s@<>]+@[^\s@<>]+$/u;

export function userOperations({ database, clock, outbox }: CognitoDependencies): Record<string, JsonOperation> {
  const requested = (input: JsonObject): UserRow =>
    existingUser(database, existingPool(database, userPoolId(input)), username(input));
  const enable = (input: JsonObject, isEnabled: boolean): JsonObject => {
    const { pool_id: pool, username: name, sub } = requested(input);
    run(
      database,
      'UPDATE users SET is_enabled = ?, modified_at = ? WHERE pool_id = ? AND username = ?',
      isEnabled ? 1 : 0,
      clock.now().getTime(),
      pool,
      name,
    );
    if (!isEnabled) {
      endSessions(database, sub, 'disabled');
    }
    return {};
  };

  return {
    async AdminCreateUser(input) {
      const pool = existingPool(database, userPoolId(input));
      const request = newUser(pool, input);
      const isResend = input['MessageAction'] === 'RESEND';
      invitedUser(database, pool, { login: request.login, isResend }); // Refused at once, before the slow hash.
      const password = request.temporaryPassword;
      const now = clock.now();
      const hash = await hashPassword(password);
      const expiresAt = now.getTime() + validityDays(pool) * dayMs;
      inTransaction(database, () => {
        const known = invitedUser(database, pool, { login: request.login, isResend });
        if (known === undefined) {
          insertUser(database, request, { pool, now, hash, expiresAt });
        } else {
          setPassword(database, { pool, username: known.username, hash, now, expiresAt });
        }
        // Before the commit: a user without a mail could not sign in, and a retry would only hear that the user exists.
        const email = known?.email ?? request.email;
        if (input['MessageAction'] !== 'SUPPRESS' && email !== undefined) {
          outbox.send(invitation(pool, { username: request.login, password, email, sentAt: now }));
        }
      });
      return { User: describedUser(existingUser(database, pool, request.login), 'Attributes') };
    },

    AdminGetUser: (input) => describedUser(requested(input), 'UserAttributes'),

    AdminDeleteUser(input) {
      const { pool_id: pool, username: name } = requested(input);
      run(database, 'DELETE FROM users WHERE pool_id = ? AND username = ?', pool, name);
      return undefined;
    },

    AdminDisableUser: (input) => enable(input, false),
    AdminEnableUser: (input) => enable(input, true),

    async AdminSetUserPassword(input) {
      const pool = existingPool(database, userPoolId(input));
      const { username: name } = existingUser(database, pool, username(input));
      const password = cognitoFields(input).text('Password', { max: 256, isSensitive: true });
      checkPassword(password, pool);
      const isPermanent = input['Permanent'] === true;
      setPassword(database, {
        pool,
        username: name,
        hash: await hashPassword(password),
        now: clock.now(),
        ...(!isPermanent && { expiresAt: clock.now().getTime() + validityDays(pool) * dayMs }),
      });
      return {};
    },

    ListUsers(input) {
      const pool = existingPool(database, userPoolId(input));
      const matches = userFilter(cognitoFields(input).optionalText('Filter', { max: 256 }) ?? '');
      const rows = query<UserRow>(database, 'SELECT * FROM users WHERE pool_id = ? ORDER BY created_at, username').all(
        pool.id,
      );
      const page = pageAsked(rows.filter(matches), input, 'Limit', 'PaginationToken');
      return {
        Users: page.items.map((row) => describedUser(row, 'Attributes')),
        PaginationToken: page.nextToken,
      };
    },
  };
}

export function username(input: JsonObject): string {
  return cognitoFields(input).text('Username', { min: 1, max: 128, pattern: /^[\p{L}\p{M}\p{S}\p{N}\p{P}]+$/u });
}

/** Whom a new temporary password is for; `undefined` for somebody new. Refuses whoever cannot be invited now. */
function invitedUser(
  database: DatabaseSync,
  pool: UserPool,
  { login, isResend }: { readonly login: string; readonly isResend: boolean },
): UserRow | undefined {
  const known = findUser(database, pool, login);
  if (!isResend && known !== undefined) {
    throw new ServiceError('UsernameExistsException', 'User account already exists');
  }
  if (isResend && known?.status !== 'FORCE_CHANGE_PASSWORD') {
    throw known === undefined
      ? new ServiceError('UserNotFoundException', 'User does not exist.')
      : new ServiceError('UnsupportedUserStateException', 'User is not in the state FORCE_CHANGE_PASSWORD.');
  }
  return known;
}

/** Simulated workers are to be known by their identity in worker responses: their names stand where others have random. */
function subOf(login: string): string {
  const name = simulatedName(login);
  return name === undefined ? randomUUID() : `${name}-${randomUUID().slice(0, 8)}`;
}

function newUser(pool: UserPool, input: JsonObject): NewUser {
  const login = username(input);
  const given = userAttributes(input).filter(({ Name }) => Name !== 'sub');
  const sub = subOf(login);
  const hasEmailAsName = pool.settings.UsernameAttributes?.includes('email') === true;
  if (hasEmailAsName && !emailPattern.test(login)) {
    throw invalidParameter('Username should be an email.');
  }
  const email = given.find(({ Name }) => Name === 'email')?.Value ?? (emailPattern.test(login) ? login : undefined);
  if (email !== undefined && !emailPattern.test(email)) {
    throw invalidParameter('Invalid email address format.');
  }
  const temporary = cognitoFields(input).optionalText('TemporaryPassword', { max: 256, isSensitive: true });
  if (temporary !== undefined) {
    checkPassword(temporary, pool);
  }
  const others = given.filter(({ Name }) => Name !== 'email');
  return {
    username: hasEmailAsName ? sub : login,
    login,
    sub,
    ...(email !== undefined && { email }),
    attributes: [
      { Name: 'sub', Value: sub },
      ...others,
      ...(email === undefined ? [] : [{ Name: 'email', Value: email }]),
    ],
    temporaryPassword: temporary ?? temporaryPassword(pool.settings.Policies?.PasswordPolicy?.MinimumLength ?? 8),
  };
}

function userAttributes(input: JsonObject): readonly Attribute[] {
  const attributes = input['UserAttributes'] ?? [];
  if (!Array.isArray(attributes)) {
    throw new ServiceError('SerializationException', `Expected a list at 'userAttributes'.`);
  }
  return (attributes as readonly JsonValue[]).map((attribute) => {
    if (typeof attribute !== 'object' || attribute === null || Array.isArray(attribute)) {
      throw new ServiceError('SerializationException', `Expected a structure in 'userAttributes'.`);
    }
    const fields = cognitoFields(attribute as JsonObject);
    const Name = fields.text('Name', { min: 1, max: 32, pattern: /^[\p{L}\p{M}\p{S}\p{N}\p{P}]+$/u });
    return { Name, Value: fields.optionalText('Value', { max: 2_048 }) ?? '' };
  });
}

function validityDays({ settings }: UserPool): number {
  return (
    settings.Policies?.PasswordPolicy?.TemporaryPasswordValidityDays ??
    settings.AdminCreateUserConfig?.UnusedAccountValidityDays ??
    7
  );
}

/** `email = "a@b.org"` or `username ^= "a"`: the only forms that Cognito takes. */
function userFilter(filter: string): (row: UserRow) => boolean {
  if (filter.trim() === '') {
    return () => true;
  }
  const [, name = '', operator, value = ''] = /^\s*([\w:]+)\s*(\^?=)\s*"((?:[^"\\]|\\.)*)"\s*$/u.exec(filter) ?? [];
  if (operator === undefined) {
    throw invalidParameter('One or more requested filter is invalid: the form is AttributeName = "value".');
  }
  const wanted = value.replaceAll(/\\(.)/gu, '$1');
  const valueOf = (row: UserRow): string | undefined => {
    switch (name) {
      case 'username':
        return row.username;
      case 'status':
        return row.is_enabled === 1 ? 'Enabled' : 'Disabled';
      case 'cognito:user_status':
        return row.status;
      default:
        return (JSON.parse(row.attributes) as readonly Attribute[]).find(({ Name }) => Name === name)?.Value;
    }
  };
  return (row) => (operator === '=' ? valueOf(row) === wanted : valueOf(row)?.startsWith(wanted) === true);
}
