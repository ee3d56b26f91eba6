import type { DatabaseSync } from 'node:sqlite';
import type { JsonObject } from '../../core/json.js';
import { query, run } from '../records.js';
import { type Job, jobById, touch } from './jobRecords.js';
import { recordWorkerEvent } from './labelingEvents.js';
import type { TaskRow } from './taskRecords.js';
import type { Worker } from './workers.js';

/** An answer that its worker took back; `previous_answer` of the task holds it as JSON until there is another. */
export interface UndoneAnswer {
  readonly answer: JsonObject;
  readonly acceptedAt: number;
  readonly submittedAt: number;
}

/** Which tasks: all those that workers hold or work on and whose columns have these values. */
export type TasksOf =
  | { readonly job: number }
  | { readonly job: number; readonly object: number }
  | { readonly job: number; readonly sub: string }
  | { readonly job: number; readonly sub: string; readonly state: 'held' }
  | { readonly id: string; readonly sub: string };

/**
 * Takes tasks back from the workers who have them. An answer that was undone and not given anew counts again: to look
 * at it once more must not lose it. Runs in its caller's transaction.
 */
export function takeBackTasks(database: DatabaseSync, of: TasksOf, now: Date): void {
  const condition = Object.keys(of)
    .map((column) => `${column} = ?`)
    .join(' AND ');
  takeBackWhere(database, { condition, values: Object.values(of), now });
}

/**
 * Takes back what a worker has only fetched ahead, in all jobs but the one where the worker is now. Runs in its caller's
 * transaction.
 */
export function takeBackFetched(
  database: DatabaseSync,
  { sub }: Pick<Worker, 'sub'>,
  { exceptIn, now }: { readonly exceptIn: number | undefined; readonly now: Date },
): void {
  // All that anybody holds is less than what a worker has answered in a large job.
  const jobs = query<{ readonly job: number }>(
    database,
    `SELECT DISTINCT job FROM labeling_tasks INDEXED BY labeling_tasks_held WHERE state = 'held' AND sub = ?`,
  ).all(sub);
  for (const { job } of jobs.filter((each) => each.job !== exceptIn)) {
    takeBackTasks(database, { job, sub, state: 'held' }, now);
  }
}

/** Takes back what workers held or worked on for too long. Runs in its caller's transaction. */
export function expireTasks(database: DatabaseSync, now: Date): void {
  takeBackWhere(database, { condition: 'expires_at <= ?', values: [now.getTime()], now });
}

/** Says so where the object has all the answers that it wants. */
export function closeIfAnswered(
  database: DatabaseSync,
  job: Job,
  { object, now }: { readonly object: number; readonly now: Date },
): void {
  const submitted = query(
    database,
    `SELECT 1 FROM labeling_tasks WHERE job = ? AND object = ? AND state = 'submitted'`,
  ).all(job.id, object);
  if (submitted.length >= job.workersPerObject) {
    run(
      database,
      `UPDATE labeling_objects SET state = 'answered', answered_at = ? WHERE job = ? AND id = ?`,
      now.getTime(),
      job.id,
      object,
    );
  }
}

function takeBackWhere(
  database: DatabaseSync,
  { condition, values, now }: { condition: string; values: readonly (string | number)[]; now: Date },
): void {
  const accepted = query<TaskRow>(
    database,
    `SELECT * FROM labeling_tasks WHERE state IN ('held', 'accepted') AND accepted_at IS NOT NULL AND ${condition}`,
  ).all(...values);
  for (const task of accepted.toSorted((one, other) => one.number - other.number)) {
    recordWorkerEvent(database, task, { type: 'TasksReturned', now });
    if (task.previous_answer !== null) {
      restoreAnswer(database, task, now);
    }
  }
  run(database, `DELETE FROM labeling_tasks WHERE state IN ('held', 'accepted') AND ${condition}`, ...values);
}

function restoreAnswer(database: DatabaseSync, task: TaskRow, now: Date): void {
  const { answer, acceptedAt, submittedAt } = JSON.parse(task.previous_answer ?? '') as UndoneAnswer;
  run(
    database,
    `UPDATE labeling_tasks SET state = 'submitted', accepted_at = ?, submitted_at = ?, answer = ?,
       previous_answer = NULL WHERE number = ?`,
    acceptedAt,
    submittedAt,
    JSON.stringify(answer),
    task.number,
  );
  const job = jobById(database, task.job);
  closeIfAnswered(database, job, { object: task.object, now });
  touch(database, job, now);
}
