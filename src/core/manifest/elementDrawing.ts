import { isObject, type JsonObject, type JsonValue } from '../json.js';
import {
  type Drawing,
  type DrawingProblem,
  isEmpty,
  type Mask,
  nothingDrawn,
  type Shape,
  type Span,
} from './drawing.js';
import {
  isList,
  objectsIn,
  readMaskClasses,
  readOffsets,
  readOutline,
  readSize,
  type Report,
  white,
} from './drawingReading.js';
import { field } from './lineReading.js';

/**
 * What a form's answer draws: that of one crowd element, or of several under their names. A custom job's label is
 * often such an answer. Never throws, whatever the value is.
 */
export function answerDrawing(answer: JsonObject): Drawing {
  const own = elementDrawing(answer);
  const drawings = isEmpty(own) ? Object.values(answer).filter(isObject).map(elementDrawing) : [own];
  const size = drawings.find((drawing) => drawing.size)?.size;
  const mask = drawings.find((drawing) => drawing.mask)?.mask;
  return {
    ...(size && { size }),
    shapes: drawings.flatMap(({ shapes }) => shapes),
    spans: drawings.flatMap(({ spans }) => spans),
    ...(mask && { mask }),
    problems: drawings.flatMap(({ problems }) => problems),
  };
}

/** The lists of `crowd-bounding-box`, `crowd-polygon`, `crowd-polyline` and `crowd-keypoint`. */
const shapeLists = ['boundingBoxes', 'polygons', 'polylines', 'keypoints'] as const;

function elementDrawing(element: JsonObject): Drawing {
  const problems: DrawingProblem[] = [];
  const report = (problem: DrawingProblem) => void problems.push(problem);
  const size = readSize(field(element, 'inputImageProperties'));
  const shapes = shapeLists.flatMap((list) => readShapes(element, list, report));
  const spans = readSpans(element, report);
  const mask = readMask(element, report);
  return { ...nothingDrawn, ...(size && { size }), shapes, spans, ...(mask && { mask }), problems };
}

function readShapes(element: JsonObject, list: (typeof shapeLists)[number], report: Report): readonly Shape[] {
  return listIn(element, list, report).flatMap(({ object, written }): readonly Shape[] => {
    const outline = readOutline(object, list === 'polylines' ? 'polyline' : 'polygon');
    if (typeof outline === 'string') {
      report({ ...written, reason: outline });
      return [];
    }
    return [{ ...written, className: labelOf(object), outline }];
  });
}

function readSpans(element: JsonObject, report: Report): readonly Span[] {
  return listIn(element, 'entities', report).flatMap(({ object, written }): readonly Span[] => {
    const offsets = readOffsets(object);
    if (!offsets) {
      report({ ...written, reason: 'noOffsets' });
      return [];
    }
    return [{ ...written, className: labelOf(object), ...offsets }];
  });
}

/** Of `crowd-semantic-segmentation`, whose `labelMappings` have the colours, or of `crowd-instance-segmentation`. */
function readMask(element: JsonObject, report: Report): Mask | undefined {
  const image = field(element, 'labeledImage');
  const base64 = isObject(image) ? field(image, 'pngImageData') : undefined;
  if (typeof base64 !== 'string' || base64 === '') {
    return undefined;
  }
  const mappings = field(element, 'labelMappings');
  const classes = isObject(mappings)
    ? readMaskClasses(
        Object.entries(mappings).map(([className, mapping]) => ({ className, color: colorOf(mapping) })),
        'labelMappings',
        report,
      )
    : readMaskClasses(
        listIn(element, 'instances', report).map(({ object }) => ({
          className: labelOf(object),
          color: colorOf(object),
        })),
        'instances',
        report,
      );
  return { source: { kind: 'inline', base64 }, classes, background: white };
}

function listIn(element: JsonObject, name: string, report: Report): ReturnType<typeof objectsIn> {
  const list = field(element, name);
  return isList(list) ? objectsIn(list, name, report) : [];
}

function labelOf(object: JsonObject): string {
  const label = field(object, 'label');
  return typeof label === 'string' ? label : '';
}

function colorOf(mapping: JsonValue | undefined): JsonValue | undefined {
  return isObject(mapping) ? field(mapping, 'color') : undefined;
}
