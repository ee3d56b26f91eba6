import type { DatabaseSync } from 'node:sqlite';
import type { JsonObject } from '../../core/json.js';
import {
  type AnswerContext,
  elementAnswer,
  MalformedAnswer,
  pictureSize,
  type PictureSize,
} from '../../core/labels/answerReading.js';
import { checkInlineAnswer } from '../../core/labels/inlineLabels.js';
import { parseInputLine } from '../../core/manifest/inputManifestLine.js';
import type { Job, ObjectRow } from './jobRecords.js';
import { Refusal } from './refusal.js';
import { answerContent } from './responseFiles.js';
import { answersTo, type ObjectTask } from './taskRecords.js';

const maximumAnswerBytes = 1_000_000;

export function requireSmall(answer: JsonObject): void {
  if (Buffer.byteLength(JSON.stringify(answer)) > maximumAnswerBytes) {
    throw new Refusal('InvalidRequest', 'The answer is larger than 1 MB.');
  }
}

/** Refuses an answer that no label can be made of: once it is taken, it counts. Masks have been looked at before. */
export function checkContent(
  database: DatabaseSync,
  job: Job,
  { task: { object, line }, answer }: { readonly task: ObjectTask; readonly answer: JsonObject },
): void {
  if (job.task.kind === 'custom') {
    return;
  }
  try {
    if (job.task.kind === 'segmentation') {
      const { elementName } = job.task;
      const others = answersTo(database, job.id, object).map(answerContent);
      requireOneSize([...others, answer].map((each) => pictureSize(elementAnswer(each, elementName))));
    } else {
      checkInlineAnswer(job.task, answer, answerContext(job, { line }));
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

/** Masks of one picture are compared pixel by pixel, also where the picture was replaced between two answers. */
function requireOneSize(sizes: readonly PictureSize[]): void {
  const [first, last] = [sizes[0], sizes.at(-1)];
  if (first !== undefined && last !== undefined && (first.width !== last.width || first.height !== last.height)) {
    throw new MalformedAnswer(
      `The mask has ${last.width} × ${last.height} pixels, but another worker's mask of the same picture has ` +
        `${first.width} × ${first.height}.`,
    );
  }
}
