import type { DatabaseSync } from 'node:sqlite';
import { type BuiltInTaskType, parseBuiltInFunction } from '../../core/labels/builtInFunctions.js';
import { custom } from '../../core/labels/custom.js';
import type { LabelCategory } from '../../core/labels/labelCategories.js';
import { type LabelingTask, labelingTask } from '../../core/labels/tasks.js';
import type { LabelingJobStatus } from '../../core/ports.js';
import { parseObjectAddress, type S3Uri } from '../../core/s3Uri.js';
import { query, rowExists, run } from '../records.js';
import type { CreateLabelingJob } from '../sagemaker/requests.js';
import { inTransaction } from '../store/database.js';
import { recordJobEvent } from './labelingEvents.js';

export interface JobRow {
  readonly id: number;
  readonly name: string;
  readonly reference_code: string;
  readonly request: string;
  /** The private team's name. */
  readonly workteam: string;
  readonly status: LabelingJobStatus;
  readonly failure_reason: string | null;
  readonly template: string | null;
  readonly labels: string | null;
  /** The number of the newest batch, from 1. */
  readonly iteration: number;
  /** Counts what changes the output manifest; `written_revision` is what the file on disk shows. */
  readonly revision: number;
  readonly written_revision: number;
  readonly created_at: number;
  readonly modified_at: number;
  /** The session token of the storage elsewhere that it reads from and writes to. */
  readonly storage: string | null;
}

/**
 * An object of a job goes `pending` → `open` → `answered` → `labeled`, or ends as `failed`, as `inherited` from an earlier
 * job, or as `skipped` by the pre-annotation function.
 */
export type ObjectState = 'pending' | 'open' | 'answered' | 'labeled' | 'failed' | 'inherited' | 'skipped';

export interface ObjectRow {
  readonly job: number;
  /** The place of its line in the input manifest, from 0. */
  readonly id: number;
  readonly line: string;
  readonly state: ObjectState;
  readonly iteration: number | null;
  readonly opened_at: number | null;
  readonly answered_at: number | null;
  /** Set when its answers are taken to be made a label: then none of them can be taken back. */
  readonly consolidation: number | null;
  readonly label: string | null;
  readonly metadata: string | null;
}

/** A labeling job in the engine's terms. */
export interface Job {
  readonly id: number;
  readonly name: string;
  readonly referenceCode: string;
  readonly workteam: string;
  readonly status: LabelingJobStatus;
  /** Also of a job that is stopping because of it. */
  readonly failureReason: string | undefined;
  readonly iteration: number;
  readonly createdAt: number;
  readonly request: CreateLabelingJob;
  readonly labelAttributeName: string;
  readonly task: LabelingTask;
  /** What makes `task.input` of a manifest line; `undefined` where the template gets the line itself. */
  readonly inputTask: LabelingTask | undefined;
  /** ARNs of the job's own functions; `undefined` where Ground Truth's, or none, are used. */
  readonly preAnnotationFunction: string | undefined;
  readonly postAnnotationFunction: string | undefined;
  readonly labels: readonly LabelCategory[];
  readonly workersPerObject: number;
  readonly timeLimitMs: number;
  readonly availabilityMs: number;
  readonly batchSize: number;
  readonly manifest: S3Uri;
  /** Where the job's files go: the key ends with a slash. */
  readonly output: S3Uri;
  /** Where its buckets are; `undefined` for Local Ground Truth's own. */
  readonly storage: string | undefined;
}

const dayInSeconds = 24 * 60 * 60;
export const longestAvailabilitySeconds = 30 * dayInSeconds;
const defaultBatchSize = 1_000;

export function findJobRow(database: DatabaseSync, name: string): JobRow | undefined {
  return query<JobRow>(database, 'SELECT * FROM labeling_jobs WHERE name = ?').one(name);
}

export function jobById(database: DatabaseSync, id: number): Job {
  const row = query<JobRow>(database, 'SELECT * FROM labeling_jobs WHERE id = ?').one(id);
  if (row === undefined) {
    throw new Error(`There is no labeling job ${id}.`); // Jobs are never deleted.
  }
  return jobOf(row);
}

const activeStatuses: ReadonlySet<LabelingJobStatus> = new Set(['Initializing', 'InProgress', 'Stopping']);

/** Whether its status will still change by itself. */
export function isActive({ status }: Pick<JobRow, 'status'>): boolean {
  return activeStatuses.has(status);
}

export function activeJobs(database: DatabaseSync): readonly Pick<JobRow, 'id' | 'storage'>[] {
  return query<Pick<JobRow, 'id' | 'storage'>>(
    database,
    `SELECT id, storage FROM labeling_jobs WHERE status IN ('Initializing', 'InProgress', 'Stopping') ORDER BY id`,
  ).all();
}

