import type { DatabaseSync } from 'node:sqlite';
import { run } from '../records.js';
import type { TaskRow } from './taskRecords.js';

/** How a labeling job ended. */
export type JobEventType = 'Completed' | 'Failed' | 'Stopped';

/** What a worker did, under the names of Ground Truth's log of worker activity. */
export type WorkerEventType = 'TasksAccepted' | 'TasksSubmitted' | 'TasksReturned' | 'TasksDeclined';

/** An event that is still to be written to the log. Times are milliseconds since 1970. */
export interface EventRow {
  readonly number: number;
  readonly job: number;
  readonly type: JobEventType | WorkerEventType;
  readonly at: number;
  readonly sub: string | null;
  readonly pool_id: string | null;
  readonly accepted_at: number | null;
}

/** Part of the commit of what happened, so that there is no event without it and nothing without its event. */
export function recordJobEvent(
  database: DatabaseSync,
  job: { readonly id: number },
  { type, now }: { readonly type: JobEventType; readonly now: Date },
): void {
  run(database, 'INSERT INTO labeling_events (job, type, at) VALUES (?, ?, ?)', job.id, type, now.getTime());
}

/** As `recordJobEvent`. */
export function recordWorkerEvent(
  database: DatabaseSync,
  { job, sub, pool_id: poolId, accepted_at: acceptedAt }: Pick<TaskRow, 'job' | 'sub' | 'pool_id' | 'accepted_at'>,
  { type, now }: { readonly type: WorkerEventType; readonly now: Date },
): void {
  run(
    database,
    'INSERT INTO labeling_events (job, type, at, sub, pool_id, accepted_at) VALUES (?, ?, ?, ?, ?, ?)',
    job,
    type,
    now.getTime(),
    sub,
    poolId,
    acceptedAt,
  );
}
