import { consolidateSingleLabel } from '../consolidation/singleLabel.js';
import type { JsonObject } from '../json.js';
import { type AnswerContext, elementAnswer, labelPlace } from './answerReading.js';
import { type BuiltInTask, type LabelBatch, type LabeledObject, metadataJobName } from './labelBatch.js';

/** A task whose label is one class out of a list: pictures and texts differ in names only. */
export interface SingleLabelTask extends BuiltInTask {
  readonly kind: 'singleLabel';
}

/** `{"<element>":{"label":"cat"}}`: the class that a worker chose, by its place. Throws a `MalformedAnswer`. */
export function readChosenLabel(
  { elementName }: Pick<BuiltInTask, 'elementName'>,
  answer: JsonObject,
  context: AnswerContext,
): number {
  return labelPlace(elementAnswer(answer, elementName)['label'], context, `The answer under "${elementName}"`);
}

/** The label is the class's place in the list of labels; the metadata names it. */
export function makeSingleLabels(task: SingleLabelTask, batch: LabelBatch): readonly LabeledObject[] {
  const labels = batch.labels.map(({ label }) => label);
  const annotations = batch.objects.map(({ answers, text }) =>
    answers.map(({ worker, content }) => ({ worker, label: readChosenLabel(task, content, { labels, text }) })),
  );
  return consolidateSingleLabel(annotations, labels.length).map(({ label, confidence }, index) => ({
    label,
    metadata: {
      confidence,
      'job-name': metadataJobName(batch.jobName),
      'class-name': labels[label],
      'human-annotated': 'yes',
      'creation-date': batch.objects[index]?.createdAt,
      type: task.metadataType,
    },
  }));
}
