import type { DatabaseSync } from 'node:sqlite';
import type { JsonObject } from '../../core/json.js';
import { elementAnswer, MalformedAnswer, pictureSize, type PictureSize } from '../../core/labels/answerReading.js';
import { parseInputLine } from '../../core/manifest/inputManifestLine.js';
import type { ObjectStorage } from '../store/objectStorage.js';
import { requireSmall } from './answerCheck.js';
import { imageSize } from './imageCheck.js';
import type { Job } from './jobRecords.js';
import type { Masks } from './masks.js';
import { Refusal } from './refusal.js';
import { type ObjectTask, ownTask } from './taskRecords.js';
import type { Worker } from './workers.js';

export interface MaskCheckDependencies {
  readonly database: DatabaseSync;
  readonly objects: ObjectStorage;
  readonly masks: Masks;
}

/**
 * Refuses a mask that no label can be made of; other answers pass. Comes before the commit that takes the answer, which
 * others share: to look at a mask takes long. Its pixels are looked at only where it is as large as the picture, so that
 * a small file does not become more of them.
 */
export async function checkMask(
  { database, objects, masks }: MaskCheckDependencies,
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
    (await sizeProblem(objects, job, { own, size: sizeIn(answer, task.elementName) })) ??
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

/** Where the picture has gone meanwhile, its size is what the answers say. */
async function sizeProblem(
  objects: ObjectStorage,
  { labelAttributeName }: Job,
  { own, size }: { readonly own: ObjectTask; readonly size: PictureSize },
): Promise<string | undefined> {
  const line = parseInputLine(own.line, labelAttributeName);
  const uri = line.kind === 'object' ? line.data.reference : undefined;
  const actual = uri === undefined ? undefined : await imageSize(objects, uri);
  return actual === undefined || (actual.width === size.width && actual.height === size.height)
    ? undefined
    : `The answer is for a picture of ${size.width} × ${size.height} pixels, but this one has ` +
        `${actual.width} × ${actual.height}.`;
}
