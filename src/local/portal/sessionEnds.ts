import type { DatabaseSync } from 'node:sqlite';
import type { SessionEnd } from '../../core/portal/standing.js';
import { Refusal } from '../labeling/refusal.js';
import { query, run } from '../records.js';
import { hashOf } from './tokens.js';

/** A worker who was signed in is so no longer, and is told why. */
export class SessionOver extends Refusal {
  readonly why: SessionEnd;

  constructor(why: SessionEnd) {
    super('SessionExpired', 'You are signed out. Sign in again.');
    this.why = why;
  }
}

/** Ends all that a user is signed in with. What a deleted user was signed in with ends by a trigger. */
export function endSessions(database: DatabaseSync, sub: string, why: SessionEnd): void {
  run(
    database,
    `INSERT OR REPLACE INTO portal_session_ends (hash, why, expires_at)
     SELECT hash, ?, expires_at FROM portal_tokens WHERE sub = ? AND purpose = 'session'`,
    why,
    sub,
  );
  run(database, 'DELETE FROM portal_tokens WHERE sub = ?', sub);
}

export function signOut(database: DatabaseSync, token: string): void {
  run(
    database,
    `INSERT OR REPLACE INTO portal_session_ends (hash, why, expires_at)
     SELECT hash, 'signedOut', expires_at FROM portal_tokens WHERE hash = ?`,
    hashOf(token),
  );
  run(database, 'DELETE FROM portal_tokens WHERE hash = ?', hashOf(token));
}

/** Why this token, which is nobody's session now, is none. */
export function sessionEnd(database: DatabaseSync, token: string): SessionEnd {
  const end = query<{ readonly why: SessionEnd }>(
    database,
    `SELECT why FROM portal_session_ends WHERE hash = ?1
     UNION ALL SELECT 'expired' FROM portal_tokens WHERE hash = ?1`,
  ).one(hashOf(token));
  return end?.why ?? 'unknown';
}
