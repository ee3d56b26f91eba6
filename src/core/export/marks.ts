import { isObject, type JsonObject, type JsonValue } from '../json.js';
import { type LabelMember, MalformedLabel, numberIn, readChildren } from './labelMembers.js';
import { boundsOfPoints } from '../manifest/drawing.js';
import type { ImageSize, LabelClass } from './objectLabel.js';

/** A shape on a picture, in pixels from its top left corner. */
export type Mark = BoxMark | PointsMark;

interface BoxMark extends LabelClass, Box {
  readonly shape: 'box';
}

interface PointsMark extends LabelClass {
  readonly shape: 'polygon' | 'polyline' | 'keypoint';
  /** One for a keypoint. */
  readonly points: readonly Point[];
}

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

interface MarksReading {
  readonly size: ImageSize | undefined;
  readonly marks: readonly Mark[];
}

/**
 * The marks of a label: Ground Truth's own form has `annotations` with the ids of classes; a custom job's may have what
 * a crowd element answers, as it is or under the element's name. `undefined` for a label of another form.
 */
export function readMarks(value: JsonValue | undefined, metadata: JsonObject): MarksReading | undefined {
  if (!isObject(value)) {
    return undefined;
  }
  if (Array.isArray(value['annotations'])) {
    return readAnnotations(value, value['annotations'], metadata);
  }
  const members = Object.values(value);
  const [only] = members;
  const answer = members.length === 1 && isObject(only) ? only : value;
  return readAnswer(answer);
}

function readAnnotations(
  value: JsonObject,
  annotations: readonly JsonValue[],
  metadata: JsonObject,
): MarksReading | undefined {
  const names = metadata['class-map'] ?? metadata['class_map'];
  const confidences = metadata['objects'];
  const members = readChildren(annotations, 'annotations');
  if (members.some(({ value: annotation }) => 'center-x' in annotation)) {
    return undefined; // Cuboids in a point cloud.
  }
  const marks = members.map((member, index): Mark => {
    const told: JsonValue | undefined = Array.isArray(confidences) ? confidences[index] : undefined;
    const mark = { name: classOf(member.value, names, index), confidence: numberIn(told, 'confidence') };
    return 'vertices' in member.value ? pointsMark('polygon', member, mark) : boxMark(member, mark);
  });
  return { size: sizeOf(value), marks };
}

function classOf(annotation: JsonObject, names: JsonValue | undefined, index: number): string {
  const id = annotation['class_id'] ?? annotation['class-id'] ?? annotation['label'];
  if (typeof id !== 'number' && typeof id !== 'string') {
    throw new MalformedLabel(`annotations[${index}].class_id`);
  }
  const name = isObject(names) && Object.hasOwn(names, String(id)) ? names[String(id)] : undefined;
  return typeof name === 'string' ? name : String(id);
}

const answerShapes = [
  { list: 'boundingBoxes', shape: 'box' },
  { list: 'polygons', shape: 'polygon' },
  { list: 'polylines', shape: 'polyline' },
  { list: 'keypoints', shape: 'keypoint' },
] as const;

function readAnswer(answer: JsonObject): MarksReading | undefined {
  const found = answerShapes.find(({ list }) => Array.isArray(answer[list]));
  const drawn = found && answer[found.list];
  if (!found || !Array.isArray(drawn)) {
    return undefined;
  }
  const marks = readChildren(drawn, found.list).map((member): Mark => {
    const mark = { name: member.text('label'), confidence: Number.NaN };
    return found.shape === 'box' ? boxMark(member, mark) : pointsMark(found.shape, member, mark);
  });
  return { size: sizeOf(answer), marks };
}

function boxMark(member: LabelMember, mark: LabelClass): BoxMark {
  return {
    ...mark,
    shape: 'box',
    left: member.number('left'),
    top: member.number('top'),
    width: member.number('width'),
    height: member.number('height'),
  };
}

function pointsMark(shape: PointsMark['shape'], member: LabelMember, mark: LabelClass): PointsMark {
  const vertices = shape === 'keypoint' ? [member] : member.children('vertices');
  if (vertices.length === 0) {
    throw new MalformedLabel(`${member.where}.vertices`);
  }
  return { ...mark, shape, points: vertices.map((vertex) => ({ x: vertex.number('x'), y: vertex.number('y') })) };
}

/** Ground Truth writes 3 for the depth whatever the picture is. */
const colorChannels = 3;

function sizeOf(value: JsonObject): ImageSize | undefined {
  const sizes = value['image_size'];
  const size: JsonValue | undefined = Array.isArray(sizes) ? sizes[0] : value['inputImageProperties'];
  const width = numberIn(size, 'width');
  const height = numberIn(size, 'height');
  const depth = numberIn(size, 'depth');
  return width > 0 && height > 0 ? { width, height, depth: depth > 0 ? depth : colorChannels } : undefined;
}

/** The least box that holds the mark. */
export function boundsOf(mark: Mark): Box {
  if (mark.shape === 'box') {
    return mark;
  }
  const { left, top, right, bottom } = boundsOfPoints(mark.points);
  return { left, top, width: right - left, height: bottom - top };
}

/** The part of a box that is within the picture; `undefined` where that has no area. */
export function withinPicture(box: Box, size: ImageSize): Box | undefined {
  const left = Math.max(box.left, 0);
  const top = Math.max(box.top, 0);
  const width = Math.min(box.left + box.width, size.width) - left;
  const height = Math.min(box.top + box.height, size.height) - top;
  return width > 0 && height > 0 ? { left, top, width, height } : undefined;
}
