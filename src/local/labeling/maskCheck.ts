import type { DatabaseSync } from 'node:sqlite';
import type { JsonObject } from '../../core/json.js';
import { elementAnswer, MalformedAnswer, pictureSize, type PictureSize } from '../../core/labels/answerReading.js';
import { parseInputLine } from '../../core/manifest/inputManifestLine.js';
import { StorageAway } from '../remote/storageAway.js';
import type { S3Uri } from '../../core/s3Uri.js';
import type { ObjectStorage, ObjectStorages } from '../store/objectStorage.js';
import { run } from '../records.js';
import { inTransaction } from '../store/database.js';
import { requireSmall } from './answerCheck.js';
import { isSameAnswer } from './answers.js';
import { type HandOutDependencies, requireWorkable } from './handOut.js';
import { imageSize } from './imageCheck.js';
import type { Job } from './jobRecords.js';
import type { Masks } from './masks.js';
import { Refusal } from './refusal.js';
import { expireTasks } from './takeBack.js';
import { type ObjectTask, ownTask } from './taskRecords.js';
import type { Worker } from './workers.js';

export interface MaskCheckDependencies {
  readonly database: DatabaseSync;
  readonly storages: ObjectStorages;
  readonly masks: Masks;
}

/** So long a task stays its worker's while the mask of its answer waits to be looked at. */
const checkMs = 10 * 60_000;

/** Whether the answer has a mask to be looked at. The same answer sent again has not: its mask has been seen. */
export function isMaskOf(
  { database }: Pick<MaskCheckDependencies, 'database'>,
  worker: Worker,
  { taskId, answerContent: answer }: { readonly taskId: string; readonly answerContent: JsonObject },
): boolean {
  const { task, job } = ownTask(database, worker, taskId);
  return job.task.kind === 'segmentation' && !(task.state === 'submitted' && isSameAnswer(task, answer));
}

/** Refuses an answer to a task that takes none, or whose time is up; else the task stays until its mask is seen. */
export function keepTask(
  { database, clock }: Pick<HandOutDependencies, 'database' | 'clock'>,
  worker: Worker,
  taskId: string,
): void {
  const now = clock.now();
  inTransaction(database, () => {
    expireTasks(database, now);
    const { task, job } = ownTask(database, worker, taskId);
    requireWorkable(task, job);
    run(
      database,
      "UPDATE labeling_tasks SET expires_at = MAX(expires_at, ?) WHERE id = ? AND state = 'accepted'",
      now.getTime() + checkMs,
      taskId,
    );
  });
}

/**
 * Refuses a mask that no label can be made of; other answers pass. Comes before the commit that takes the answer, which
 * others share: to look at a mask takes long. Its pixels are looked at only where it is as large as the picture, so that
 * a small file does not become more of them.
 */
export async function checkMask(
  { database, storages, masks }: MaskCheckDependencies,
  worker: Worker,
  { taskId, answerContent: answer }: { readonly taskId: string; readonly answerContent: JsonObject },
): Promise<void> {
  const { task: own, job } = ownTask(database, worker, taskId);
  const { task } = job;
  if (task.kind !== 'segmentation') {
    return;
  }
  requireSmall(answer);
  const problem =
    (await sizeProblem(storages.of(job.storage), job, { own, size: sizeIn(answer, task.elementName) })) ??
    (await masks.check({ task, answer, labels: job.labels.map(({ label }) => label) }));
  if (problem !== undefined) {
    throw new Refusal('InvalidRequest', problem);
  }
}

function sizeIn(answer: JsonObject, elementName: string): PictureSize {
  try {
    return pictureSize(elementAnswer(answer, elementName));
  } catch (error) {
    throw error instanceof MalformedAnswer ? new Refusal('InvalidRequest', error.message) : error;
  }
}

async function sizeNow(objects: ObjectStorage, uri: S3Uri): Promise<PictureSize | undefined> {
  try {
    return await imageSize(objects, uri);
  } catch (error) {
    if (error instanceof StorageAway) {
      return undefined; // An answer is not refused because the storage is away.
    }
    throw error;
  }
}

/** Where the picture has gone meanwhile, or cannot be read just now, its size is what the answers say. */
async function sizeProblem(
  objects: ObjectStorage,
  { labelAttributeName }: Job,
  { own, size }: { readonly own: ObjectTask; readonly size: PictureSize },
): Promise<string | undefined> {
  const line = parseInputLine(own.line, labelAttributeName);
  const uri = line.kind === 'object' ? line.data.reference : undefined;
  const actual = uri === undefined ? undefined : await sizeNow(objects, uri);
  if (actual === undefined) {
    return undefined;
  }
  // A photograph may be stored lying on its side and shown upright: then a page sees its sides the other way round.
  const isUpright = actual.width === size.width && actual.height === size.height;
  const isTurned = actual.width === size.height && actual.height === size.width;
  return isUpright || isTurned
    ? undefined
    : `The answer is for a picture of ${size.width} × ${size.height} pixels, but this one has ` +
        `${actual.width} × ${actual.height}.`;
}
