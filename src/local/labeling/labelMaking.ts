import type { DatabaseSync } from 'node:sqlite';
import { customMetadata } from '../../core/labels/custom.js';
import { makeInlineLabels } from '../../core/labels/inlineLabels.js';
import type { AnsweredObject, LabeledObject } from '../../core/labels/labelBatch.js';
import { backgroundColor, colorOf } from '../../core/labels/labelColors.js';
import { consolidatedMask, makeMaskLabel, type SegmentationTask } from '../../core/labels/semanticSegmentation.js';
import { creationDate } from '../../core/manifest/outputManifestDates.js';
import { answerContext } from './answerCheck.js';
import type { Consolidation } from './consolidations.js';
import type { Job, ObjectRow } from './jobRecords.js';
import { maskUri, workerResponseUri } from './outputPaths.js';
import { readPng } from './readPng.js';
import { answerContent } from './responseFiles.js';
import { answersTo } from './taskRecords.js';
import { writeIndexedPng } from './writePng.js';

/** A label and its metadata for each object of a consolidation, from the answers that were taken for it. */
export function makeLabels(
  database: DatabaseSync,
  job: Job,
  { objects, consolidation }: { readonly objects: readonly ObjectRow[]; readonly consolidation: Consolidation },
): readonly LabeledObject[] {
  const { task } = job;
  const times = objects.map((_object, index) => index * microsecondsPerObject);
  switch (task.kind) {
    case 'custom':
      return objects.map(({ id }, index) => ({
        label: {},
        metadata: customMetadata(job.name, {
          createdAt: creationDate(consolidation.created_at, times[index] ?? 0),
          workerResponseRef: workerResponseUri(job, consolidation, id),
        }),
      }));
    case 'segmentation':
      return objects.map((object, index) =>
        maskLabel(database, job, { task, object, time: [consolidation.created_at, times[index] ?? 0] }),
      );
    case 'singleLabel':
    case 'multiLabel':
    case 'boundingBox':
    case 'namedEntities':
    case 'verification':
      return makeInlineLabels(task, {
        jobName: job.name,
        labels: job.labels,
        objects: objects.map((object, index) => ({
          ...answered(database, job, object),
          createdAt: creationDate(consolidation.created_at, times[index] ?? 0),
        })),
      });
  }
}

/** The file of an object's mask, which its label points to. Made of records alone, so that it can be written again. */
export function maskFile(
  database: DatabaseSync,
  job: Job,
  { task, object }: { readonly task: SegmentationTask; readonly object: ObjectRow },
): Uint8Array {
  const { classes, size } = consolidatedMask(task, answered(database, job, object), { labels: job.labels, readPng });
  const palette = [backgroundColor, ...job.labels.map((_label, place) => colorOf(place))];
  return writeIndexedPng(classes, { ...size, palette });
}

function maskLabel(
  database: DatabaseSync,
  job: Job,
  {
    task,
    object,
    time: [milliseconds, microseconds],
  }: { readonly task: SegmentationTask; readonly object: ObjectRow; readonly time: readonly [number, number] },
): LabeledObject {
  const mask = consolidatedMask(task, answered(database, job, object), { labels: job.labels, readPng });
  return makeMaskLabel(task, mask, {
    // The file is named after a moment before the label's.
    maskUri: maskUri(job, object.id, creationDate(milliseconds, microseconds - 2)),
    jobName: job.name,
    labels: job.labels,
    createdAt: creationDate(milliseconds, microseconds),
  });
}

function answered(database: DatabaseSync, job: Job, object: ObjectRow): Pick<AnsweredObject, 'answers' | 'text'> {
  return {
    answers: answersTo(database, job.id, object.id).map((task) => ({ worker: task.sub, content: answerContent(task) })),
    text: answerContext(job, object).text,
  };
}

/** The objects of a batch are a few microseconds apart, as if each had been written when it was done. */
const microsecondsPerObject = 5;
