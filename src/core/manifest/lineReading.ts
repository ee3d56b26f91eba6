import { isObject, type JsonObject, type JsonValue } from '../json.js';
import { parseCreationTime } from './creationTime.js';

/** What a line says, in the editor's terms. How a line is read is defined here; the scanner's fast path must agree. */
export interface LineReading {
  readonly source: LineSource | undefined;
  readonly labels: readonly LabelReading[];
}

export interface LineSource {
  /** `object`: the URI of a file, from `source-ref`; `text`: the text itself, from `source`. */
  readonly kind: 'object' | 'text';
  readonly value: string;
}

export interface LabelReading {
  /** The label attribute's name: the key whose `-metadata` is in the line. */
  readonly attribute: string;
  readonly state: LabelState;
  /** As written, for example `groundtruth/image-classification`; empty where there is none. */
  readonly type: string;
  readonly jobName: string;
  readonly classes: readonly ClassReading[];
  /** The only or the lowest confidence; NaN where there is none. */
  readonly confidence: number;
  /** Milliseconds since 1970; NaN where it is not said. */
  readonly createdAt: number;
  readonly failureReason: string | undefined;
}

/** `unstated`: the line does not say who annotated it. */
export type LabelState = 'human' | 'machine' | 'failed' | 'unstated';

interface ClassReading {
  readonly name: string;
  readonly confidence: number;
}

export const metadataSuffix = '-metadata';

export function readLine(line: JsonObject): LineReading {
  const labels: LabelReading[] = [];
  for (const [key, value] of Object.entries(line)) {
    if (key.endsWith(metadataSuffix) && key.length > metadataSuffix.length && isObject(value)) {
      const attribute = key.slice(0, -metadataSuffix.length);
      labels.push(readLabel(attribute, Object.hasOwn(line, attribute) ? line[attribute] : undefined, value));
    }
  }
  return { source: readSource(line), labels };
}

function readSource(line: JsonObject): LineSource | undefined {
  const reference = field(line, 'source-ref');
  if (typeof reference === 'string') {
    return { kind: 'object', value: reference };
  }
  const text = field(line, 'source');
  return typeof text === 'string' ? { kind: 'text', value: text } : undefined;
}

function readLabel(attribute: string, value: JsonValue | undefined, metadata: JsonObject): LabelReading {
  const failureReason = string(field(metadata, 'failure-reason'));
  const classes = failureReason === undefined ? readClasses(value, metadata) : [];
  return {
    attribute,
    state: failureReason === undefined ? readState(field(metadata, 'human-annotated')) : 'failed',
    type: string(field(metadata, 'type')) ?? '',
    // Custom jobs are documented with underscores and observed with hyphens.
    jobName: string(field(metadata, 'job-name')) ?? string(field(metadata, 'job_name')) ?? '',
    classes,
    confidence: lowest(classes) ?? confidenceOf(metadata),
    createdAt: parseCreationTime(
      string(field(metadata, 'creation-date')) ?? string(field(metadata, 'creation_date')) ?? '',
    ),
    failureReason,
  };
}

export function readState(humanAnnotated: JsonValue | undefined): LabelState {
  switch (humanAnnotated) {
    case 'yes':
    case 'true':
    case true:
      return 'human';
    case 'no':
    case 'false':
    case false:
      return 'machine';
    default:
      return 'unstated';
  }
}

// By the metadata's form and not by its `type`: custom jobs and other tools use the same forms under names of their own.
function readClasses(value: JsonValue | undefined, metadata: JsonObject): readonly ClassReading[] {
  const className = field(metadata, 'class-name');
  if (typeof className === 'string') {
    return [{ name: className, confidence: confidenceOf(metadata) }];
  }
  const colors = field(metadata, 'internal-color-map') ?? field(metadata, 'color-map');
  if (isObject(colors)) {
    return readColorMap(colors);
  }
  if (isObject(value)) {
    return readAnnotations(value, metadata);
  }
  const classMap = field(metadata, 'class-map') ?? field(metadata, 'class_map');
  if (isObject(classMap)) {
    return Array.isArray(value) ? readMultiLabel(value, classMap, metadata) : readClassMap(classMap);
  }
  return readScalar(value, metadata);
}

