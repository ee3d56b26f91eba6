import type { LineSource } from '../manifest/lineReading.js';
import { type ExportPart, inLargerPieces, type SkipReason } from './exportPart.js';
import { exportEach, type ExportInput, type LabeledObject, type ObjectParts } from './labeledObjects.js';
import { labelingConfig, type LabelStudioControl } from './labelStudioConfig.js';
import type { Mark } from './marks.js';
import type { ImageSize, LabelClass, Span } from './objectLabel.js';

export interface LabelStudioOptions {
  /** Of the tasks. */
  readonly path: string;
  /** Of the project's labeling interface, without which the tasks cannot be imported. */
  readonly configPath: string;
}

/**
 * Tasks for Label Studio, and the labeling interface that they belong to. What people labeled becomes an annotation,
 * what a machine labeled a prediction with its score. Marks are in percent of the picture's size; the offsets of spans
 * count code points there, too. Pictures stay where they are: their URIs are read through a cloud storage.
 */
export async function* exportLabelStudio(
  input: ExportInput,
  { path, configPath }: LabelStudioOptions,
  signal: AbortSignal,
): AsyncGenerator<ExportPart> {
  const names = new Map<LabelStudioControl, Set<string>>();
  let kind: LineSource['kind'] | undefined;
  let separator = '\n';
  const partsOf = (object: LabeledObject): ObjectParts => {
    const content = contentOf(object);
    if (content.kind !== 'regions') {
      return content;
    }
    kind ??= object.source.kind;
    if (object.source.kind !== kind) {
      return { kind: kind === 'text' ? 'sourceIsFile' : 'sourceIsText' }; // A project has one kind of task.
    }
    const known = names.get(content.control) ?? new Set(input.classes);
    names.set(content.control, known);
    for (const name of content.names) {
      known.add(name);
    }
    const text = `${separator}${JSON.stringify(taskOf(object, content))}`;
    separator = ',\n';
    return [{ kind: 'text', path, text }];
  };
  const tasks = async function* (): AsyncGenerator<ExportPart> {
    yield { kind: 'text', path, text: '[' };
    yield* exportEach(input, partsOf, signal);
    yield { kind: 'text', path, text: '\n]\n' };
  };
  yield* inLargerPieces(tasks());
  yield { kind: 'file', path: configPath, text: labelingConfig(kind ?? 'object', names) };
}

interface Regions {
  readonly kind: 'regions';
  readonly control: LabelStudioControl;
  readonly names: readonly string[];
  readonly confidences: readonly number[];
  readonly values: readonly object[];
  readonly size?: ImageSize;
}

function contentOf({ source, label }: LabeledObject): Regions | SkipReason {
  switch (label.form) {
    case 'class':
      return choices('choice', label.classes);
    case 'classes':
      return choices('choices', label.classes);
    case 'spans':
      return source.kind === 'text' ? spans(label.spans, Array.from(source.value)) : { kind: 'sourceIsFile' };
    case 'marks':
      if (source.kind === 'text') {
        return { kind: 'sourceIsText' };
      }
      return label.size ? marks(label.marks, label.size) : { kind: 'noImageSize' };
    case 'mask':
    case 'other':
      return { kind: 'otherForm', form: label.form };
  }
}

function choices(control: 'choice' | 'choices', classes: readonly LabelClass[]): Regions {
  const names = classes.map(({ name }) => name);
  return { kind: 'regions', control, ...told(classes), values: names.length === 0 ? [] : [{ choices: names }] };
}

function spans(list: readonly Span[], characters: readonly string[]): Regions {
  const values = list.map(({ name, start, end }) => ({
    start,
    end,
    text: characters.slice(start, end).join(''),
    labels: [name],
  }));
  return { kind: 'regions', control: 'labels', ...told(list), values };
}

const controlsOfShapes = {
  box: 'rectanglelabels',
  polygon: 'polygonlabels',
  keypoint: 'keypointlabels',
} as const;

function marks(list: readonly Mark[], size: ImageSize): Regions | SkipReason {
  const shape = list[0]?.shape ?? 'box';
  if (shape === 'polyline' || list.some((mark) => mark.shape !== shape)) {
    return { kind: 'otherForm', form: 'marks' };
  }
  const control = controlsOfShapes[shape];
  const x = (pixels: number): number => (pixels / size.width) * 100;
  const y = (pixels: number): number => (pixels / size.height) * 100;
  const values = list.map((mark) => {
    const labels = { [control]: [mark.name] };
    if (mark.shape === 'box') {
      const { left, top, width, height } = mark;
      return { x: x(left), y: y(top), width: x(width), height: y(height), rotation: 0, ...labels };
    }
    const points = mark.points.map((point) => [x(point.x), y(point.y)] as const);
    const [[left, top] = [0, 0]] = points;
    return mark.shape === 'keypoint' ? { x: left, y: top, width: keypointPercent, ...labels } : { points, ...labels };
  });
  return { kind: 'regions', control, ...told(list), values, size };
}

/** How large Label Studio draws a keypoint. */
const keypointPercent = 0.5;

function told(classes: readonly LabelClass[]): Pick<Regions, 'names' | 'confidences'> {
  return { names: classes.map(({ name }) => name), confidences: classes.map(({ confidence }) => confidence) };
}

function taskOf({ line, source, reading }: LabeledObject, { control, values, confidences, size }: Regions): object {
  const toName = source.kind === 'text' ? 'text' : 'image';
  const result = values.map((value, index) => ({
    id: `${line}-${index}`,
    from_name: control,
    to_name: toName,
    type: control === 'choice' ? 'choices' : control,
    ...(size && { original_width: size.width, original_height: size.height, image_rotation: 0 }),
    value,
  }));
  const known = confidences.filter((confidence) => !Number.isNaN(confidence));
  const score = known.reduce((least, confidence) => Math.min(least, confidence), Number.POSITIVE_INFINITY);
  const machine = { model_version: reading.jobName, ...(known.length > 0 && { score }), result };
  return {
    data: { [toName]: source.value },
    meta: { line, job: reading.jobName },
    ...(reading.state === 'machine' ? { predictions: [machine] } : { annotations: [{ result }] }),
  };
}
