import type { DatabaseSync } from 'node:sqlite';
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
import { changeOutput, type Job, type ObjectRow } from './jobRecords.js';
import { microsecondsOf, workerAnswers } from './labelMaking.js';
import type { Masks } from './masks.js';
import { maskPlace } from './outputPaths.js';

interface MaskLabelDependencies {
  readonly database: DatabaseSync;
  readonly objects: ObjectStorage;
  readonly masks: Masks;
  readonly clock: Clock;
}

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
    const labels: { readonly row: ObjectRow; readonly labeled: LabeledObject }[] = [];
    for (const [index, row] of objectsIn(database, job, consolidation).entries()) {
      labels.push({ row, labeled: await labelMask(dependencies, job, { task, consolidation, row, index }) });
    }
    inTransaction(database, () => {
      labels.forEach(({ row, labeled }) => keepOutcome(database, row, labeled));
      setLabeled(database, consolidation);
      changeOutput(database, job, clock.now());
    });
  }
}

async function labelMask(
  { database, objects, masks }: MaskLabelDependencies,
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
): Promise<LabeledObject> {
  // The file is named after a moment before the label's.
  const place = maskPlace(job, row.id, creationDate(createdAt, microsecondsOf(index) - 2));
  const { file, ...labeled } = await masks.merge({
    task,
    answers: workerAnswers(database, row),
    labels: job.labels,
    jobName: job.name,
    maskUri: formatS3Uri(place),
    createdAt: creationDate(createdAt, microsecondsOf(index)),
  });
  await objects.write(place.bucket, place.key, file, { contentType: 'image/png' });
  return labeled;
}
