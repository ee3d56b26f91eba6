import type { DatabaseSync } from 'node:sqlite';
import { query, run } from '../records.js';
import { inTransaction } from '../store/database.js';
import { changeOutput, hasObjects, type Job, type ObjectRow } from './jobRecords.js';
import { makeLabels } from './labelMaking.js';

export interface Consolidation {
  readonly id: number;
  readonly job: number;
  readonly iteration: number;
  readonly created_at: number;
  /** What its files are named after: unlike `created_at` no two of a job share a second. */
  readonly file_time: number;
  readonly is_written: number;
  /** 0 while its labels are still to be made, by a function that is not Ground Truth's. */
  readonly is_labeled: number;
}

const objectsPerConsolidation = 50;

/** Masks are large, and each picture is consolidated by itself: a few at a time keep the server answering. */
const masksPerConsolidation = 5;

/** While a batch is being worked on, this many of its newest answers can always be taken back. */
const answersKeptOpen = 50;

/** An answer that nobody takes back for so long becomes a label, so that the output shows what there is. */
const settledAfterMs = 5 * 60_000;

/**
 * Makes labels of answers: of all when the batch is over, and before that of those that have settled, at most fifty
 * objects at a time, or five with masks. Where the job has a post-annotation function, they are only set aside for it.
 * Tells whether there was anything to do.
 */
export function consolidateDue(database: DatabaseSync, job: Job, now: Date): boolean {
  const isBatchOver = job.status === 'Stopping' || !hasObjects(database, job, 'open');
  const most = job.task.kind === 'segmentation' ? masksPerConsolidation : objectsPerConsolidation;
  const answered = query<ObjectRow>(
    database,
    `SELECT * FROM labeling_objects WHERE job = ? AND state = 'answered' AND consolidation IS NULL ORDER BY answered_at, id LIMIT ?`,
  ).all(job.id, most + answersKeptOpen);
  const settled = answered.filter(({ answered_at: at }) => (at ?? 0) <= now.getTime() - settledAfterMs).length;
  const due = isBatchOver ? answered.length : Math.max(answered.length - answersKeptOpen, settled);
  const isEnough = isBatchOver || settled > 0 || due >= most;
  if (due <= 0 || !isEnough) {
    return false;
  }
  consolidate(database, job, { objects: answered.slice(0, Math.min(due, most)), now });
  return true;
}

/** When the oldest answer settles; `undefined` where none waits. */
export function nextSettling(database: DatabaseSync, job: Job): number | undefined {
  const row = query<{ readonly oldest: number | null }>(
    database,
    `SELECT MIN(answered_at) AS oldest FROM labeling_objects WHERE job = ? AND state = 'answered' AND consolidation IS NULL`,
  ).one(job.id);
  const oldest = row?.oldest ?? undefined;
  return oldest === undefined ? undefined : oldest + settledAfterMs;
}

function consolidate(
  database: DatabaseSync,
  job: Job,
  { objects, now }: { readonly objects: readonly ObjectRow[]; readonly now: Date },
): void {
  inTransaction(database, () => {
    const consolidation = addConsolidation(database, job, now);
    if (consolidation.is_labeled === 0) {
      setAside(database, job, { objects, consolidation });
      return;
    }
    const labels = makeLabels(database, job, { objects, consolidation });
    objects.forEach(({ id }, index) => {
      const labeled = labels[index];
      run(
        database,
        `UPDATE labeling_objects SET state = 'labeled', consolidation = ?, label = ?, metadata = ?
         WHERE job = ? AND id = ?`,
        consolidation.id,
        JSON.stringify(labeled?.label ?? {}),
        JSON.stringify(labeled?.metadata ?? {}),
        job.id,
        id,
      );
    });
    changeOutput(database, job, now);
  });
}

function setAside(
  database: DatabaseSync,
  job: Job,
  { objects, consolidation }: { readonly objects: readonly ObjectRow[]; readonly consolidation: Consolidation },
): void {
  for (const { id } of objects) {
    run(
      database,
      'UPDATE labeling_objects SET consolidation = ? WHERE job = ? AND id = ?',
      consolidation.id,
      job.id,
      id,
    );
  }
}

function addConsolidation(database: DatabaseSync, job: Job, now: Date): Consolidation {
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
    job.postAnnotationFunction === undefined ? 1 : 0,
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
