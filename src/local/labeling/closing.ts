import type { DatabaseSync } from 'node:sqlite';
import { rowExists, run } from '../records.js';
import { expiredTasks, failureMetadata } from './failures.js';
import { changeOutput, type Job } from './jobRecords.js';

/**
 * No more answers are awaited for the object: those that there are make its label, and without any it fails. Whoever
 * has it open loses it. Runs in its caller's transaction.
 */
export function closeObject(
  database: DatabaseSync,
  job: Job,
  { id, now }: { readonly id: number; readonly now: Date },
): void {
  run(
    database,
    `DELETE FROM labeling_tasks WHERE job = ? AND object = ? AND state IN ('held', 'accepted')`,
    job.id,
    id,
  );
  const isAnswered = rowExists(
    database,
    `SELECT 1 FROM labeling_tasks WHERE job = ? AND object = ? AND state = 'submitted' LIMIT 1`,
    job.id,
    id,
  );
  run(
    database,
    'UPDATE labeling_objects SET state = ?, answered_at = ?, metadata = ? WHERE job = ? AND id = ?',
    isAnswered ? 'answered' : 'failed',
    now.getTime(),
    isAnswered ? null : JSON.stringify(failureMetadata(expiredTasks)),
    job.id,
    id,
  );
  changeOutput(database, job, now);
}
