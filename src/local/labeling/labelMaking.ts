import type { DatabaseSync } from 'node:sqlite';
import { customMetadata, type CustomTask } from '../../core/labels/custom.js';
import { makeInlineLabels } from '../../core/labels/inlineLabels.js';
import type { LabeledObject, WorkerAnswer } from '../../core/labels/labelBatch.js';
import { creationDate } from '../../core/manifest/outputManifestDates.js';
import type { InlineLabelTask } from '../../core/labels/tasks.js';
import { answerContext } from './answerCheck.js';
import type { Consolidation } from './consolidationRecords.js';
import type { Job, ObjectRow } from './jobRecords.js';
import { workerResponseUri } from './outputPaths.js';
import { answerContent } from './responseFiles.js';
import { answersTo } from './taskRecords.js';

/** A label and its metadata for each object of a consolidation, from the answers that were taken for it. */
export function makeLabels(
  database: DatabaseSync,
  job: Job,
  {
    task,
    objects,
    consolidation,
  }: {
    readonly task: InlineLabelTask | CustomTask;
    readonly objects: readonly ObjectRow[];
    readonly consolidation: Consolidation;
  },
): readonly LabeledObject[] {
  switch (task.kind) {
    case 'custom':
      return objects.map(({ id }, index) => ({
        label: {},
        metadata: customMetadata(job.name, {
          createdAt: creationDate(consolidation.created_at, microsecondsOf(index)),
          workerResponseRef: workerResponseUri(job, consolidation, id),
        }),
      }));
    case 'singleLabel':
    case 'multiLabel':
    case 'boundingBox':
    case 'namedEntities':
    case 'verification':
      return makeInlineLabels(task, {
        jobName: job.name,
        labels: job.labels,
        objects: objects.map((object, index) => ({
          answers: workerAnswers(database, object),
          text: answerContext(job, object).text,
          createdAt: creationDate(consolidation.created_at, microsecondsOf(index)),
        })),
      });
  }
}

/** The objects of a batch are a few microseconds apart, as if each had been written when it was done. */
export function microsecondsOf(index: number): number {
  return index * 5;
}

export function workerAnswers(database: DatabaseSync, { job, id }: ObjectRow): readonly WorkerAnswer[] {
  return answersTo(database, job, id).map((task) => ({ worker: task.sub, content: answerContent(task) }));
}
