import type { DatabaseSync } from 'node:sqlite';
import { query } from '../records.js';
import type { ObjectState } from './jobRecords.js';

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
