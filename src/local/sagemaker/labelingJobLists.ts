import type { JsonObject } from '../../core/json.js';
import { ServiceError } from '../http/serviceError.js';
import { labelCounters, objectCounts, totalObjects } from '../labeling/counters.js';
import { jobArn } from '../labeling/jobArn.js';
import { jobOf, type JobRow } from '../labeling/jobRecords.js';
import { query } from '../records.js';
import { labelingJobState } from './labelingJobState.js';
import type { LabelingJobDependencies } from './labelingJobs.js';
import type { CreateLabelingJob, Operations, RequestOf } from './requests.js';
import { listedPage, type SageMakerDependencies, sortedBy } from './responses.js';
import { teamByArn } from './workteams.js';

type LabelingJobList = 'ListLabelingJobs' | 'ListLabelingJobsForWorkteam';

/** The account's labeling jobs, and those of one team: the oldest first, where nothing else is asked for. */
export function labelingJobLists(dependencies: LabelingJobDependencies): Operations<LabelingJobList> {
  const { database } = dependencies;
  return {
    // Those whose buckets the caller looks at: another storage may have others of the same names.
    ListLabelingJobs(request, storage) {
      const rows = query<JobRow>(database, 'SELECT * FROM labeling_jobs WHERE storage IS ? ORDER BY id').all(
        storage ?? null,
      );
      const ordered = sortedBy(rows.filter(matching(request)), request, {
        Name: (row) => row.name.toLowerCase(),
        Status: (row) => row.status,
        CreationTime: (row) => row.created_at,
      });
      const page = listedPage('ListLabelingJobs', ordered, request);
      return {
        LabelingJobSummaryList: page.items.map((row) => summary(row, dependencies)),
        NextToken: page.nextToken,
      };
    },

    ListLabelingJobsForWorkteam(request) {
      const team = teamByArn(request.WorkteamArn, dependencies);
      if (team === undefined) {
        throw new ServiceError('ResourceNotFound', `The work team ${request.WorkteamArn} does not exist.`);
      }
      const rows = query<JobRow>(database, 'SELECT * FROM labeling_jobs WHERE workteam = ? ORDER BY id').all(team.name);
      const wanted = rows.filter(
        (row) =>
          isBetween(row.created_at, request.CreationTimeAfter, request.CreationTimeBefore) &&
          row.reference_code.includes(request.JobReferenceCodeContains ?? ''),
      );
      const ordered = sortedBy(wanted, request, { CreationTime: (row) => row.created_at });
      const page = listedPage('ListLabelingJobsForWorkteam', ordered, request);
      return {
        LabelingJobSummaryList: page.items.map((row) => teamSummary(row, dependencies)),
        NextToken: page.nextToken,
      };
    },
  };
}

function matching(request: RequestOf<'ListLabelingJobs'>): (row: JobRow) => boolean {
  const part = (request.NameContains ?? '').toLowerCase();
  return (row) =>
    isBetween(row.created_at, request.CreationTimeAfter, request.CreationTimeBefore) &&
    isBetween(row.modified_at, request.LastModifiedTimeAfter, request.LastModifiedTimeBefore) &&
    row.name.toLowerCase().includes(part) &&
    (request.StatusEquals === undefined || row.status === request.StatusEquals);
}

/** Both bounds, in epoch seconds, are left out of the interval. */
function isBetween(milliseconds: number, after: number | undefined, before: number | undefined): boolean {
  const seconds = milliseconds / 1_000;
  return (after === undefined || seconds > after) && (before === undefined || seconds < before);
}

function summary(row: JobRow, dependencies: LabelingJobDependencies): JsonObject {
  const { identity } = dependencies;
  const { HumanTaskConfig: config, InputConfig: input } = JSON.parse(row.request) as CreateLabelingJob;
  return {
    LabelingJobName: row.name,
    LabelingJobArn: jobArn(row, identity),
    ...labelingJobState(row, dependencies),
    WorkteamArn: config.WorkteamArn,
    PreHumanTaskLambdaArn: config.PreHumanTaskLambdaArn,
    AnnotationConsolidationLambdaArn: config.AnnotationConsolidationConfig?.AnnotationConsolidationLambdaArn,
    InputConfig: input,
  };
}

function teamSummary(row: JobRow, { database, identity }: SageMakerDependencies): JsonObject {
  const counts = objectCounts(database, row.id);
  const { HumanLabeled } = labelCounters(counts);
  return {
    LabelingJobName: row.name,
    JobReferenceCode: row.reference_code,
    WorkRequesterAccountId: identity.accountId,
    CreationTime: row.created_at / 1_000,
    LabelCounters: { HumanLabeled, PendingHuman: counts.open, Total: totalObjects(counts) },
    NumberOfHumanWorkersPerDataObject: jobOf(row).workersPerObject,
  };
}
