import { consolidateSpans, type Span } from '../consolidation/textSpans.js';
import type { JsonObject } from '../json.js';
import { type AnswerContext, elementAnswer, labelPlace, MalformedAnswer, markList, numberOf } from './answerReading.js';
import { type BuiltInTask, type LabelBatch, type LabeledObject, metadataJobName } from './labelBatch.js';

export interface NamedEntityTask extends BuiltInTask {
  readonly kind: 'namedEntities';
}

export const namedEntityRecognition: NamedEntityTask = {
  kind: 'namedEntities',
  taskType: 'NamedEntityRecognition',
  dataKey: 'source',
  elementName: 'crowd-entity-annotation',
  metadataType: 'groundtruth/text-span',
  minimumLabels: 1,
  showsManifestLine: false,
};

/**
 * `{"<element>":{"entities":[{"endOffset","label","startOffset"}]}}`: offsets count Unicode's characters (code points),
 * the end is not part of the span. Throws a `MalformedAnswer`, also where a span is not in the text.
 */
export function readSpans(
  { elementName }: NamedEntityTask,
  answer: JsonObject,
  context: AnswerContext,
): readonly Span[] {
  const length = Array.from(context.text).length;
  return markList(elementAnswer(answer, elementName), 'entities').map((entity, index) => {
    const where = `Entity ${index + 1} of the answer`;
    const span: Span = {
      label: labelPlace(entity['label'], context, where),
      start: numberOf(entity, 'startOffset', where),
      end: numberOf(entity, 'endOffset', where),
    };
    const isInText = span.start >= 0 && span.start < span.end && span.end <= length;
    if (!isInText || !Number.isInteger(span.start) || !Number.isInteger(span.end)) {
      throw new MalformedAnswer(`${where} must lie within the text of ${length} characters.`);
    }
    return span;
  });
}

/** The label has the job's labels and the entities; the metadata has their confidences in the same order. */
export function makeEntityLabels(task: NamedEntityTask, batch: LabelBatch): readonly LabeledObject[] {
  const labels = batch.labels.map(({ label }) => label);
  const markings = batch.objects.map(({ answers, text }) =>
    answers.map(({ worker, content }) => ({ worker, marks: readSpans(task, content, { labels, text }) })),
  );
  return consolidateSpans(markings).map((spans, index) => ({
    label: {
      annotations: {
        labels: batch.labels.map(({ label, shortDisplayName }) => ({
          label,
          shortDisplayName: shortDisplayName ?? label,
        })),
        entities: spans.map(({ label, start, end }) => ({
          label: labels[label],
          startOffset: start,
          endOffset: end,
        })),
      },
    },
    metadata: {
      'job-name': metadataJobName(batch.jobName),
      type: task.metadataType,
      'creation-date': batch.objects[index]?.createdAt,
      'human-annotated': 'yes',
      entities: spans.map(({ confidence }) => ({ confidence })),
    },
  }));
}
