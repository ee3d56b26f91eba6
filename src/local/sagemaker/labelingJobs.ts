import type { JsonObject, JsonValue } from '../../core/json.js';
import { parseObjectAddress } from '../../core/s3Uri.js';
import { ServiceError } from '../http/serviceError.js';
import type { JsonOperation } from '../http/services.js';
import { alphabets, randomText } from '../identifiers.js';
import { labelCounters, objectCounts, totalObjects } from '../labeling/counters.js';
import { jobArn } from '../labeling/handOut.js';
import { findJobRow, jobOf, type JobRow, setStatus } from '../labeling/jobRecords.js';
import { outputManifestUri } from '../labeling/outputPaths.js';
import { query, run } from '../records.js';
import { inTransaction } from '../store/database.js';
import type { ObjectStorage } from '../store/objectStorage.js';
import { checkLabelingJobRules, invalid } from './labelingJobRules.js';
import type { CreateLabelingJob, ListLabelingJobs } from './requests.js';
import { checkRole, listedPage, type SageMakerDependencies, sortedBy } from './responses.js';
import { putTags, tagsOf } from './tags.js';
import { validated } from './validation.js';
import { workteamArn } from './workteams.js';

export interface LabelingJobDependencies extends SageMakerDependencies {
  readonly objects: ObjectStorage;
  /** Tells the engine that a job has something to do. */
  readonly wake: (jobId: number) => void;
}

export function labelingJobOperations(dependencies: LabelingJobDependencies): Record<string, JsonOperation> {
  const { database, identity, clock, wake } = dependencies;
  return {
    CreateLabelingJob(input) {
      const request = validated('CreateLabelingJobRequest', input);
      const name = request.LabelingJobName;
      checkLabelingJobRules(request, identity.region);
      const workteam = referencedTeam(request.HumanTaskConfig.WorkteamArn, dependencies);
      checkRole(request.RoleArn, dependencies);
      checkBuckets(request, dependencies);
      const arn = jobArn({ name }, identity);
      const now = clock.now().getTime();
      const id = inTransaction(database, () => {
        const other = findJobRow(database, name);
        if (other !== undefined) {
          throw new ServiceError('ResourceInUse', `The labeling job name ${name} is already in use (${other.name}).`);
        }
        run(
          database,
          `INSERT INTO labeling_jobs (name, reference_code, request, workteam, status, created_at, modified_at)
           VALUES (?, ?, ?, ?, 'Initializing', ?, ?)`,
          name,
          identity.accountId + randomText(16, alphabets.digitsAndLetters),
          JSON.stringify(request),
          workteam,
          now,
          now,
        );
        putTags(database, arn, request.Tags ?? []);
        return findJobRow(database, name)?.id;
      });
      if (id !== undefined) {
        wake(id);
      }
      return { LabelingJobArn: arn };
    },

    DescribeLabelingJob(input) {
      const { LabelingJobName: name } = validated('DescribeLabelingJobRequest', input);
      const row = existingJob(name, dependencies);
      const { OutputConfig: output, Tags: _tags, ...request } = JSON.parse(row.request) as JsonObject;
      const tags = tagsOf(database, jobArn(row, identity));
      return {
        ...request,
        ...state(row, dependencies),
        JobReferenceCode: row.reference_code,
        LabelingJobName: row.name,
        LabelingJobArn: jobArn(row, identity),
        OutputConfig: { KmsKeyId: '', ...(output as JsonObject) },
        ...(tags.length > 0 && { Tags: tags }),
      };
    },

    ListLabelingJobs(input) {
      const request = validated('ListLabelingJobsRequest', input);
      const rows = query<JobRow>(database, 'SELECT * FROM labeling_jobs ORDER BY id').all();
      const ordered = sortedBy(rows.filter(matching(request)), request, {
        Name: (row) => row.name.toLowerCase(),
        Status: (row) => row.status,
        CreationTime: (row) => row.created_at,
      });
      const page = listedPage(ordered, request);
      return {
        LabelingJobSummaryList: page.items.map((row) => summary(row, dependencies)),
        NextToken: page.nextToken,
      };
    },

    ListLabelingJobsForWorkteam(input) {
      const request = validated('ListLabelingJobsForWorkteamRequest', input);
      const team = teamName(request.WorkteamArn, dependencies);
      if (team === undefined) {
        throw new ServiceError('ResourceNotFound', `The work team ${request.WorkteamArn} does not exist.`);
      }
      const rows = query<JobRow>(database, 'SELECT * FROM labeling_jobs WHERE workteam = ? ORDER BY id').all(team);
      const wanted = rows.filter(
        (row) =>
          isBetween(row.created_at, request.CreationTimeAfter, request.CreationTimeBefore) &&
          row.reference_code.includes(request.JobReferenceCodeContains ?? ''),
      );
      const page = listedPage(sortedBy(wanted, request, { CreationTime: (row) => row.created_at }), request);
      return {
        LabelingJobSummaryList: page.items.map((row) => teamSummary(row, dependencies)),
        NextToken: page.nextToken,
      };
    },

    StopLabelingJob(input) {
      const { LabelingJobName: name } = validated('StopLabelingJobRequest', input);
      const row = existingJob(name, dependencies);
      switch (row.status) {
        case 'Initializing':
        case 'InProgress':
          setStatus(database, row, { status: 'Stopping', now: clock.now() });
          wake(row.id);
          return undefined;
        case 'Stopping':
        case 'Stopped':
          return undefined;
        case 'Completed':
        case 'Failed':
          throw invalid(`The labeling job ${row.name} cannot be stopped: it is ${row.status}.`);
      }
    },
  };
}