export function jobOf(row: JobRow): Job {
  const request = JSON.parse(row.request) as CreateLabelingJob;
  const { HumanTaskConfig: config, OutputConfig: output, InputConfig: input } = request;
  const { bucket, key } = address(output.S3OutputPath);
  const prefix = key === '' || key.endsWith('/') ? key : `${key}/`;
  return {
    id: row.id,
    name: row.name,
    referenceCode: row.reference_code,
    workteam: row.workteam,
    status: row.status,
    failureReason: row.failure_reason ?? undefined,
    iteration: row.iteration,
    createdAt: row.created_at,
    request,
    labelAttributeName: request.LabelAttributeName,
    task: taskOf(request),
    inputTask: inputTaskOf(request),
    preAnnotationFunction: ownFunction(config.PreHumanTaskLambdaArn),
    postAnnotationFunction: ownFunction(config.AnnotationConsolidationConfig?.AnnotationConsolidationLambdaArn),
    labels: row.labels === null ? [] : (JSON.parse(row.labels) as readonly (string | LabelCategory)[]).map(category),
    workersPerObject: config.NumberOfHumanWorkersPerDataObject,
    timeLimitMs: config.TaskTimeLimitInSeconds * 1_000,
    availabilityMs: (config.TaskAvailabilityLifetimeInSeconds ?? longestAvailabilitySeconds) * 1_000,
    batchSize: config.MaxConcurrentTaskCount ?? defaultBatchSize,
    manifest: address(input.DataSource.S3DataSource?.ManifestS3Uri ?? ''),
    output: { bucket, key: `${prefix}${row.name}/` },
    storage: row.storage ?? undefined,
  };
}

export function setStatus(
  database: DatabaseSync,
  job: { readonly id: number },
  { status, now, reason }: { readonly status: LabelingJobStatus; readonly now: Date; readonly reason?: string },
): void {
  inTransaction(database, () => {
    run(
      database,
      'UPDATE labeling_jobs SET status = ?, failure_reason = ?, modified_at = ? WHERE id = ?',
      status,
      reason?.slice(0, 1_024) ?? null,
      now.getTime(),
      job.id,
    );
    recordEnd(database, job, { status, now });
  });
}

export function touch(database: DatabaseSync, job: { readonly id: number }, now: Date): void {
  run(database, 'UPDATE labeling_jobs SET modified_at = ? WHERE id = ?', now.getTime(), job.id);
}

/** Tells whether the job was still in that state: it may have been stopped meanwhile. */
export function moveOn(
  database: DatabaseSync,
  job: Pick<Job, 'id' | 'status'>,
  { status, now }: { readonly status: LabelingJobStatus; readonly now: Date },
): boolean {
  return inTransaction(database, () => {
    const hasMoved =
      run(
        database,
        'UPDATE labeling_jobs SET status = ?, modified_at = ? WHERE id = ? AND status = ?',
        status,
        now.getTime(),
        job.id,
        job.status,
      ) > 0;
    if (hasMoved) {
      recordEnd(database, job, { status, now });
    }
    return hasMoved;
  });
}

function recordEnd(
  database: DatabaseSync,
  job: { readonly id: number },
  { status, now }: { readonly status: LabelingJobStatus; readonly now: Date },
): void {
  if (status === 'Completed' || status === 'Failed' || status === 'Stopped') {
    recordJobEvent(database, job, { type: status, now });
  }
}

/** Says that the output manifest on disk is behind. */
export function changeOutput(database: DatabaseSync, job: { readonly id: number }, now: Date): void {
  run(
    database,
    'UPDATE labeling_jobs SET revision = revision + 1, modified_at = ? WHERE id = ?',
    now.getTime(),
    job.id,
  );
}

export function isOutputBehind(database: DatabaseSync, job: { readonly id: number }): boolean {
  return rowExists(database, 'SELECT 1 FROM labeling_jobs WHERE id = ? AND revision <> written_revision', job.id);
}

export function hasObjects(database: DatabaseSync, job: { readonly id: number }, state: ObjectState): boolean {
  return (
    query(database, 'SELECT 1 FROM labeling_objects WHERE job = ? AND state = ? LIMIT 1').one(job.id, state) !==
    undefined
  );
}

/** The type that the job's built-in functions are for; `undefined` where it has none. */
function taskTypeOf(request: CreateLabelingJob): BuiltInTaskType | undefined {
  const { AnnotationConsolidationConfig: consolidation } = request.HumanTaskConfig;
  const arn = consolidation?.AnnotationConsolidationLambdaArn;
  return arn === undefined ? undefined : parseBuiltInFunction(arn)?.taskType;
}

/** Jobs of earlier versions have the names alone. */
function category(kept: string | LabelCategory): LabelCategory {
  return typeof kept === 'string' ? { label: kept } : kept;
}

function ownFunction(arn: string | undefined): string | undefined {
  return arn === undefined || parseBuiltInFunction(arn) !== undefined ? undefined : arn;
}

function taskOf(request: CreateLabelingJob): LabelingTask {
  const taskType = taskTypeOf(request);
  return (taskType === undefined ? undefined : labelingTask(taskType)) ?? custom;
}

/** By the pre-annotation function; newer clients leave it out where the consolidation says the task type. */
function inputTaskOf(request: CreateLabelingJob): LabelingTask | undefined {
  const { PreHumanTaskLambdaArn: arn } = request.HumanTaskConfig;
  const taskType = arn === undefined ? taskTypeOf(request) : parseBuiltInFunction(arn)?.taskType;
  return taskType === undefined ? undefined : (labelingTask(taskType) ?? custom);
}

function address(text: string): S3Uri {
  const uri = parseObjectAddress(text);
  if (uri === undefined) {
    throw new Error(`"${text}" is no S3 URI.`); // A job with such a request was never accepted.
  }
  return uri;
}
