import { isObject, type JsonObject, type JsonValue } from '../json.js';
import type { DrawingProblem, DrawingProblemReason, MaskClass, Outline, Written } from './drawing.js';
import { field } from './lineReading.js';
import { type ImagePx, imagePx, type Point, type Size } from './pixels.js';

/** Tells what could not be read, and where. */
export type Report = (problem: DrawingProblem) => void;

/** The objects of a list, with their places; anything else in it is reported. */
export function objectsIn(
  list: readonly JsonValue[],
  name: string,
  report: Report,
): readonly { readonly object: JsonObject; readonly written: Written }[] {
  return list.flatMap((object, place) => {
    const written = { list: name, place };
    if (!isObject(object)) {
      report({ ...written, reason: 'notAnObject' });
      return [];
    }
    return [{ object, written }];
  });
}

/** A box, a line of vertices or a point, by what the object has; a reason where it has nothing of them. */
export function readOutline(object: JsonObject, vertices: 'polygon' | 'polyline'): Outline | DrawingProblemReason {
  const points = field(object, 'vertices');
  if (points !== undefined) {
    return readVertices(points, vertices);
  }
  const at = readPoint(object);
  return at ? { kind: 'keypoint', at } : readBox(object);
}

const leastVertices = { polygon: 3, polyline: 2 } as const;

function readVertices(points: JsonValue, kind: 'polygon' | 'polyline'): Outline | DrawingProblemReason {
  if (!isList(points)) {
    return 'noCoordinates';
  }
  const vertices = points.flatMap((point) => readPoint(point) ?? []);
  if (vertices.length < points.length) {
    return 'noCoordinates';
  }
  return vertices.length < leastVertices[kind] ? 'tooFewVertices' : { kind, vertices };
}

function readPoint(value: JsonValue): Point<ImagePx> | undefined {
  const [x, y] = isObject(value) ? [numberIn(value, 'x'), numberIn(value, 'y')] : [];
  return x === undefined || y === undefined ? undefined : { x: imagePx(x), y: imagePx(y) };
}

function readBox(object: JsonObject): Outline | DrawingProblemReason {
  const [left, top] = [numberIn(object, 'left'), numberIn(object, 'top')];
  const [width, height] = [numberIn(object, 'width'), numberIn(object, 'height')];
  if (left === undefined || top === undefined || width === undefined || height === undefined) {
    return 'noCoordinates';
  }
  return width > 0 && height > 0
    ? { kind: 'box', left: imagePx(left), top: imagePx(top), width: imagePx(width), height: imagePx(height) }
    : 'noArea';
}

/** The offsets of an entity; `undefined` where they are none of a text. */
export function readOffsets(entity: JsonObject): { readonly start: number; readonly end: number } | undefined {
  const [start = -1, end = -1] = [numberIn(entity, 'startOffset'), numberIn(entity, 'endOffset')];
  return Number.isInteger(start) && Number.isInteger(end) && start >= 0 && start < end ? { start, end } : undefined;
}

/** A picture's size where it is one. */
export function readSize(value: JsonValue | undefined): Size<ImagePx> | undefined {
  const [width = 0, height = 0] = isObject(value) ? [numberIn(value, 'width'), numberIn(value, 'height')] : [];
  return width > 0 && height > 0 ? { width: imagePx(width), height: imagePx(height) } : undefined;
}

export const white = 0xff_ff_ff;

/** `#2ca02c` as a number; `undefined` where it is no colour. */
export function readColor(value: JsonValue | undefined): number | undefined {
  return typeof value === 'string' && /^#[0-9a-f]{6}$/iu.test(value) ? Number.parseInt(value.slice(1), 16) : undefined;
}

/** The classes of a mask: without a colour, or with one that another class has, none of their pixels can be found. */
export function readMaskClasses(
  entries: readonly {
    readonly className: string;
    readonly color: JsonValue | undefined;
    readonly confidence?: number;
  }[],
  list: string,
  report: Report,
): readonly MaskClass[] {
  const taken = new Set<number>();
  return entries.flatMap(({ color: written, ...entry }, place) => {
    const color = readColor(written);
    if (color === undefined || taken.has(color)) {
      report({ list, place, reason: color === undefined ? 'noColor' : 'sameColor' });
      return [];
    }
    taken.add(color);
    return [{ ...entry, color }];
  });
}

/** The confidence that an object tells, to be spread into what has it. */
export function confidenceIn(object: JsonValue | undefined): { readonly confidence?: number } {
  const confidence = isObject(object) ? numberIn(object, 'confidence') : undefined;
  return confidence === undefined ? {} : { confidence };
}

/** JSON may say 1e999, which is read as infinite. */
function numberIn(object: JsonObject, key: string): number | undefined {
  const value = field(object, key);
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

// `Array.isArray` does not narrow a readonly array out of a union.
export function isList(value: JsonValue | undefined): value is readonly JsonValue[] {
  return Array.isArray(value);
}
