import type { JsonObject } from '../json.js';
import type { AnswerContext } from './answerReading.js';
import { makeBoxLabels, readBoxes } from './boundingBox.js';
import type { LabelBatch, LabeledObject } from './labelBatch.js';
import { makeMultiLabels, readChosenLabels } from './multiLabel.js';
import { makeEntityLabels, readSpans } from './namedEntities.js';
import { makeSingleLabels, readChosenLabel } from './singleLabel.js';
import type { InlineLabelTask } from './tasks.js';
import { makeVerificationLabels, readVerdict } from './verification.js';

/** Throws a `MalformedAnswer` where the answer cannot become a label of this task. */
export function checkInlineAnswer(task: InlineLabelTask, answer: JsonObject, context: AnswerContext): void {
  switch (task.kind) {
    case 'singleLabel':
      readChosenLabel(task, answer, context);
      return;
    case 'multiLabel':
      readChosenLabels(task, answer, context);
      return;
    case 'boundingBox':
      readBoxes(task, answer, context);
      return;
    case 'namedEntities':
      readSpans(task, answer, context);
      return;
    case 'verification':
      readVerdict(task, answer, context);
      return;
  }
}

/** A label and its metadata for each object of a consolidation batch, from answers that have been checked. */
export function makeInlineLabels(task: InlineLabelTask, batch: LabelBatch): readonly LabeledObject[] {
  switch (task.kind) {
    case 'singleLabel':
      return makeSingleLabels(task, batch);
    case 'multiLabel':
      return makeMultiLabels(task, batch);
    case 'boundingBox':
      return makeBoxLabels(task, batch);
    case 'namedEntities':
      return makeEntityLabels(task, batch);
    case 'verification':
      return makeVerificationLabels(task, batch);
  }
}
