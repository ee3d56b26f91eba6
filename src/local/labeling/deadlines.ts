import type { DatabaseSync } from 'node:sqlite';
import { query, run } from '../records.js';
import { inTransaction } from '../store/database.js';
import { closeObject } from './closing.js';
import type { Job } from './jobRecords.js';

/** A labeling job ends after thirty days, whatever is left of it. */
export const longestJobMs = 30 * 24 * 60 * 60_000;

/** Takes back what workers held or worked on for too long. */
export function expireTasks(database: DatabaseSync, now: Date): void {
  run(database, `DELETE FROM labeling_tasks WHERE state IN ('held', 'accepted') AND expires_at <= ?`, now.getTime());
}

/** Closes the objects that were offered to workers for as long as the job says. */
export function expireObjects(database: DatabaseSync, job: Job, now: Date): void {
  const expired = query<{ readonly id: number }>(
    database,
    `SELECT id FROM labeling_objects WHERE job = ? AND state = 'open' AND opened_at <= ?`,
  ).all(job.id, now.getTime() - job.availabilityMs);
  if (expired.length > 0) {
    inTransaction(database, () => {
      for (const { id } of expired) {
        closeObject(database, job, { id, now });
      }
    });
  }
}

/** When the job must next be looked at though nobody does anything. */
export function nextDeadline(database: DatabaseSync, job: Job): number {
  const row = query<{ readonly opened: number | null }>(
    database,
    `SELECT MIN(opened_at) AS opened FROM labeling_objects WHERE job = ? AND state = 'open'`,
  ).one(job.id);
  const opened = row?.opened ?? undefined;
  return Math.min(
    job.createdAt + longestJobMs,
    opened === undefined ? Number.POSITIVE_INFINITY : opened + job.availabilityMs,
  );
}
