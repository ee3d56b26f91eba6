import { consolidateVerification } from '../consolidation/verification.js';
import type { JsonObject } from '../json.js';
import { type AnswerContext, elementAnswer, MalformedAnswer } from './answerReading.js';
import { type BuiltInTask, type LabelBatch, type LabeledObject, metadataJobName } from './labelBatch.js';
import { readChosenLabel } from './singleLabel.js';

/** Workers say what they think of the labels of an earlier job. */
export interface VerificationTask extends BuiltInTask {
  readonly kind: 'verification';
}

export const boundingBoxVerification: VerificationTask = {
  kind: 'verification',
  taskType: 'VerificationBoundingBox',
  dataKey: 'source-ref',
  elementName: 'crowd-image-classifier',
  metadataType: 'groundtruth/label-verification',
  minimumLabels: 1,
  showsManifestLine: true,
};

export const semanticSegmentationVerification: VerificationTask = {
  ...boundingBoxVerification,
  taskType: 'VerificationSemanticSegmentation',
};

/** `{"<element>":{"label":"good","workerComment":"…"}}`, the comment only if there is one. */
export function readVerdict(
  task: VerificationTask,
  answer: JsonObject,
  context: AnswerContext,
): { readonly label: number; readonly comment: string } {
  const { workerComment: comment } = elementAnswer(answer, task.elementName) as { readonly workerComment?: unknown };
  if (comment !== undefined && typeof comment !== 'string') {
    throw new MalformedAnswer(`The "workerComment" of the answer must be a text.`);
  }
  return { label: readChosenLabel(task, answer, context), comment: comment ?? '' };
}

/** The label is the verdict's place in the list of labels: a text here, in all that is documented. */
export function makeVerificationLabels(task: VerificationTask, batch: LabelBatch): readonly LabeledObject[] {
  const labels = batch.labels.map(({ label }) => label);
  const verdicts = batch.objects.map(({ answers, text }) =>
    answers.map(({ worker, content }) => ({ worker, ...readVerdict(task, content, { labels, text }) })),
  );
  return consolidateVerification(verdicts, labels.length).map(({ label, confidence, comments }, index) => ({
    label: String(label),
    metadata: {
      'class-name': labels[label],
      confidence,
      type: task.metadataType,
      'job-name': metadataJobName(batch.jobName),
      'human-annotated': 'yes',
      'creation-date': batch.objects[index]?.createdAt,
      'worker-feedback': comments.map((comment) => ({ comment })),
    },
  }));
}
