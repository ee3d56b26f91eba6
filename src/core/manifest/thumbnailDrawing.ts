import type { JsonObject } from '../json.js';
import { boundsOf, type Drawing, type Mask, type MaskClass, type Outline, type Shape } from './drawing.js';
import { type LineDrawing, lineDrawings } from './lineDrawings.js';
import { field } from './lineReading.js';
import type { ImagePx, Point, Size } from './pixels.js';

/** What labels draw on a picture, as much of it as can be seen where the picture is small; plain data. */
export interface ThumbnailDrawing {
  /** Those of the label attributes that draw something, in the line's order. */
  readonly layers: readonly ThumbnailLayer[];
  /** How many shapes were left out: only the largest ones are seen. */
  readonly leftOut: number;
}

export interface ThumbnailLayer {
  /** The label attribute's name. */
  readonly attribute: string;
  /** What the coordinates count in; absent where it is the picture's own size. */
  readonly size?: Size<ImagePx>;
  readonly strokes: readonly Stroke[];
  readonly mask?: ThumbnailMask;
}

/** All shapes of a class, as paths of SVG. */
export interface Stroke {
  readonly className: string;
  /** Absent where there are none but points. */
  readonly lines?: string;
  /** Lines of no length, for round ends. */
  readonly points?: string;
}

export interface ThumbnailMask {
  /** Its file; absent where the label itself has it. */
  readonly address?: string;
  readonly classes: readonly MaskClass[];
  readonly background: number;
}

/** More could not be told apart in a picture this small, and would be slow to draw in a screen full of pictures. */
const mostShapes = 200;
/** Vertices that are closer than this part of the picture's longer side are one. */
const finest = 1 / 400;

/** `undefined` where nothing is drawn, as of labels that are classes or spans. Never throws. */
export function thumbnailDrawing(line: JsonObject): ThumbnailDrawing | undefined {
  const drawings = lineDrawings(line).filter(({ drawing }) => drawing.shapes.length > 0 || drawing.mask);
  const shapes = drawings.flatMap(({ drawing }) => drawing.shapes);
  const kept = shapes.length > mostShapes ? new Set(largest(shapes)) : new Set(shapes);
  const layers = drawings.map((drawn) => layerOf(drawn, field(line, drawn.attribute), kept));
  return layers.length === 0 ? undefined : { layers, leftOut: shapes.length - kept.size };
}

function layerOf({ attribute, drawing }: LineDrawing, label: unknown, kept: ReadonlySet<Shape>): ThumbnailLayer {
  const { size, shapes, mask } = drawing;
  const strokes = strokesOf(
    shapes.filter((shape) => kept.has(shape)),
    toleranceOf(drawing),
  );
  return { attribute, ...(size && { size }), strokes, ...(mask && { mask: maskOf(mask, label) }) };
}

function largest(shapes: readonly Shape[]): readonly Shape[] {
  const sizeOf = new Map(
    shapes.map((shape) => {
      const { left, top, right, bottom } = boundsOf(shape.outline);
      return [shape, right - left + bottom - top];
    }),
  );
  return shapes.toSorted((a, b) => (sizeOf.get(b) ?? 0) - (sizeOf.get(a) ?? 0)).slice(0, mostShapes);
}

/** Without a size, that of what is drawn: it is no larger than the picture. */
function toleranceOf({ size, shapes }: Drawing): number {
  if (size) {
    return Math.max(size.width, size.height) * finest;
  }
  return shapes.reduce((longest, { outline }) => {
    const { right, bottom } = boundsOf(outline);
    return Math.max(longest, right * finest, bottom * finest);
  }, 0);
}

function strokesOf(shapes: readonly Shape[], tolerance: number): readonly Stroke[] {
  const classes = new Map<string, { lines: string; points: string }>();
  for (const { className, outline } of shapes) {
    const stroke = classes.get(className) ?? { lines: '', points: '' };
    classes.set(className, stroke);
    stroke[outline.kind === 'keypoint' ? 'points' : 'lines'] += pathOf(outline, tolerance);
  }
  return Array.from(classes, ([className, { lines, points }]) => ({
    className,
    ...(lines !== '' && { lines }),
    ...(points !== '' && { points }),
  }));
}

function pathOf(outline: Outline, tolerance: number): string {
  switch (outline.kind) {
    case 'box': {
      const { left, top, width, height } = outline;
      return `M${short(left)} ${short(top)}h${short(width)}v${short(height)}H${short(left)}z`;
    }
    case 'keypoint':
      return `M${short(outline.at.x)} ${short(outline.at.y)}h0`;
    case 'polygon':
    case 'polyline': {
      const points = thinned(outline.vertices, tolerance).map(({ x, y }) => `${short(x)} ${short(y)}`);
      return `M${points.join('L')}${outline.kind === 'polygon' ? 'z' : ''}`;
    }
  }
}

/** The first and the last vertex stay. */
function thinned(vertices: readonly Point<ImagePx>[], tolerance: number): readonly Point<ImagePx>[] {
  let [kept] = vertices;
  return vertices.filter((vertex, place) => {
    const isKept =
      place === 0 ||
      place === vertices.length - 1 ||
      kept === undefined ||
      Math.max(Math.abs(vertex.x - kept.x), Math.abs(vertex.y - kept.y)) >= tolerance;
    kept = isKept ? vertex : kept;
    return isKept;
  });
}

/** Tenths of a pixel of the picture are not seen where it is small. */
function short(value: number): string {
  return String(Math.round(value * 10) / 10);
}

function maskOf({ source, classes, background }: Mask, label: unknown): ThumbnailMask {
  return { ...(source.kind === 'file' && typeof label === 'string' && { address: label }), classes, background };
}
