import type { DatabaseSync } from 'node:sqlite';
import { rowExists, run } from '../records.js';
import { inTransaction } from '../store/database.js';
import { expiredTasks, failureMetadata } from './failures.js';
import { changeOutput, type Job } from './jobRecords.js';
import { takeBackTasks } from './takeBack.js';

/**
 * No more answers are awaited for the object: those that there are make its label, and without any it fails. Whoever
 * has it open loses it. Runs in its caller's transaction.
 */
export function closeObject(
  database: DatabaseSync,
  job: Job,
  { id, now }: { readonly id: number; readonly now: Date },
): void {
  takeBackTasks(database, { job: job.id, object: id }, now);
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

/**
 * Nobody works on the job any more: what its open objects have of answers makes their labels, be they fewer than were
 * wanted, and objects without any stay unlabeled.
 */
export function closeJob(database: DatabaseSync, job: Job, now: Date): void {
  inTransaction(database, () => {
    takeBackTasks(database, { job: job.id }, now);
    run(
      database,
      `UPDATE labeling_objects SET state = 'answered', answered_at = ?
       WHERE job = ? AND state = 'open' AND EXISTS (SELECT 1 FROM labeling_tasks
         WHERE labeling_tasks.job = labeling_objects.job AND object = labeling_objects.id
           AND labeling_tasks.state = 'submitted')`,
      now.getTime(),
      job.id,
    );
  });
}