function readMultiLabel(value: readonly JsonValue[], classMap: JsonObject, metadata: JsonObject): ClassReading[] {
  const confidences = field(metadata, 'confidence-map');
  return value.map((id) => ({
    name: nameOf(classMap, id),
    confidence: isObject(confidences) ? number(field(confidences, keyOf(id))) : Number.NaN,
  }));
}

/** Video labels stand in a file of their own; the line only tells which classes there are. */
function readClassMap(classMap: JsonObject): ClassReading[] {
  return Object.keys(classMap).map((id) => ({ name: nameOf(classMap, id), confidence: Number.NaN }));
}

function readColorMap(colors: JsonObject): ClassReading[] {
  const classes: ClassReading[] = [];
  for (const color of Object.values(colors)) {
    const name = isObject(color) ? field(color, 'class-name') : undefined;
    // Every picture has a background: counting it would only hide the classes that matter.
    if (isObject(color) && typeof name === 'string' && name.toUpperCase() !== 'BACKGROUND') {
      classes.push({ name, confidence: confidenceOf(color) });
    }
  }
  return classes;
}

/** Boxes, cuboids, polygons, keypoints: `annotations` is a list; text spans: it has `entities`. */
function readAnnotations(value: JsonObject, metadata: JsonObject): ClassReading[] {
  const annotations = field(value, 'annotations');
  if (Array.isArray(annotations)) {
    const classMap = field(metadata, 'class-map') ?? field(metadata, 'class_map');
    const names = isObject(classMap) ? classMap : {};
    const objects = field(metadata, 'objects');
    return annotations.map((annotation: JsonValue, index) => ({
      name: isObject(annotation)
        ? nameOf(names, field(annotation, 'class_id') ?? field(annotation, 'class-id') ?? field(annotation, 'label'))
        : '',
      confidence: confidenceAt(objects, index),
    }));
  }
  const entities = isObject(annotations) ? field(annotations, 'entities') : undefined;
  if (!Array.isArray(entities)) {
    return [];
  }
  const told = field(metadata, 'entities');
  return entities.map((entity: JsonValue, index) => ({
    name: (isObject(entity) && string(field(entity, 'label'))) || '',
    confidence: confidenceAt(told, index),
  }));
}

/** A custom job's label is whatever its Lambda made: a short plain value counts as a class, a reference does not. */
function readScalar(value: JsonValue | undefined, metadata: JsonObject): ClassReading[] {
  const isShort = typeof value === 'string' && value.length <= longestScalarClass && !value.startsWith('s3://');
  return isShort || typeof value === 'number' || typeof value === 'boolean'
    ? [{ name: String(value), confidence: confidenceOf(metadata) }]
    : [];
}

const longestScalarClass = 100;

function nameOf(names: JsonObject, id: JsonValue | undefined): string {
  const key = keyOf(id);
  return string(field(names, key)) ?? key;
}

function keyOf(id: JsonValue | undefined): string {
  return typeof id === 'string' || typeof id === 'number' ? String(id) : '';
}

function confidenceAt(list: JsonValue | undefined, index: number): number {
  const item: JsonValue | undefined = Array.isArray(list) ? list[index] : undefined;
  return isObject(item) ? confidenceOf(item) : Number.NaN;
}

function confidenceOf(object: JsonObject): number {
  return number(field(object, 'confidence'));
}

function lowest(classes: readonly ClassReading[]): number | undefined {
  let found: number | undefined;
  for (const { confidence } of classes) {
    if (!Number.isNaN(confidence) && (found === undefined || confidence < found)) {
      found = confidence;
    }
  }
  return found;
}

function number(value: JsonValue | undefined): number {
  return typeof value === 'number' ? value : Number.NaN;
}

function string(value: JsonValue | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

// A line may well have a key such as "constructor": only what it holds itself counts.
export function field(object: JsonObject, key: string): JsonValue | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}
