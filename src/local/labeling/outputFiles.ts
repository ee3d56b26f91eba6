import type { DatabaseSync } from 'node:sqlite';
import { setImmediate } from 'node:timers/promises';
import type { JsonValue } from '../../core/json.js';
import { failedLine, outputLine } from '../../core/manifest/outputManifestLine.js';
import type { Identity } from '../http/services.js';
import { query, run } from '../records.js';
import type { ObjectStorage } from '../store/objectStorage.js';
import { type Consolidation, objectsIn } from './consolidationRecords.js';
import type { Job, ObjectRow } from './jobRecords.js';
import { outputPaths } from './outputPaths.js';
import { consolidationRequest, consolidationResponse, workerResponse } from './responseFiles.js';
import { answersTo, type TaskRow } from './taskRecords.js';

export interface OutputDependencies {
  readonly database: DatabaseSync;
  readonly objects: ObjectStorage;
  readonly identity: Identity;
}

const writesAtOnce = 16;
// Lines may be long: few at a time, gathered into pieces that are worth a write.
const rowsAtOnce = 20;
const pieceCharacters = 256 * 1_024;
/** After so many rows whoever else waits for the server has a turn: a manifest may have a hundred thousand. */
const rowsInOneTurn = 400;

/**
 * Writes the files of consolidations that have none yet. What they hold depends on records alone, so that writing them
 * again after a crash gives the same files.
 */
export async function writeConsolidations(dependencies: OutputDependencies, job: Job): Promise<void> {
  const { database } = dependencies;
  const consolidations = query<Consolidation>(
    database,
    'SELECT * FROM labeling_consolidations WHERE job = ? AND is_written = 0 AND is_labeled = 1 ORDER BY id',
  ).all(job.id);
  for (const consolidation of consolidations) {
    await writeConsolidation(dependencies, job, consolidation);
    run(database, 'UPDATE labeling_consolidations SET is_written = 1 WHERE id = ?', consolidation.id);
  }
}

/** Writes the whole output manifest, a line for each object of the input manifest, if it has changed. */
export async function writeManifest({ database, objects }: OutputDependencies, job: Job): Promise<void> {
  const state = query<{ readonly revision: number; readonly written_revision: number }>(
    database,
    'SELECT revision, written_revision FROM labeling_jobs WHERE id = ?',
  ).one(job.id);
  if (state === undefined || state.revision === state.written_revision) {
    return;
  }
  const write = async (path: string, lines: Lines, contentType: string): Promise<void> =>
    objects.write(job.output.bucket, job.output.key + path, lineBytes(database, job, lines), { contentType });
  await write(outputPaths.intermediateAnnotations, annotationLines, 'application/json');
  await write(outputPaths.intermediateManifest, manifestLines, 'application/octet-stream');
  await write(outputPaths.outputManifest, manifestLines, 'application/octet-stream');
  run(database, 'UPDATE labeling_jobs SET written_revision = ? WHERE id = ?', state.revision, job.id);
}

/** A line for each of the job's rows that `select` finds, a few at a time. */
interface Lines {
  readonly select: string;
  readonly lineOf: (job: Job, row: ObjectRow) => string;
}

const manifestLines: Lines = {
  select: 'SELECT * FROM labeling_objects WHERE job = ? AND id > ? ORDER BY id LIMIT ?',
  lineOf: manifestLine,
};

const annotationLines: Lines = {
  select: `SELECT * FROM labeling_objects WHERE job = ? AND state = 'labeled' AND id > ? ORDER BY id LIMIT ?`,
  lineOf: (job, row) => JSON.stringify(consolidationResponse(job, row)),
};

function manifestLine(job: Job, row: ObjectRow): string {
  const metadata = { name: `${job.labelAttributeName}-metadata`, value: JSON.parse(row.metadata ?? '{}') as JsonValue };
  switch (row.state) {
    case 'labeled': {
      const label = { name: job.labelAttributeName, value: JSON.parse(row.label ?? '{}') as JsonValue };
      return outputLine(row.line, [label, metadata]);
    }
    case 'failed':
      return failedLine(row.line, metadata);
    case 'pending':
    case 'open':
    case 'answered':
    case 'inherited':
    case 'skipped':
      return row.line;
  }
}

/** A piece at a time, so that a manifest of any length takes little memory. */
async function* lineBytes(database: DatabaseSync, job: Job, { select, lineOf }: Lines): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  let last = -1;
  let rowsInTurn = 0;
  let piece = '';
  for (;;) {
    const rows = query<ObjectRow>(database, select).all(job.id, last, rowsAtOnce);
    piece += rows.map((row) => `${lineOf(job, row)}\n`).join('');
    const end = rows.at(-1);
    if (piece.length >= pieceCharacters || end === undefined) {
      yield encoder.encode(piece);
      piece = '';
    }
    rowsInTurn += rows.length;
    if (rowsInTurn >= rowsInOneTurn) {
      rowsInTurn = 0;
      await setImmediate();
    }
    if (end === undefined) {
      return;
    }
    last = end.id;
  }
}

async function writeConsolidation(
  dependencies: OutputDependencies,
  job: Job,
  consolidation: Consolidation,
): Promise<void> {
  const answered = answeredIn(dependencies.database, job, consolidation);
  const write = jsonWriter(dependencies, job);
  for (let start = 0; start < answered.length; start += writesAtOnce) {
    const group = answered.slice(start, start + writesAtOnce);
    await Promise.all(
      group.map(async ({ row, answers }) =>
        write(outputPaths.workerResponse(consolidation, row.id), workerResponse(answers, dependencies.identity)),
      ),
    );
  }
  if (job.task.kind !== 'custom' || job.postAnnotationFunction !== undefined) {
    await writeConsolidationRequest(dependencies, job, consolidation);
    await write(
      outputPaths.consolidationResponse(consolidation),
      answered.filter(({ row }) => row.state === 'labeled').map(({ row }) => consolidationResponse(job, row)),
    );
  }
}

/** The answers as a consolidation function gets them. */
export async function writeConsolidationRequest(
  dependencies: OutputDependencies,
  job: Job,
  consolidation: Consolidation,
): Promise<void> {
  const { database, identity } = dependencies;
  await jsonWriter(dependencies, job)(
    outputPaths.consolidationRequest(consolidation),
    answeredIn(database, job, consolidation).map(({ row, answers }) =>
      consolidationRequest(job, row, { answers, identity }),
    ),
  );
}

function answeredIn(
  database: DatabaseSync,
  job: Job,
  consolidation: Consolidation,
): readonly { readonly row: ObjectRow; readonly answers: readonly TaskRow[] }[] {
  return objectsIn(database, job, consolidation).map((row) => ({ row, answers: answersTo(database, job.id, row.id) }));
}

function jsonWriter(
  { objects }: Pick<OutputDependencies, 'objects'>,
  job: Job,
): (path: string, value: JsonValue) => Promise<void> {
  return async (path, value) =>
    objects.write(job.output.bucket, job.output.key + path, new TextEncoder().encode(JSON.stringify(value)), {
      contentType: 'application/json',
    });
}
