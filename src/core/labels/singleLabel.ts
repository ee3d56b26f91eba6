import type { JsonObject, JsonValue } from '../json.js';
import type { BuiltInTaskType } from './builtInFunctions.js';

/** A task whose label is one class out of a list: pictures and texts differ in names only. */
export interface SingleLabelTask {
  readonly kind: 'singleLabel';
  readonly taskType: BuiltInTaskType;
  /** Where a manifest line has the object. */
  readonly dataKey: 'source-ref' | 'source';
  /** The name of the built-in template's element: the consolidation function looks the answer up by it. */
  readonly elementName: string;
  readonly metadataType: string;
  readonly minimumLabels: number;
}

export interface SingleLabel {
  readonly classIndex: number;
  readonly className: string;
  /** From 0 to 1; 0 where there was one worker only. */
  readonly confidence: number;
  /** As `creationDate` writes it. */
  readonly createdAt: string;
}

/** Which class a worker chose: its place in `labels`. `undefined` where the answer names none of them. */
export function chosenClass(task: SingleLabelTask, answer: JsonObject, labels: readonly string[]): number | undefined {
  const element = answer[task.elementName];
  const label = isObject(element) ? element['label'] : undefined;
  const index = typeof label === 'string' ? labels.indexOf(label) : -1;
  return index === -1 ? undefined : index;
}

/** The metadata that goes with the class index, with its members in the order in which Ground Truth has them. */
export function singleLabelMetadata(task: SingleLabelTask, jobName: string, label: SingleLabel): JsonObject {
  return {
    confidence: label.confidence,
    'job-name': metadataJobName(jobName),
    'class-name': label.className,
    'human-annotated': 'yes',
    'creation-date': label.createdAt,
    type: task.metadataType,
  };
}

/** How built-in jobs are called in metadata: in lower case, whatever case the name was given in. */
function metadataJobName(jobName: string): string {
  return `labeling-job/${jobName.toLowerCase()}`;
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
