import type { DatabaseSync } from 'node:sqlite';
import { parseInputLine } from '../../core/manifest/inputManifestLine.js';
import type { Clock } from '../clock.js';
import type { S3Uri } from '../../core/s3Uri.js';
import { query, rowExists, run } from '../records.js';
import { StorageAway } from '../remote/storageAway.js';
import { inTransaction } from '../store/database.js';
import type { ObjectStorage } from '../store/objectStorage.js';
import { objectCounts, roomUntilStop } from './counters.js';
import { failureMetadata } from './failures.js';
import { imageProblem } from './imageCheck.js';
import { changeOutput, type Job, type ObjectRow } from './jobRecords.js';
import { preAnnotate, type PreAnnotation, type PreAnnotationDependencies } from './preAnnotation.js';

interface BatchDependencies extends PreAnnotationDependencies {
  readonly database: DatabaseSync;
  readonly objects: ObjectStorage;
  readonly clock: Clock;
}

type Candidate = Pick<ObjectRow, 'id'>;

/** What is to become of a candidate; `open` is the usual case. */
type Prepared = { readonly kind: 'open' } | PreAnnotation;

const preparedAtOnce = 16;
/** Workers need not wait for the whole batch to be looked at. */
const objectsPerCommit = 96;

/**
 * Opens the next objects to the workers, at most as many as the job lets be worked on at a time. Those that cannot be
 * shown fail and do not count. Resolves to `false` where nothing is left to open: the job is done.
 */
export async function openNextBatch(dependencies: BatchDependencies, job: Job): Promise<boolean> {
  const { database, clock } = dependencies;
  const size = Math.min(job.batchSize, roomUntilStop(job, objectCounts(database, job.id)));
  const candidates = query<Candidate>(
    database,
    `SELECT id FROM labeling_objects WHERE job = ? AND state = 'pending' ORDER BY id LIMIT ?`,
  ).all(job.id, Math.max(size, 0));
  if (candidates.length === 0) {
    return false;
  }
  for (let start = 0; start < candidates.length && isInProgress(database, job); start += objectsPerCommit) {
    const group = candidates.slice(start, start + objectsPerCommit);
    const prepared = await prepareAll(dependencies, job, group);
    inTransaction(database, () => {
      if (start === 0) {
        run(database, 'UPDATE labeling_jobs SET iteration = iteration + 1 WHERE id = ?', job.id);
      }
      changeOutput(database, job, clock.now());
      group.forEach(({ id }, index) => openObject(database, job, { id, prepared: prepared[index], now: clock.now() }));
    });
  }
  return true;
}

/** It may have been stopped meanwhile. */
function isInProgress(database: DatabaseSync, { id }: Job): boolean {
  return rowExists(database, `SELECT 1 FROM labeling_jobs WHERE id = ? AND status = 'InProgress'`, id);
}

function openObject(
  database: DatabaseSync,
  job: Job,
  {
    id,
    prepared = { kind: 'open' },
    now,
  }: { readonly id: number; readonly prepared: Prepared | undefined; readonly now: Date },
): void {
  const isOpen = prepared.kind === 'open' || prepared.kind === 'task';
  run(
    database,
    `UPDATE labeling_objects
     SET state = ?, wanted = ?, task_input = ?, metadata = ?, iteration = ?, opened_at = ? WHERE job = ? AND id = ?`,
    isOpen ? 'open' : prepared.kind,
    isOpen ? job.workersPerObject : 0,
    prepared.kind === 'task' ? JSON.stringify(prepared.input) : null,
    prepared.kind === 'failed' ? JSON.stringify(failureMetadata(prepared.reason)) : null,
    job.iteration + 1,
    now.getTime(),
    job.id,
    id,
  );
}

async function prepareAll(
  dependencies: BatchDependencies,
  job: Job,
  candidates: readonly Candidate[],
): Promise<readonly Prepared[]> {
  const prepared: Prepared[] = [];
  // Lines may be long: they are read when it is their turn.
  for (let start = 0; start < candidates.length; start += preparedAtOnce) {
    const group = candidates.slice(start, start + preparedAtOnce);
    prepared.push(
      ...(await Promise.all(
        group.map(async ({ id }) => prepare(dependencies, job, lineOf(dependencies.database, job, id))),
      )),
    );
  }
  return prepared;
}

async function prepare(dependencies: BatchDependencies, job: Job, line: string): Promise<Prepared> {
  const problem = await dataProblem(dependencies.objects, job, line);
  if (problem !== undefined) {
    return { kind: 'failed', reason: problem };
  }
  const { preAnnotationFunction: arn } = job;
  return arn === undefined ? { kind: 'open' } : preAnnotate(dependencies, job, { arn, line });
}

function lineOf(database: DatabaseSync, job: Job, id: number): string {
  const row = query<{ readonly line: string }>(
    database,
    'SELECT line FROM labeling_objects WHERE job = ? AND id = ?',
  ).one(job.id, id);
  return row?.line ?? '';
}

async function dataProblem(objects: ObjectStorage, job: Job, line: string): Promise<string | undefined> {
  if (job.task.kind === 'custom' || job.task.dataKey !== 'source-ref') {
    return undefined;
  }
  const parsed = parseInputLine(line, job.labelAttributeName);
  const reference = parsed.kind === 'object' ? parsed.data.reference : undefined;
  return reference === undefined ? undefined : readableImageProblem(objects, job, reference);
}

/** A picture that the storage's keys may not read has failed; not so where they may read nothing of the job any more. */
async function readableImageProblem(objects: ObjectStorage, job: Job, uri: S3Uri): Promise<string | undefined> {
  try {
    return await imageProblem(objects, uri);
  } catch (error) {
    if (!(error instanceof StorageAway && error.problem === 'denied')) {
      throw error;
    }
    await objects.read(job.manifest.bucket, job.manifest.key, { offset: 0, length: 1 });
    return error.message;
  }
}
