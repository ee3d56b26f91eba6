import type { DatabaseSync } from 'node:sqlite';
import { query, run } from '../records.js';
import { inTransaction } from '../store/database.js';
import { addConsolidation, type Consolidation } from './consolidationRecords.js';
import { changeOutput, hasObjects, type Job, type ObjectRow } from './jobRecords.js';
import { makeLabels } from './labelMaking.js';

const objectsPerConsolidation = 50;

/** Masks are large, and each picture is consolidated by itself: a few at a time show in the output. */
const masksPerConsolidation = 5;

/** While a batch is being worked on, this many of its newest answers can always be taken back. */
const answersKeptOpen = 50;

/** An answer that nobody takes back for so long becomes a label, so that the output shows what there is. */
const settledAfterMs = 5 * 60_000;

/**
 * Makes labels of answers: of all when the batch is over, and before that of those that have settled, at most fifty
 * objects at a time, or five with masks. Where labels are masks, or a post-annotation function makes them, the objects are
 * only set aside for that. Tells whether there was anything to do.
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
    const { task } = job;
    if (task.kind === 'segmentation' || job.postAnnotationFunction !== undefined) {
      setAside(database, job, { objects, consolidation: addConsolidation(database, job, { now, isLabeled: false }) });
      return;
    }
    const consolidation = addConsolidation(database, job, { now, isLabeled: true });
    const labels = makeLabels(database, job, { task, objects, consolidation });
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
