import type { DatabaseSync } from 'node:sqlite';
import type { JsonValue } from '../../core/json.js';
import { labelCounters, objectCounts } from '../labeling/counters.js';
import { jobOf, type JobRow } from '../labeling/jobRecords.js';
import { outputManifestUri } from '../labeling/outputPaths.js';

/** What changes while a job runs, as descriptions and lists of jobs have it. */
export function labelingJobState(row: JobRow, database: DatabaseSync): Readonly<Record<string, JsonValue>> {
  return {
    LabelingJobStatus: row.status,
    LabelCounters: { ...labelCounters(objectCounts(database, row.id)) },
    ...(row.failure_reason !== null && { FailureReason: row.failure_reason }),
    CreationTime: row.created_at / 1_000,
    LastModifiedTime: row.modified_at / 1_000,
    ...(row.written_revision > 0 && { LabelingJobOutput: { OutputDatasetS3Uri: outputManifestUri(jobOf(row)) } }),
  };
}
