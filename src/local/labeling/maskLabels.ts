import type { DatabaseSync } from 'node:sqlite';
import type { JsonObject } from '../../core/json.js';
import type { LabeledObject } from '../../core/labels/labelBatch.js';
import type { SegmentationTask } from '../../core/labels/semanticSegmentation.js';
import { creationDate } from '../../core/manifest/outputManifestDates.js';
import { formatS3Uri } from '../../core/s3Uri.js';
import type { Clock } from '../clock.js';
import { inTransaction } from '../store/database.js';
import type { ObjectStorage } from '../store/objectStorage.js';
import {
  type Consolidation,
  keepOutcome,
  objectsIn,
  setLabeled,
  unlabeledConsolidations,
} from './consolidationRecords.js';
import { failureMetadata } from './failures.js';
import { changeOutput, type Job, type ObjectRow } from './jobRecords.js';
import { microsecondsOf, workerAnswers } from './labelMaking.js';
import { type AnsweredMask, type Masks, MasksBrokenOff, type MergedMask } from './masks.js';
import { maskPlace } from './outputPaths.js';

interface MaskLabelDependencies {
  readonly database: DatabaseSync;
  readonly objects: ObjectStorage;
  readonly masks: Masks;
  readonly clock: Clock;
  /** Since when, in ms, the masks of an object could not be merged; kept from one attempt to the next. */
  readonly unmergedSince: Map<string, number>;
}

/** What keeps masks from being merged may pass, such as a lack of memory; after so long the object has failed. */
const patienceMs = 60_000;

type MaskOutcome = LabeledObject | { readonly label: undefined; readonly metadata: JsonObject };

/**
 * Makes labels of the masks that were set aside, each a file that stands before its label does. They depend on records
 * alone: what was being made when the process died is made again, under the same name.
 */
export async function labelMasks(dependencies: MaskLabelDependencies, job: Job): Promise<void> {
  const { task } = job;
  if (task.kind !== 'segmentation') {
    return;
  }
  const { database, clock } = dependencies;
  for (const consolidation of unlabeledConsolidations(database, job)) {
    const labels: { readonly row: ObjectRow; readonly outcome: MaskOutcome }[] = [];
    for (const [index, row] of objectsIn(database, job, consolidation).entries()) {
      labels.push({ row, outcome: await labelMask(dependencies, job, { task, consolidation, row, index }) });
    }
    inTransaction(database, () => {
      labels.forEach(({ row, outcome }) => keepOutcome(database, row, outcome));
      setLabeled(database, consolidation);
      changeOutput(database, job, clock.now());
    });
  }
}

async function labelMask(
  dependencies: MaskLabelDependencies,
  job: Job,
  {
    task,
    consolidation: { created_at: createdAt },
    row,
    index,
  }: {
    readonly task: SegmentationTask;
    readonly consolidation: Consolidation;
    readonly row: ObjectRow;
    readonly index: number;
  },
): Promise<MaskOutcome> {
  const { database, objects } = dependencies;
  // The file is named after a moment before the label's.
  const place = maskPlace(job, row.id, creationDate(createdAt, microsecondsOf(index) - 2));
  const merged = await mergedOrFailed(dependencies, row, {
    task,
    answers: workerAnswers(database, row),
    labels: job.labels,
    jobName: job.name,
    maskUri: formatS3Uri(place),
    createdAt: creationDate(createdAt, microsecondsOf(index)),
  });
  if (!('file' in merged)) {
    return merged;
  }
  const { file, ...labeled } = merged;
  await objects.write(place.bucket, place.key, file, { contentType: 'image/png' });
  return labeled;
}

/** One object whose masks cannot be merged must not hold up all others, nor its job for ever. */
async function mergedOrFailed(
  { masks, clock, unmergedSince }: MaskLabelDependencies,
  { job, id }: Pick<ObjectRow, 'job' | 'id'>,
  masksOf: AnsweredMask,
): Promise<MergedMask | Exclude<MaskOutcome, LabeledObject>> {
  const key = `${job} ${id}`;
  try {
    const merged = await masks.merge(masksOf);
    unmergedSince.delete(key);
    return merged;
  } catch (error) {
    const time = clock.now().getTime();
    const since = unmergedSince.get(key) ?? time;
    if (error instanceof MasksBrokenOff || time < since + patienceMs) {
      unmergedSince.set(key, since);
      throw error;
    }
    unmergedSince.delete(key);
    const reason = error instanceof Error ? error.message : String(error);
    return { label: undefined, metadata: failureMetadata(`The masks of its workers could not be merged: ${reason}`) };
  }
}
