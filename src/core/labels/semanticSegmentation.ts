import { adjustmentStatus } from '../consolidation/adjustment.js';
import { type ConsolidatedMask, consolidateMasks } from '../consolidation/segmentationMasks.js';
import { isObject, type JsonObject } from '../json.js';
import {
  type AnswerContext,
  elementAnswer,
  isInitialValueModified,
  MalformedAnswer,
  pictureSize,
  type PictureSize,
} from './answerReading.js';
import { type AnsweredObject, type BuiltInTask, type LabeledObject, metadataJobName } from './labelBatch.js';
import type { LabelCategory } from './labelCategories.js';
import { backgroundColor, colorOf } from './labelColors.js';

export interface SegmentationTask extends BuiltInTask {
  readonly kind: 'segmentation';
  readonly maximumLabels: number;
  /** Workers correct the mask of an earlier job: the metadata says whether anybody did. */
  readonly isAdjustment: boolean;
}

export const semanticSegmentation: SegmentationTask = {
  kind: 'segmentation',
  taskType: 'SemanticSegmentation',
  dataKey: 'source-ref',
  elementName: 'crowd-semantic-segmentation',
  metadataType: 'groundtruth/semantic-segmentation',
  minimumLabels: 1,
  maximumLabels: 255, // A mask has a byte for each pixel, and the background is one of its values.
  showsManifestLine: false,
  isAdjustment: false,
};

export const semanticSegmentationAdjustment: SegmentationTask = {
  ...semanticSegmentation,
  taskType: 'AdjustmentSemanticSegmentation',
  showsManifestLine: true,
  isAdjustment: true,
};

/** A PNG file. Its pixels may be many times its size, so they are there only for whoever has looked at the size. */
export interface PngImage extends PictureSize {
  /** The pixels, row by row: four bytes each, for red, green, blue and opacity. */
  readonly rgba: () => Uint8Array;
}

/** Reads a PNG file, given in base64. An `Error` that is thrown, then or by `rgba`, says what is wrong with it. */
export type PngReader = (base64: string) => PngImage;

export interface PaintedMask {
  readonly size: PictureSize;
  /** 0 is the background, and `n` the label at `n - 1` of the list. */
  readonly classes: Uint8Array;
  readonly isModified: boolean | undefined;
}

/**
 * `{"<element>":{"inputImageProperties","labelMappings":{"cat":{"color":"#2ca02c"}},"labeledImage":{"pngImageData"}}}`:
 * a pixel has the label of its colour, and is background where it is transparent or white. Throws a `MalformedAnswer`,
 * also for a colour that no label has.
 */
export function readMask(
  { elementName }: SegmentationTask,
  answer: JsonObject,
  { context, readPng }: { readonly context: AnswerContext; readonly readPng: PngReader },
): PaintedMask {
  const element = elementAnswer(answer, elementName);
  const size = pictureSize(element);
  const classOfColor = mappedColors(element, context);
  const { width, height, rgba } = readable(() => readPng(imageFile(element)));
  if (width !== size.width || height !== size.height) {
    throw new MalformedAnswer(
      `The mask has ${width} × ${height} pixels, but the picture ${size.width} × ${size.height}.`,
    );
  }
  return { size, classes: classesOf(readable(rgba), classOfColor), isModified: isInitialValueModified(element) };
}

/** One mask of all workers' answers to one object. */
export function consolidatedMask(
  task: SegmentationTask,
  { answers, text }: Pick<AnsweredObject, 'answers' | 'text'>,
  { labels, readPng }: { readonly labels: readonly LabelCategory[]; readonly readPng: PngReader },
): ConsolidatedMask & { readonly size: PictureSize; readonly changes: readonly (boolean | undefined)[] } {
  const context = { labels: labels.map(({ label }) => label), text };
  const masks = answers.map(({ worker, content }) => ({ worker, ...readMask(task, content, { context, readPng }) }));
  const size = masks[0]?.size ?? { width: 0, height: 0 };
  return { ...consolidateMasks(masks, size), size, changes: masks.map(({ isModified }) => isModified) };
}

