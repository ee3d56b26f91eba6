import { isObject, type JsonObject, type JsonValue } from '../json.js';
import { metadataSuffix, readLine } from '../manifest/lineReading.js';
import { type Mark, readMarks } from './marks.js';
import { readChildren, MalformedLabel, numberIn } from './labelMembers.js';

/** A label of any of Ground Truth's documented forms. Which one it is shows in the value, as in the manifest editor. */
export type ObjectLabel =
  /** One class out of a list, or a verdict on an earlier label. */
  | { readonly form: 'class'; readonly classes: readonly [LabelClass] }
  | { readonly form: 'classes'; readonly classes: readonly LabelClass[] }
  /** Boxes and other shapes on a picture; the size is there if the label says it. */
  | { readonly form: 'marks'; readonly size: ImageSize | undefined; readonly marks: readonly Mark[] }
  /** A picture in the colours of the classes. */
  | { readonly form: 'mask'; readonly uri: string; readonly colors: readonly MaskColor[] }
  | { readonly form: 'spans'; readonly spans: readonly Span[] }
  /** Whatever else: a custom job's own, point clouds, references to the files of video jobs. */
  | { readonly form: 'other'; readonly value: JsonValue };

export type LabelForm = ObjectLabel['form'];

export interface LabelClass {
  readonly name: string;
  /** NaN where there is none. */
  readonly confidence: number;
}

export interface ImageSize {
  readonly width: number;
  readonly height: number;
  readonly depth: number;
}

export interface MaskColor extends LabelClass {
  /** As written: `#2ca02c`. */
  readonly hexColor: string;
}

/** Offsets count code points; the end is not part of the span. */
export interface Span extends LabelClass {
  readonly start: number;
  readonly end: number;
}

/** Throws a `MalformedLabel`. The line must have a value under the attribute. */
export function readObjectLabel(line: JsonObject, attribute: string): ObjectLabel {
  const value = line[attribute];
  const told = line[`${attribute}${metadataSuffix}`];
  const metadata = isObject(told) ? told : {};
  const colors = metadata['internal-color-map'] ?? metadata['color-map'];
  if (typeof value === 'string' && isObject(colors)) {
    return { form: 'mask', uri: value, colors: readColors(colors) };
  }
  const marks = readMarks(value, metadata);
  if (marks) {
    return { form: 'marks', ...marks };
  }
  const spans = readSpans(value, metadata);
  if (spans) {
    return { form: 'spans', spans };
  }
  return readClasses(line, attribute, metadata) ?? { form: 'other', value: value ?? null };
}

function readClasses(line: JsonObject, attribute: string, metadata: JsonObject): ObjectLabel | undefined {
  const value = line[attribute];
  if (Array.isArray(value)) {
    const areIds = value.every((id) => typeof id === 'number' || typeof id === 'string');
    const classes = areIds ? readingOf(line, attribute, metadata) : undefined;
    return classes && { form: 'classes', classes };
  }
  const isReference = typeof value === 'string' && value.startsWith('s3://');
  if (isReference || isObject(value) || value === null) {
    return undefined;
  }
  const [only] = readingOf(line, attribute, metadata);
  return only && { form: 'class', classes: [only] };
}

/** As the manifest editor reads them; a value without any metadata has its classes too. */
function readingOf(line: JsonObject, attribute: string, metadata: JsonObject): readonly LabelClass[] {
  const value = line[attribute];
  const isList = Array.isArray(value);
  const known = isList && !isObject(metadata['class-map']) ? { ...metadata, 'class-map': {} } : metadata;
  const { labels } = readLine({ [attribute]: value, [`${attribute}${metadataSuffix}`]: known });
  return labels[0]?.classes ?? [];
}

function readColors(colors: JsonObject): readonly MaskColor[] {
  return Object.entries(colors).flatMap(([index, color]) => {
    const name = isObject(color) ? color['class-name'] : undefined;
    const hexColor = isObject(color) ? color['hex-color'] : undefined;
    if (!isObject(color) || typeof name !== 'string' || typeof hexColor !== 'string') {
      throw new MalformedLabel(`internal-color-map.${index}`);
    }
    if (!/^#?[0-9a-f]{6}$/iu.test(hexColor)) {
      throw new MalformedLabel(`internal-color-map.${index}.hex-color`);
    }
    return name.toUpperCase() === 'BACKGROUND' ? [] : [{ name, hexColor, confidence: numberIn(color, 'confidence') }];
  });
}

function readSpans(value: JsonValue | undefined, metadata: JsonObject): readonly Span[] | undefined {
  const annotations = isObject(value) ? value['annotations'] : undefined;
  const entities = isObject(annotations) ? annotations['entities'] : undefined;
  if (!Array.isArray(entities)) {
    return undefined;
  }
  const confidences = metadata['entities'];
  return readChildren(entities, 'annotations.entities').map((entity, index) => {
    const start = entity.integer('startOffset');
    const end = entity.integer('endOffset');
    if (start < 0 || end <= start) {
      throw new MalformedLabel(`annotations.entities[${index}].endOffset`);
    }
    return { name: entity.text('label'), start, end, confidence: numberIn(childOf(confidences, index), 'confidence') };
  });
}

function childOf(list: JsonValue | undefined, index: number): JsonValue | undefined {
  return Array.isArray(list) ? (list as readonly JsonValue[])[index] : undefined;
}
