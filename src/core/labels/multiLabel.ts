import { consolidateMultiLabel } from '../consolidation/multiLabel.js';
import { isList, type JsonObject } from '../json.js';
import { type AnswerContext, elementAnswer, labelPlace, MalformedAnswer } from './answerReading.js';
import { type BuiltInTask, classMap, type LabelBatch, type LabeledObject, metadataJobName } from './labelBatch.js';

/** A task whose label is any number of classes out of a list: pictures and texts differ in names only. */
export interface MultiLabelTask extends BuiltInTask {
  readonly kind: 'multiLabel';
}

export const imageMultiLabelClassification: MultiLabelTask = {
  kind: 'multiLabel',
  taskType: 'ImageMultiClassMultiLabel',
  dataKey: 'source-ref',
  elementName: 'crowd-image-classifier-multi-select',
  metadataType: 'groundtruth/image-classification-multilabel',
  minimumLabels: 2,
  showsManifestLine: false,
};

export const textMultiLabelClassification: MultiLabelTask = {
  kind: 'multiLabel',
  taskType: 'TextMultiClassMultiLabel',
  dataKey: 'source',
  elementName: 'crowd-classifier-multi-select',
  metadataType: 'groundtruth/text-classification-multilabel',
  minimumLabels: 2,
  showsManifestLine: false,
};

/** `{"<element>":{"labels":["cat","dog"]}}`: the places of the classes that a worker chose; maybe none. */
export function readChosenLabels(
  { elementName }: MultiLabelTask,
  answer: JsonObject,
  context: AnswerContext,
): readonly number[] {
  const names = elementAnswer(answer, elementName)['labels'];
  if (!isList(names)) {
    throw new MalformedAnswer(`The answer under "${elementName}" must have a list "labels".`);
  }
  const places = names.map((name) => labelPlace(name, context, `The answer under "${elementName}"`));
  if (new Set(places).size < places.length) {
    throw new MalformedAnswer(`The answer under "${elementName}" has a label twice.`);
  }
  return places;
}

/** The label is the list of the places of all classes that anybody chose, the surest first. */
export function makeMultiLabels(task: MultiLabelTask, batch: LabelBatch): readonly LabeledObject[] {
  const labels = batch.labels.map(({ label }) => label);
  const choices = batch.objects.map(({ answers, text }) =>
    answers.map(({ worker, content }) => ({ worker, labels: readChosenLabels(task, content, { labels, text }) })),
  );
  return consolidateMultiLabel(choices).map((chosen, index) => {
    const places = chosen.map(({ label }) => label);
    return {
      label: places,
      metadata: {
        'job-name': metadataJobName(batch.jobName),
        'class-map': classMap(places, batch.labels),
        'human-annotated': 'yes',
        'creation-date': batch.objects[index]?.createdAt,
        'confidence-map': Object.fromEntries(chosen.map(({ label, confidence }) => [String(label), confidence])),
        type: task.metadataType,
      },
    };
  });
}