/** What the label of a mask is made of, beside the mask. */
export interface MaskObject {
  readonly maskUri: string;
  readonly jobName: string;
  readonly labels: readonly LabelCategory[];
  readonly createdAt: string;
}

/** The label is where the mask's file is; the metadata has the colours in it, with one confidence for all of them. */
export function makeMaskLabel(
  task: SegmentationTask,
  { classes, confidence, changes }: ReturnType<typeof consolidatedMask>,
  object: MaskObject,
): LabeledObject {
  const painted = [...new Set(classes)].filter((value) => value > 0).toSorted((a, b) => a - b);
  return {
    label: object.maskUri,
    metadata: {
      'internal-color-map': {
        0: { 'class-name': 'BACKGROUND', 'hex-color': backgroundColor, confidence },
        ...Object.fromEntries(
          painted.map((value) => [
            String(value),
            { 'class-name': object.labels[value - 1]?.label, 'hex-color': colorOf(value - 1), confidence },
          ]),
        ),
      },
      type: task.metadataType,
      'human-annotated': 'yes',
      'creation-date': object.createdAt,
      'job-name': metadataJobName(object.jobName),
      ...(task.isAdjustment && { 'adjustment-status': adjustmentStatus(changes) }),
    },
  };
}

function mappedColors(element: JsonObject, { labels }: AnswerContext): ReadonlyMap<number, number> {
  const mappings = element['labelMappings'];
  if (!isObject(mappings)) {
    throw new MalformedAnswer('The answer must have an object "labelMappings" with the colour of each label.');
  }
  const classOfColor = new Map<number, number>();
  for (const [label, mapping] of Object.entries(mappings)) {
    const place = labels.indexOf(label);
    const color = isObject(mapping) ? mapping['color'] : undefined;
    if (place === -1) {
      throw new MalformedAnswer(`The "labelMappings" have the label "${label}", which is none of the job's labels.`);
    }
    if (typeof color !== 'string' || !/^#[0-9a-f]{6}$/iu.test(color)) {
      throw new MalformedAnswer(`The label "${label}" must have a "color" such as "#2ca02c" in "labelMappings".`);
    }
    const value = Number.parseInt(color.slice(1), 16);
    if (classOfColor.has(value)) {
      throw new MalformedAnswer(`Two labels have the colour "${color}" in "labelMappings".`);
    }
    classOfColor.set(value, place + 1);
  }
  return classOfColor;
}

function imageFile(element: JsonObject): string {
  const image = element['labeledImage'];
  const base64 = isObject(image) ? image['pngImageData'] : undefined;
  if (typeof base64 !== 'string' || base64 === '') {
    throw new MalformedAnswer('The "labeledImage" of the answer must have a PNG file as "pngImageData", in base64.');
  }
  return base64;
}

function readable<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new MalformedAnswer(`The "pngImageData" of the answer cannot be read: ${reason}`, { cause: error });
  }
}

const white = 0xff_ff_ff;

function classesOf(rgba: Uint8Array, classOfColor: ReadonlyMap<number, number>): Uint8Array {
  const classes = new Uint8Array(rgba.length / 4);
  const known = new Map([[white, 0], ...classOfColor]);
  let lastColor = white;
  let lastClass = known.get(white) ?? 0;
  for (let pixel = 0; pixel < classes.length; pixel += 1) {
    const at = pixel * 4;
    if (rgba[at + 3] !== 0) {
      const color = ((rgba[at] ?? 0) << 16) | ((rgba[at + 1] ?? 0) << 8) | (rgba[at + 2] ?? 0);
      // Neighbours are mostly alike, which saves looking them up.
      if (color !== lastColor) {
        lastColor = color;
        lastClass = knownClass(known, color);
      }
      classes[pixel] = lastClass;
    }
  }
  return classes;
}

function knownClass(known: ReadonlyMap<number, number>, color: number): number {
  const value = known.get(color);
  if (value === undefined) {
    const name = `#${color.toString(16).padStart(6, '0')}`;
    throw new MalformedAnswer(`The mask has pixels of the colour "${name}", which no label has in "labelMappings".`);
  }
  return value;
}
