import type { DatabaseSync } from 'node:sqlite';
import type { JsonObject } from '../../core/json.js';
import { type AnswerContext, elementAnswer, MalformedAnswer, pictureSize } from '../../core/labels/answerReading.js';
import { checkInlineAnswer } from '../../core/labels/inlineLabels.js';
import { readMask, type SegmentationTask } from '../../core/labels/semanticSegmentation.js';
import { parseInputLine } from '../../core/manifest/inputManifestLine.js';
import type { Job, ObjectRow } from './jobRecords.js';
import { readPng } from './readPng.js';
import { Refusal } from './refusal.js';
import { answerContent } from './responseFiles.js';
import { answersTo, type ObjectTask } from './taskRecords.js';

/** Refuses an answer that no label can be made of: once it is taken, it counts. */
export function checkContent(
  database: DatabaseSync,
  job: Job,
  { task: { object, line }, answer }: { readonly task: ObjectTask; readonly answer: JsonObject },
): void {
  if (job.task.kind === 'custom') {
    return;
  }
  const context = answerContext(job, { line });
  try {
    if (job.task.kind === 'segmentation') {
      checkMask(job.task, answer, { context, others: answersTo(database, job.id, object).map(answerContent) });
    } else {
      checkInlineAnswer(job.task, answer, context);
    }
  } catch (error) {
    throw error instanceof MalformedAnswer ? new Refusal('InvalidRequest', error.message) : error;
  }
}

export function answerContext(job: Job, { line }: Pick<ObjectRow, 'line'>): AnswerContext {
  const parsed = parseInputLine(line, job.labelAttributeName);
  return {
    labels: job.labels.map(({ label }) => label),
    text: (parsed.kind === 'object' ? parsed.data.content : undefined) ?? '',
  };
}

/** Masks of one picture are compared pixel by pixel: whoever answers after the first must have found the same size. */
function checkMask(
  task: SegmentationTask,
  answer: JsonObject,
  { context, others }: { readonly context: AnswerContext; readonly others: readonly JsonObject[] },
): void {
  const { size } = readMask(task, answer, { context, readPng });
  const [other] = others;
  const expected = other === undefined ? size : pictureSize(elementAnswer(other, task.elementName));
  if (size.width !== expected.width || size.height !== expected.height) {
    throw new MalformedAnswer(
      `The mask has ${size.width} × ${size.height} pixels, but another worker's mask of the same picture has ` +
        `${expected.width} × ${expected.height}.`,
    );
  }
}
