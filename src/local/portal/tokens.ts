import { createHash, randomBytes } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { query, rowExists, run } from '../records.js';

/** A `session` lets a worker work; a `challenge` only lets the worker set a password. */
export type TokenPurpose = 'session' | 'challenge';

export interface TokenHolder {
  readonly sub: string;
  readonly pool_id: string;
  readonly username: string;
  readonly email: string | null;
  readonly expires_at: number;
}

/** For whoever comes back to a page after a while, and is told why they are signed out. */
const keptAfterEndMs = 7 * 24 * 60 * 60_000;

const lifetimesMs: Readonly<Record<TokenPurpose, number>> = { session: 12 * 60 * 60_000, challenge: 15 * 60_000 };

/** The token itself is told to the worker only; what is kept cannot be turned back into it. */
export function issueToken(
  database: DatabaseSync,
  { sub, purpose, now }: { readonly sub: string; readonly purpose: TokenPurpose; readonly now: Date },
): { readonly token: string; readonly expiresAt: Date } {
  const token = randomBytes(32).toString('base64url');
  const expiresAt = new Date(now.getTime() + lifetimesMs[purpose]);
  for (const table of ['portal_tokens', 'portal_session_ends']) {
    run(database, `DELETE FROM ${table} WHERE expires_at <= ?`, now.getTime() - keptAfterEndMs);
  }
  run(
    database,
    'INSERT INTO portal_tokens (hash, purpose, sub, expires_at) VALUES (?, ?, ?, ?)',
    hashOf(token),
    purpose,
    sub,
    expiresAt.getTime(),
  );
  return { token, expiresAt };
}

/** Whose token it is, while it lasts and the user is not disabled. */
export function tokenHolder(
  database: DatabaseSync,
  { token, purpose, now }: { readonly token: string; readonly purpose: TokenPurpose; readonly now: Date },
): TokenHolder | undefined {
  return query<TokenHolder>(
    database,
    `SELECT users.sub, pool_id, username, email, expires_at FROM portal_tokens JOIN users USING (sub)
     WHERE hash = ? AND purpose = ? AND expires_at > ? AND is_enabled = 1`,
  ).one(hashOf(token), purpose, now.getTime());
}

/** Whether the worker is signed in anywhere. */
export function hasSession(
  database: DatabaseSync,
  { sub, now }: { readonly sub: string; readonly now: Date },
): boolean {
  return rowExists(
    database,
    `SELECT 1 FROM portal_tokens WHERE sub = ? AND purpose = 'session' AND expires_at > ?`,
    sub,
    now.getTime(),
  );
}

/** Tells whether there was such a token: of several who would spend it, one hears `true`. */
export function revokeToken(database: DatabaseSync, token: string): boolean {
  return run(database, 'DELETE FROM portal_tokens WHERE hash = ?', hashOf(token)) > 0;
}

/** How a token is kept. */
export function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
