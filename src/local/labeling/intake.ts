import type { DatabaseSync } from 'node:sqlite';
import { type LabelLimits, parseEntityInstructions, parseLabelCategories } from '../../core/labels/labelCategories.js';
import type { LabelingTask } from '../../core/labels/tasks.js';
import { type InputLine, parseInputLine } from '../../core/manifest/inputManifestLine.js';
import { type ManifestLine, readManifestLines } from '../../core/manifest/inputManifestLines.js';
import { namedEntityTemplate } from '../../core/templates/namedEntityTemplate.js';
import { formatS3Uri, parseObjectAddress, type S3Uri } from '../../core/s3Uri.js';
import { ServiceError } from '../http/serviceError.js';
import { run } from '../records.js';
import { inTransaction } from '../store/database.js';
import type { ObjectStorage } from '../store/objectStorage.js';
import { failureMetadata } from './failures.js';
import type { Job, ObjectState } from './jobRecords.js';

/** Why a job cannot be run at all: its `FailureReason`. */
export class JobFailure extends Error {
  override readonly name = 'JobFailure';
}

const maximumObjects = 100_000;
const linesPerTransaction = 2_000;
/** Lines may be long: so many characters of them are kept in memory. */
const charactersPerTransaction = 4_000_000;

/** Reads all that a job is made from. A run that was cut short starts again from nothing. */
export async function takeIn(database: DatabaseSync, objects: ObjectStorage, job: Job): Promise<void> {
  const { LabelCategoryConfigS3Uri: labelsUri, HumanTaskConfig: config } = job.request;
  const { UiTemplateS3Uri: templateUri, HumanTaskUiArn: taskUi } = config.UiConfig;
  const categories =
    labelsUri === undefined ? undefined : await readText(objects, labelsUri, 'label category configuration file');
  const labels =
    categories === undefined ? undefined : read(() => parseLabelCategories(categories, limitsOf(job.task)));
  const template =
    taskUi === undefined
      ? await readText(objects, templateUri ?? '', 'worker task template')
      : read(() => namedEntityTemplate(config.TaskDescription, parseEntityInstructions(categories ?? '')));
  run(
    database,
    'UPDATE labeling_jobs SET template = ?, labels = ? WHERE id = ?',
    template,
    labels === undefined ? null : JSON.stringify(labels),
    job.id,
  );
  run(database, 'DELETE FROM labeling_objects WHERE job = ?', job.id);
  await takeInManifest(database, objects, job);
  // The output manifest is there from the beginning, though nothing in it has a label yet.
  run(database, 'UPDATE labeling_jobs SET revision = revision + 1 WHERE id = ?', job.id);
}

async function takeInManifest(database: DatabaseSync, objects: ObjectStorage, job: Job): Promise<void> {
  let lineNumber = 0;
  let count = 0;
  let pending: (ManifestLine & { readonly id: number })[] = [];
  let pendingCharacters = 0;
  const flush = (): void => {
    inTransaction(database, () => {
      for (const line of pending) {
        insertObject(database, job, line);
      }
    });
    pending = [];
    pendingCharacters = 0;
  };
  for await (const line of readManifestLines(manifestBytes(objects, job.manifest))) {
    if (line.text.trim() !== '') {
      count += 1;
      if (count > maximumObjects) {
        throw new JobFailure(`The input manifest has more than ${maximumObjects} objects.`);
      }
      pending.push({ ...line, id: lineNumber });
      pendingCharacters += line.text.length;
    }
    lineNumber += 1;
    if (pending.length >= linesPerTransaction || pendingCharacters >= charactersPerTransaction) {
      flush();
    }
  }
  flush();
  if (count === 0) {
    throw new JobFailure(`The input manifest ${formatS3Uri(job.manifest)} has no objects.`);
  }
}

function insertObject(database: DatabaseSync, job: Job, line: ManifestLine & { readonly id: number }): void {
  const { id, text } = line;
  const { state, reason } = firstState(parsedLine(line, job), job.task);
  run(
    database,
    'INSERT INTO labeling_objects (job, id, line, state, metadata) VALUES (?, ?, ?, ?, ?)',
    job.id,
    id,
    text,
    state,
    reason === undefined
      ? null
      : JSON.stringify(failureMetadata(`Line ${id + 1} of the input manifest cannot be used: ${reason}.`)),
  );
}

/** A line with damaged text could be read, but not given back as it was. */
function parsedLine({ text, isUtf8 }: ManifestLine, job: Job): InputLine {
  const parsed = parseInputLine(text, job.labelAttributeName);
  return parsed.kind === 'object' && !isUtf8 ? { kind: 'broken', reason: 'it is not valid UTF-8' } : parsed;
}

function firstState(parsed: InputLine, task: LabelingTask): { readonly state: ObjectState; readonly reason?: string } {
  if (parsed.kind !== 'object') {
    return { state: 'failed', reason: parsed.kind === 'broken' ? parsed.reason : 'it is empty' };
  }
  if (parsed.isLabeled) {
    return { state: 'inherited' };
  }
  if (task.kind !== 'custom') {
    const data = task.dataKey === 'source' ? parsed.data.content : parsed.data.reference;
    if (data === undefined) {
      return { state: 'failed', reason: `it has no "${task.dataKey}", which this task type needs` };
    }
  }
  return { state: 'pending' };
}

function limitsOf(task: LabelingTask): LabelLimits {
  return task.kind === 'custom' ? { minimumLabels: 1 } : task;
}

/** What a file's text says; a job whose file cannot be used is lost. */
function read<T>(parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    throw new JobFailure(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

const maximumTextBytes = 4_000_000;

async function readText(objects: ObjectStorage, address: string, what: string): Promise<string> {
  const uri = parseObjectAddress(address);
  if (uri === undefined) {
    throw new JobFailure(`The ${what} has no S3 URI.`);
  }
  try {
    const { bytes, totalBytes } = await objects.read(uri.bucket, uri.key, { offset: 0, length: maximumTextBytes });
    if (totalBytes > maximumTextBytes) {
      throw new JobFailure(`The ${what} ${formatS3Uri(uri)} is too large.`);
    }
    return new TextDecoder().decode(bytes);
  } catch (error) {
    throw unlessMissing(error, uri, what);
  }
}

async function* manifestBytes(objects: ObjectStorage, uri: S3Uri): AsyncGenerator<Uint8Array> {
  try {
    yield* objects.stream(uri.bucket, uri.key);
  } catch (error) {
    throw unlessMissing(error, uri, 'input manifest');
  }
}

/** A job whose input is not there is lost; whatever else has gone wrong may be over soon. */
function unlessMissing(error: unknown, uri: S3Uri, what: string): unknown {
  return error instanceof ServiceError && error.code.startsWith('NoSuch')
    ? new JobFailure(`The ${what} ${formatS3Uri(uri)} does not exist or cannot be read.`, { cause: error })
    : error;
}