function existingJob(name: string, { database }: LabelingJobDependencies): JobRow {
  const row = findJobRow(database, name);
  if (row === undefined) {
    throw new ServiceError('ResourceNotFound', `The labeling job ${name} does not exist.`);
  }
  return row;
}

/** The team's name; refuses what is not a private team of this account. */
function referencedTeam(arn: string, dependencies: LabelingJobDependencies): string {
  if (/:workteam\/(?:public|vendor)-crowd\//u.test(arn)) {
    throw invalid(`Local Ground Truth has private work teams only: ${arn} is not one.`);
  }
  const name = teamName(arn, dependencies);
  if (name === undefined) {
    throw invalid(`The work team ${arn} does not exist.`);
  }
  return name;
}

function teamName(arn: string, dependencies: LabelingJobDependencies): string | undefined {
  const name = arn.slice(arn.lastIndexOf('/') + 1);
  const row = query<{ readonly name: string }>(dependencies.database, 'SELECT name FROM workteams WHERE name = ?').one(
    name,
  );
  return row !== undefined && workteamArn(row.name, dependencies) === arn ? row.name : undefined;
}

/** A bucket that cannot be used is refused at once; what is wrong with an object in one makes the job fail. */
function checkBuckets(request: CreateLabelingJob, { objects, identity }: LabelingJobDependencies): void {
  const addresses = [
    request.InputConfig.DataSource.S3DataSource?.ManifestS3Uri,
    request.OutputConfig.S3OutputPath,
    request.LabelCategoryConfigS3Uri,
    request.HumanTaskConfig.UiConfig.UiTemplateS3Uri,
  ];
  for (const address of addresses) {
    const bucket = address === undefined ? undefined : parseObjectAddress(address)?.bucket;
    if (bucket !== undefined) {
      const region = objects.bucketRegion(bucket);
      if (region === undefined) {
        throw invalid(`The S3 bucket ${bucket} does not exist or cannot be reached with the role ${request.RoleArn}.`);
      }
      if (region !== identity.region) {
        throw invalid(
          `The S3 bucket ${bucket} is in ${region}: it must be in the labeling job's region, ${identity.region}.`,
        );
      }
    }
  }
}

function matching(request: ListLabelingJobs): (row: JobRow) => boolean {
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

/** What changes while a job runs. */
function state(row: JobRow, { database }: LabelingJobDependencies): Record<string, JsonValue> {
  return {
    LabelingJobStatus: row.status,
    LabelCounters: { ...labelCounters(objectCounts(database, row.id)) },
    ...(row.failure_reason !== null && { FailureReason: row.failure_reason }),
    CreationTime: row.created_at / 1_000,
    LastModifiedTime: row.modified_at / 1_000,
    ...(row.written_revision > 0 && { LabelingJobOutput: { OutputDatasetS3Uri: outputManifestUri(jobOf(row)) } }),
  };
}

function summary(row: JobRow, dependencies: LabelingJobDependencies): JsonObject {
  const { HumanTaskConfig: config, InputConfig: input } = JSON.parse(row.request) as CreateLabelingJob;
  const { LabelingJobStatus, ...rest } = state(row, dependencies);
  return {
    LabelingJobName: row.name,
    LabelingJobArn: jobArn(row, dependencies.identity),
    LabelingJobStatus,
    ...rest,
    WorkteamArn: config.WorkteamArn,
    PreHumanTaskLambdaArn: config.PreHumanTaskLambdaArn,
    AnnotationConsolidationLambdaArn: config.AnnotationConsolidationConfig?.AnnotationConsolidationLambdaArn,
    InputConfig: input,
  };
}

function teamSummary(row: JobRow, { database, identity }: LabelingJobDependencies): JsonObject {
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
