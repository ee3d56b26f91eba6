import type { DatabaseSync } from 'node:sqlite';
import { query } from '../records.js';
import type { Job, ObjectState } from './jobRecords.js';

export type ObjectCounts = Readonly<Record<ObjectState, number>>;

export interface Counters {
  readonly TotalLabeled: number;
  readonly HumanLabeled: number;
  readonly MachineLabeled: number;
  readonly FailedNonRetryableError: number;
  readonly Unlabeled: number;
}

export function objectCounts(database: DatabaseSync, jobId: number): ObjectCounts {
  const counts = { pending: 0, open: 0, answered: 0, labeled: 0, failed: 0, inherited: 0, skipped: 0 };
  const rows = query<{ readonly state: ObjectState; readonly count: number }>(
    database,
    'SELECT state, count FROM labeling_counts WHERE job = ?',
  ).all(jobId);
  for (const { state, count } of rows) {
    counts[state] = count;
  }
  return counts;
}

/** An answered object counts at once, though its label is written with its batch. */
export function labelCounters(counts: ObjectCounts): Counters {
  const human = counts.answered + counts.labeled;
  return {
    TotalLabeled: human + counts.inherited,
    HumanLabeled: human,
    MachineLabeled: 0,
    FailedNonRetryableError: counts.failed,
    Unlabeled: counts.pending + counts.open + counts.skipped,
  };
}

export function totalObjects(counts: ObjectCounts): number {
  return Object.values(counts).reduce((total, count) => total + count, 0);
}

/** How many more objects the job's stopping conditions let people label. */
export function roomUntilStop({ request }: Pick<Job, 'request'>, counts: ObjectCounts): number {
  const { MaxHumanLabeledObjectCount: most, MaxPercentageOfInputDatasetLabeled: percentage } =
    request.StoppingConditions ?? {};
  if (most === undefined && (percentage ?? 100) === 100) {
    return Number.MAX_SAFE_INTEGER;
  }
  const human = counts.open + counts.answered + counts.labeled;
  const share = Math.max(Math.floor((totalObjects(counts) * (percentage ?? 100)) / 100), 1);
  return Math.min((most ?? Number.MAX_SAFE_INTEGER) - human, share - human - counts.inherited);
}
