import type { DatabaseSync } from 'node:sqlite';
import type { Annotation } from '../../core/consolidation/batchEstimate.js';
import { consolidateSingleLabel } from '../../core/consolidation/singleLabel.js';
import type { JsonObject, JsonValue } from '../../core/json.js';
import { customMetadata } from '../../core/labels/custom.js';
import { chosenClass, singleLabelMetadata, type SingleLabelTask } from '../../core/labels/singleLabel.js';
import { creationDate } from '../../core/manifest/outputManifestDates.js';
import { query, run } from '../records.js';
import { inTransaction } from '../store/database.js';
import { changeOutput, hasObjects, type Job, type ObjectRow } from './jobRecords.js';
import { workerResponseUri } from './outputPaths.js';
import { answerContent } from './responseFiles.js';
import type { TaskRow } from './taskRecords.js';

export interface Consolidation {
  readonly id: number;
  readonly job: number;
  readonly iteration: number;
  readonly created_at: number;
  /** What its files are named after: unlike `created_at` no two of a job share a second. */
  readonly file_time: number;
  readonly is_written: number;
}

const objectsPerConsolidation = 50;

/** While a batch is being worked on, this many of its newest answers can always be taken back. */
const answersKeptOpen = 50;

/** An answer that nobody takes back for so long becomes a label, so that the output shows what there is. */
const settledAfterMs = 5 * 60_000;

/**
 * Makes labels of answers: of all when the batch is over, and before that of those that have settled, at most fifty
 * objects at a time. Tells whether there was anything to do.
 */
export function consolidateDue(database: DatabaseSync, job: Job, now: Date): boolean {
  const isBatchOver = job.status === 'Stopping' || !hasObjects(database, job, 'open');
  const answered = query<ObjectRow>(
    database,
    `SELECT * FROM labeling_objects WHERE job = ? AND state = 'answered' ORDER BY answered_at, id LIMIT ?`,
  ).all(job.id, objectsPerConsolidation + answersKeptOpen);
  const settled = answered.filter(({ answered_at: at }) => (at ?? 0) <= now.getTime() - settledAfterMs).length;
  const due = isBatchOver ? answered.length : Math.max(answered.length - answersKeptOpen, settled);
  const isEnough = isBatchOver || settled > 0 || due >= objectsPerConsolidation;
  if (due <= 0 || !isEnough) {
    return false;
  }
  consolidate(database, job, { objects: answered.slice(0, Math.min(due, objectsPerConsolidation)), now });
  return true;
}

/** When the oldest answer settles; `undefined` where none waits. */
export function nextSettling(database: DatabaseSync, job: Job): number | undefined {
  const row = query<{ readonly oldest: number | null }>(
    database,
    `SELECT MIN(answered_at) AS oldest FROM labeling_objects WHERE job = ? AND state = 'answered'`,
  ).one(job.id);
  const oldest = row?.oldest ?? undefined;
  return oldest === undefined ? undefined : oldest + settledAfterMs;
}

/** An object's answers, in the order in which they came. */
export function answersTo(database: DatabaseSync, jobId: number, objectId: number): readonly TaskRow[] {
  return query<TaskRow>(
    database,
    `SELECT * FROM labeling_tasks WHERE job = ? AND object = ? AND state = 'submitted' ORDER BY submitted_at, number`,
  ).all(jobId, objectId);
}

interface Labeled {
  readonly label: JsonValue;
  readonly metadata: JsonObject;
}

function consolidate(
  database: DatabaseSync,
  job: Job,
  { objects, now }: { readonly objects: readonly ObjectRow[]; readonly now: Date },
): void {
  inTransaction(database, () => {
    const consolidation = addConsolidation(database, job, now);
    const labels =
      job.task.kind === 'singleLabel'
        ? singleLabels(database, { job, task: job.task, objects, now })
        : customLabels(job, { objects, consolidation });
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

function addConsolidation(database: DatabaseSync, job: Job, now: Date): Consolidation {
  const last = query<Consolidation>(
    database,
    'SELECT * FROM labeling_consolidations WHERE job = ? ORDER BY id DESC LIMIT 1',
  ).one(job.id);
  const fileTime = Math.max(now.getTime(), (last?.file_time ?? 0) + 1_000);
  run(
    database,
    'INSERT INTO labeling_consolidations (job, iteration, created_at, file_time) VALUES (?, ?, ?, ?)',
    job.id,
    job.iteration,
    now.getTime(),
    fileTime,
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

function singleLabels(
  database: DatabaseSync,
  {
    job,
    task,
    objects,
    now,
  }: {
    readonly job: Job;
    readonly task: SingleLabelTask;
    readonly objects: readonly ObjectRow[];
    readonly now: Date;
  },
): readonly Labeled[] {
  const annotations = objects.map(({ id }) =>
    answersTo(database, job.id, id).map((answer): Annotation => {
      const label = chosenClass(task, answerContent(answer), job.labels);
      return { worker: answer.sub, label: label ?? 0 }; // Checked when the answer was taken.
    }),
  );
  return consolidateSingleLabel(annotations, job.labels.length).map(({ label, confidence }, index) => ({
    label,
    metadata: singleLabelMetadata(task, job.name, {
      classIndex: label,
      className: job.labels[label] ?? '',
      confidence,
      createdAt: creationDate(now.getTime(), index * microsecondsPerObject),
    }),
  }));
}

function customLabels(
  job: Job,
  { objects, consolidation }: { readonly objects: readonly ObjectRow[]; readonly consolidation: Consolidation },
): readonly Labeled[] {
  return objects.map(({ id }, index) => ({
    label: {},
    metadata: customMetadata(job.name, {
      createdAt: creationDate(consolidation.created_at, index * microsecondsPerObject),
      workerResponseRef: workerResponseUri(job, consolidation, id),
    }),
  }));
}

/** The objects of a batch are a few microseconds apart, as if each had been written when it was done. */
const microsecondsPerObject = 5;
