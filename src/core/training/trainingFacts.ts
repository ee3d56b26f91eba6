import { type ExportProgress, type SkippedLine, skipped } from '../export/exportPart.js';
import { type ExportInput, type LabeledObject, labeledObjects } from '../export/labeledObjects.js';
import { isObject, type JsonValue } from '../json.js';
import type { TrainingTask } from './trainingJob.js';

export interface TrainingFacts {
  /** Of the first usable line; `undefined` where no built-in algorithm learns from such labels as they are. */
  readonly task: TrainingTask | undefined;
  readonly samples: number;
  /** One more than the largest index of a class. */
  readonly classes: number;
}

/**
 * Reads what a training job must be told of a manifest, and reports each line that would break the training: one that is
 * no JSON Lines, has no label or one of another kind. The service refuses the whole job for such a line, at its cost.
 */
export async function readTrainingFacts(
  input: ExportInput,
  report: (event: SkippedLine | ExportProgress) => void,
  signal: AbortSignal,
): Promise<TrainingFacts> {
  let task: TrainingTask | undefined;
  let samples = 0;
  let classes = 0;
  for await (const object of labeledObjects(input, { pass: 1, passes: 1 }, signal)) {
    if (object.kind !== 'labeled') {
      report(object);
      continue;
    }
    const reason = object.flaw ?? (object.source.kind === 'text' ? ({ kind: 'sourceIsText' } as const) : undefined);
    const found = reason ? undefined : taskOf(object);
    task ??= found;
    if (reason || found === undefined || found !== task) {
      report(skipped(object.line, reason ?? { kind: 'otherForm', form: object.label.form }));
      continue;
    }
    samples += 1;
    for (const index of classIndexes(object)) {
      classes = Math.max(classes, index + 1);
    }
  }
  return { task, samples, classes };
}

function taskOf(object: LabeledObject): TrainingTask | undefined {
  const { label } = object;
  if (!classIndexes(object).every((index) => Number.isInteger(index) && index >= 0)) {
    return undefined; // The algorithms know classes by their numbers alone.
  }
  switch (label.form) {
    case 'class':
      return 'imageClassification';
    case 'classes':
      return 'imageMultiLabelClassification';
    case 'marks':
      return label.size && label.marks.every(({ shape }) => shape === 'box') ? 'objectDetection' : undefined;
    case 'mask':
    case 'spans':
    case 'other':
      return undefined;
  }
}

/** NaN for what is no index. */
function classIndexes({ label, value }: LabeledObject): readonly number[] {
  if (label.form === 'marks') {
    const annotations = isObject(value) ? value['annotations'] : undefined;
    return Array.isArray(annotations)
      ? annotations.map((annotation: JsonValue) => indexOf(isObject(annotation) ? annotation['class_id'] : undefined))
      : [Number.NaN];
  }
  return Array.isArray(value) ? value.map(indexOf) : [indexOf(value)];
}

function indexOf(id: JsonValue | undefined): number {
  return typeof id === 'number' ? id : Number.NaN;
}
