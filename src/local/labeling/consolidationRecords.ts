import type { DatabaseSync } from 'node:sqlite';
import type { JsonObject, JsonValue } from '../../core/json.js';
import { query, run } from '../records.js';
import type { Job, ObjectRow } from './jobRecords.js';

export interface Consolidation {
  readonly id: number;
  readonly job: number;
  readonly iteration: number;
  readonly created_at: number;
  /** What its files are named after: unlike `created_at` no two of a job share a second. */
  readonly file_time: number;
  readonly is_written: number;
  /** 0 while its labels are still to be made: of masks, or by a function that is not Ground Truth's. */
  readonly is_labeled: number;
}

export function addConsolidation(
  database: DatabaseSync,
  job: Job,
  { now, isLabeled }: { readonly now: Date; readonly isLabeled: boolean },
): Consolidation {
  const last = query<Consolidation>(
    database,
    'SELECT * FROM labeling_consolidations WHERE job = ? ORDER BY id DESC LIMIT 1',
  ).one(job.id);
  const fileTime = Math.max(now.getTime(), (last?.file_time ?? 0) + 1_000);
  run(
    database,
    'INSERT INTO labeling_consolidations (job, iteration, created_at, file_time, is_labeled) VALUES (?, ?, ?, ?, ?)',
    job.id,
    job.iteration,
    now.getTime(),
    fileTime,
    isLabeled ? 1 : 0,
  );
  const added = query<Consolidation>(
    database,
    'SELECT * FROM labeling_consolidations WHERE id = last_insert_rowid()',
  ).one();
  if (added === undefined) {
    throw new Error('The consolidation that was just added is not there.');
  }
  return added;
}

/** Those whose labels are still to be made. */
export function unlabeledConsolidations(database: DatabaseSync, job: Pick<Job, 'id'>): readonly Consolidation[] {
  return query<Consolidation>(
    database,
    'SELECT * FROM labeling_consolidations WHERE job = ? AND is_written = 0 AND is_labeled = 0 ORDER BY id',
  ).all(job.id);
}

export function objectsIn(database: DatabaseSync, job: Pick<Job, 'id'>, { id }: Consolidation): readonly ObjectRow[] {
  return query<ObjectRow>(
    database,
    `SELECT * FROM labeling_objects INDEXED BY labeling_objects_by_consolidation
     WHERE job = ? AND consolidation = ? ORDER BY id`,
  ).all(job.id, id);
}

/** Keeps what became of an object that was set aside: a label, or why there is none. */
export function keepOutcome(
  database: DatabaseSync,
  { job, id }: Pick<ObjectRow, 'job' | 'id'>,
  { label, metadata }: { readonly label: JsonValue | undefined; readonly metadata: JsonObject },
): void {
  run(
    database,
    'UPDATE labeling_objects SET state = ?, label = ?, metadata = ? WHERE job = ? AND id = ?',
    label === undefined ? 'failed' : 'labeled',
    label === undefined ? null : JSON.stringify(label),
    JSON.stringify(metadata),
    job,
    id,
  );
}

/** Its files can be written. */
export function setLabeled(database: DatabaseSync, { id }: Consolidation): void {
  run(database, 'UPDATE labeling_consolidations SET is_labeled = 1 WHERE id = ?', id);
}
