import { randomUUID } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { query, run } from '../records.js';
import { objectCounts, roomUntilStop } from './counters.js';
import type { Job } from './jobRecords.js';
import type { TaskRow } from './taskRecords.js';
import type { Worker } from './workers.js';

/** Who asks; `isIdle` says that this worker has no task at all. */
interface Asking {
  readonly worker: Worker;
  readonly isIdle: boolean;
}

/**
 * Open objects of the job that want one more worker, and that this one has had nothing to do with. The index has no
 * others: SQLite would rather look at every object of the job.
 */
const freeObjects = `
  FROM labeling_objects INDEXED BY labeling_objects_free WHERE labeling_objects.job = ? AND labeling_objects.state = 'open' AND wanted > 0
  AND NOT EXISTS (SELECT 1 FROM labeling_tasks AS own
    WHERE own.job = labeling_objects.job AND own.object = labeling_objects.id AND own.sub = ?)`;

/** How many objects of the job the worker could be given now. */
export function countFree(database: DatabaseSync, job: Pick<Job, 'id'>, { worker, isIdle }: Asking): number {
  const free = query<{ readonly count: number }>(database, `SELECT COUNT(*) AS count ${freeObjects}`).one(
    job.id,
    worker.sub,
  );
  const count = free?.count ?? 0;
  return count === 0 && isIdle && taskToTakeOver(database, job, worker) !== undefined ? 1 : count;
}

/**
 * How many objects of the job the worker may still label: those too that colleagues have now, which may come back, and
 * those of later batches. So it changes only when objects are done.
 */
export function countRemaining(database: DatabaseSync, job: Pick<Job, 'id' | 'request'>, worker: Worker): number {
  const open = query<{ readonly count: number }>(
    database,
    `SELECT COUNT(*) AS count FROM labeling_objects INDEXED BY labeling_objects_open
     WHERE labeling_objects.job = ? AND labeling_objects.state = 'open' AND NOT EXISTS (
       SELECT 1 FROM labeling_tasks AS own WHERE own.job = labeling_objects.job AND own.object = labeling_objects.id
         AND own.sub = ? AND own.state IN ('submitted', 'declined'))`,
  ).one(job.id, worker.sub);
  const counts = objectCounts(database, job.id);
  return (open?.count ?? 0) + Math.max(0, Math.min(counts.pending, roomUntilStop(job, counts)));
}

/**
 * Has the worker hold up to `count` free objects, in the order of the manifest, so that objects are finished one after
 * the other. An idle worker for whom nothing is free takes over a task that a colleague has only fetched ahead: nobody
 * waits while somebody else has work for later. Runs in its caller's transaction.
 */
export function holdObjects(
  database: DatabaseSync,
  job: Pick<Job, 'id'>,
  { worker, isIdle, count, until }: Asking & { readonly count: number; readonly until: number },
): void {
  const free = query<{ readonly id: number }>(database, `SELECT id ${freeObjects} ORDER BY id LIMIT ?`).all(
    job.id,
    worker.sub,
    Math.max(count, 0),
  );
  for (const { id } of free) {
    hold(database, job, { worker, object: id, until });
  }
  const task = free.length === 0 && count > 0 && isIdle ? taskToTakeOver(database, job, worker) : undefined;
  if (task !== undefined) {
    run(database, 'DELETE FROM labeling_tasks WHERE number = ?', task.number);
    hold(database, job, { worker, object: task.object, until });
  }
}

/** The last task of whoever has the most ahead; everybody keeps the one that they come to next. */
function taskToTakeOver(
  database: DatabaseSync,
  job: Pick<Job, 'id'>,
  worker: Worker,
): Pick<TaskRow, 'number' | 'object'> | undefined {
  return query<Pick<TaskRow, 'number' | 'object'>>(
    database,
    `SELECT number, object, (SELECT COUNT(*) FROM labeling_tasks AS theirs
       WHERE theirs.job = held.job AND theirs.sub = held.sub AND theirs.state = 'held') AS ahead
     FROM labeling_tasks AS held
     WHERE job = ? AND state = 'held' AND ahead > 1
       AND NOT EXISTS (SELECT 1 FROM labeling_tasks AS own
         WHERE own.job = held.job AND own.object = held.object AND own.sub = ?)
     ORDER BY ahead DESC, number DESC LIMIT 1`,
  ).one(job.id, worker.sub);
}

function hold(
  database: DatabaseSync,
  job: Pick<Job, 'id'>,
  { worker, object, until }: { readonly worker: Worker; readonly object: number; readonly until: number },
): void {
  run(
    database,
    `INSERT INTO labeling_tasks (id, job, object, sub, pool_id, state, expires_at) VALUES (?, ?, ?, ?, ?, 'held', ?)`,
    randomUUID(),
    job.id,
    object,
    worker.sub,
    worker.poolId,
    until,
  );
}
