import type { ImagePx, Point, Size } from './pixels.js';

/** What a label, or a worker's answer, draws on its object. */
export interface Drawing {
  /** What its coordinates count in; absent where it does not say: then it is the picture's own size. */
  readonly size?: Size<ImagePx>;
  readonly shapes: readonly Shape[];
  readonly spans: readonly Span[];
  readonly mask?: Mask;
  readonly problems: readonly DrawingProblem[];
}

interface Marked {
  /** The class's name; its id where nothing names it. */
  readonly className: string;
  readonly confidence?: number;
}

/** Where something is written: its place, from 0, in the list or map of that name. */
export interface Written {
  readonly list: string;
  readonly place: number;
}

export interface Shape extends Marked, Written {
  readonly outline: Outline;
}

export type Outline =
  | ({ readonly kind: 'box'; readonly left: ImagePx; readonly top: ImagePx } & Size<ImagePx>)
  | { readonly kind: 'polygon' | 'polyline'; readonly vertices: readonly Point<ImagePx>[] }
  | { readonly kind: 'keypoint'; readonly at: Point<ImagePx> };

/** A part of a text: offsets count Unicode's characters (code points), and the end is not part of it. */
export interface Span extends Marked, Written {
  readonly start: number;
  readonly end: number;
}

/** A picture whose colours are classes. */
export interface Mask {
  /** `file`: the label is its address. `inline`: a PNG file in base64. */
  readonly source: { readonly kind: 'file' } | { readonly kind: 'inline'; readonly base64: string };
  readonly classes: readonly MaskClass[];
  /** The colour of what has no class, as `0xrrggbb`; so has what is transparent. */
  readonly background: number;
}

export interface MaskClass extends Marked {
  /** As `0xrrggbb`. */
  readonly color: number;
}

/** Something that cannot be drawn as it is written. */
export interface DrawingProblem extends Written {
  readonly reason: DrawingProblemReason;
}

export type DrawingProblemReason =
  | 'notAnObject'
  | 'noCoordinates'
  | 'noArea'
  | 'tooFewVertices'
  | 'outsidePicture'
  | 'noOffsets'
  | 'outsideText'
  | 'noColor'
  | 'sameColor'
  /** The only one that is drawn all the same, under its id. */
  | 'unnamedClass';

export const nothingDrawn: Drawing = { shapes: [], spans: [], problems: [] };

export function isEmpty({ shapes, spans, mask, problems }: Drawing): boolean {
  return shapes.length === 0 && spans.length === 0 && problems.length === 0 && mask === undefined;
}

/** The drawing without what lies wholly outside of its object: such shapes and spans become problems. */
export function within(
  drawing: Drawing,
  object: { readonly picture?: Size<ImagePx> | undefined; readonly text?: string | undefined },
): Drawing {
  const size = drawing.size ?? object.picture;
  const length = object.text === undefined ? Infinity : Array.from(object.text).length;
  const outside = size ? drawing.shapes.filter(({ outline }) => !touches(outline, size)) : [];
  const beyond = drawing.spans.filter(({ end }) => end > length);
  return {
    ...drawing,
    shapes: without(drawing.shapes, outside),
    spans: without(drawing.spans, beyond),
    problems: [
      ...drawing.problems,
      ...outside.map(({ list, place }): DrawingProblem => ({ list, place, reason: 'outsidePicture' })),
      ...beyond.map(({ list, place }): DrawingProblem => ({ list, place, reason: 'outsideText' })),
    ],
  };
}

function without<Item>(items: readonly Item[], leftOut: readonly Item[]): readonly Item[] {
  const out = new Set(leftOut);
  return items.filter((item) => !out.has(item));
}

/** Whether any of it is in a picture of that size. */
function touches(outline: Outline, { width, height }: Size<ImagePx>): boolean {
  const { left, top, right, bottom } = boundsOf(outline);
  // A box that begins at the edge has no pixel in the picture, whereas a point on the edge is still seen.
  return outline.kind === 'box'
    ? left < width && top < height && right > 0 && bottom > 0
    : left <= width && top <= height && right >= 0 && bottom >= 0;
}

export interface Bounds {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export function boundsOf(outline: Outline): Bounds {
  switch (outline.kind) {
    case 'box': {
      const { left, top, width, height } = outline;
      return { left, top, right: left + width, bottom: top + height };
    }
    case 'keypoint':
      return { left: outline.at.x, top: outline.at.y, right: outline.at.x, bottom: outline.at.y };
    case 'polygon':
    case 'polyline':
      return boundsOfPoints(outline.vertices);
  }
}

// Not by `Math.min(...all)`: a call takes only so many arguments, and an outline may have more vertices.
export function boundsOfPoints(points: readonly Point<number>[]): Bounds {
  return points.reduce<Bounds>(
    ({ left, top, right, bottom }, { x, y }) => ({
      left: Math.min(left, x),
      top: Math.min(top, y),
      right: Math.max(right, x),
      bottom: Math.max(bottom, y),
    }),
    { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity },
  );
}
