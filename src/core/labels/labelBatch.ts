import type { JsonObject, JsonValue } from '../json.js';
import type { BuiltInTaskType } from './builtInFunctions.js';
import type { LabelCategory } from './labelCategories.js';

/** What all tasks with functions of Ground Truth's own have. */
export interface BuiltInTask {
  readonly taskType: BuiltInTaskType;
  /** Where a manifest line has the object. */
  readonly dataKey: 'source-ref' | 'source';
  /** The name of the built-in template's element: the consolidation function looks the answer up by it. */
  readonly elementName: string;
  readonly metadataType: string;
  readonly minimumLabels: number;
  /** Workers look at labels that the object has already: the template gets the manifest's whole line. */
  readonly showsManifestLine: boolean;
}

/** The answers to the objects of one consolidation batch; every object has one at least. */
export interface LabelBatch {
  readonly jobName: string;
  readonly labels: readonly LabelCategory[];
  readonly objects: readonly AnsweredObject[];
}

export interface AnsweredObject {
  readonly answers: readonly WorkerAnswer[];
  /** The object itself, where it is a text. */
  readonly text: string;
  /** When the label is made, as `creationDate` writes it. */
  readonly createdAt: string;
}

export interface WorkerAnswer {
  readonly worker: string;
  readonly content: JsonObject;
}

/** What the output manifest gets: the label attribute's value and its metadata, with their members in order. */
export interface LabeledObject {
  readonly label: JsonValue;
  readonly metadata: JsonObject;
}

/** How built-in jobs are called in metadata: in lower case, whatever case the name was given in. */
export function metadataJobName(jobName: string): string {
  return `labeling-job/${jobName.toLowerCase()}`;
}

/** The name of each class that is there, by its place in the list of labels, as `class-map` has it. */
export function classMap(places: readonly number[], labels: readonly LabelCategory[]): JsonObject {
  return Object.fromEntries(places.map((place) => [String(place), labels[place]?.label ?? '']));
}
