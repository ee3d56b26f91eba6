import type { JsonObject } from '../../core/json.js';
import { MalformedAnswer } from '../../core/labels/answerReading.js';
import type { LabeledObject, WorkerAnswer } from '../../core/labels/labelBatch.js';
import type { LabelCategory } from '../../core/labels/labelCategories.js';
import { backgroundColor, colorOf } from '../../core/labels/labelColors.js';
import {
  consolidatedMask,
  makeMaskLabel,
  type MaskObject,
  readMask,
  type SegmentationTask,
} from '../../core/labels/semanticSegmentation.js';
import { readPng } from '../../node/readPng.js';
import { writeIndexedPng } from './writePng.js';

/** Work on masks was broken off, since the server ends or the thread was idle: it is to be asked for again. */
export class MasksBrokenOff extends Error {
  override readonly name = 'MasksBrokenOff';
}

/** What is done with masks pixel by pixel: one may have a hundred million of them, and the server others to answer. */
export interface Masks {
  /** Why no label can be made of the answer; `undefined` where one can. */
  check(answer: MaskAnswer): Promise<string | undefined>;
  /** One mask of all answers to an object, which have been checked. */
  merge(object: AnsweredMask): Promise<MergedMask>;
}

export interface MaskAnswer {
  readonly task: SegmentationTask;
  readonly answer: JsonObject;
  /** The names of the job's labels. */
  readonly labels: readonly string[];
}

export interface AnsweredMask extends MaskObject {
  readonly task: SegmentationTask;
  readonly answers: readonly WorkerAnswer[];
  readonly labels: readonly LabelCategory[];
}

export interface MergedMask extends LabeledObject {
  /** The PNG file that the label points to. */
  readonly file: Uint8Array;
}

export function maskProblem({ task, answer, labels }: MaskAnswer): string | undefined {
  try {
    readMask(task, answer, { context: { labels, text: '' }, readPng });
    return undefined;
  } catch (error) {
    if (error instanceof MalformedAnswer) {
      return error.message;
    }
    throw error;
  }
}

export function mergeMasks({ task, answers, ...object }: AnsweredMask): MergedMask {
  const { labels } = object;
  const mask = consolidatedMask(task, { answers, text: '' }, { labels, readPng });
  const palette = [backgroundColor, ...labels.map((_label, place) => colorOf(place))];
  return { ...makeMaskLabel(task, mask, object), file: writeIndexedPng(mask.classes, { ...mask.size, palette }) };
}
