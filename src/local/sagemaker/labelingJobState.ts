import type { JsonValue } from '../../core/json.js';
import { labelCounters, objectCounts } from '../labeling/counters.js';
import { jobOf, type JobRow } from '../labeling/jobRecords.js';
import { outputManifestUri } from '../labeling/outputPaths.js';
import type { LabelingJobDependencies } from './labelingJobs.js';

/** AWS's models allow no longer one. */
const longestReason = 1_024;

/**
 * What changes while a job runs, as descriptions and lists of jobs have it. A job that waits for something that somebody
 * must do has a `FailureReason` meanwhile, though it has not failed: there is no other word for it.
 */
export function labelingJobState(
  row: JobRow,
  { database, waitingFor }: Pick<LabelingJobDependencies, 'database' | 'waitingFor'>,
): Readonly<Record<string, JsonValue>> {
  const reason = row.failure_reason ?? waitingFor(row)?.slice(0, longestReason);
  return {
    LabelingJobStatus: row.status,
    LabelCounters: { ...labelCounters(objectCounts(database, row.id)) },
    ...(reason !== undefined && { FailureReason: reason }),
    CreationTime: row.created_at / 1_000,
    LastModifiedTime: row.modified_at / 1_000,
    ...(row.written_revision > 0 && { LabelingJobOutput: { OutputDatasetS3Uri: outputManifestUri(jobOf(row)) } }),
  };
}
