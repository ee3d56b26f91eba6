import type { DatabaseSync } from 'node:sqlite';
import { query } from '../records.js';
import { inTransaction } from '../store/database.js';
import { closeObject } from './closing.js';
import type { Job } from './jobRecords.js';

/** A labeling job ends after thirty days, whatever is left of it. */
export const longestJobMs = 30 * 24 * 60 * 60_000;

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
  const { opened, undone } =
    query<{ readonly opened: number | null; readonly undone: number | null }>(
      database,
      `SELECT
         (SELECT MIN(opened_at) FROM labeling_objects WHERE job = ?1 AND state = 'open') AS opened,
         (SELECT MIN(expires_at) FROM labeling_tasks
           WHERE job = ?1 AND state = 'accepted' AND previous_answer IS NOT NULL) AS undone`,
    ).one(job.id) ?? {};
  const never = Number.POSITIVE_INFINITY;
  return Math.min(
    job.createdAt + longestJobMs,
    opened === undefined || opened === null ? never : opened + job.availabilityMs,
    undone ?? never, // The answer counts again then, and may be the last of its batch.
  );
}
