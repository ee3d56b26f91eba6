import type { Stroke, ThumbnailDrawing, ThumbnailLayer } from '../../src/core/manifest/thumbnailDrawing.js';
import type { ShapeSwitches } from './shapeSwitches.js';

/** How drawings look over small pictures: as they do where the object is large. */
export interface DrawingLook {
  readonly switches: ShapeSwitches;
  /** As a CSS colour. */
  readonly colorOf: (attribute: string, className: string) => string;
}

export interface PaintedDrawing {
  readonly of: ThumbnailDrawing;
  readonly layers: readonly PaintedLayer[];
}

export interface PaintedLayer extends Pick<ThumbnailLayer, 'attribute' | 'size' | 'mask'> {
  readonly strokes: readonly (Stroke & { readonly color: string })[];
  /** What a chained or adjusting job wrote last is what counts. */
  readonly isLast: boolean;
  /** By class of the mask. */
  readonly isShown: readonly boolean[];
}

/** What of a drawing is switched on, in the colours of its classes. */
export function paintedDrawing(of: ThumbnailDrawing, { switches, colorOf }: DrawingLook): PaintedDrawing {
  const layers = of.layers.flatMap((layer, place): readonly PaintedLayer[] => {
    const { attribute, size, strokes, mask } = layer;
    const switched = { key: `label ${attribute}`, kind: 'label' } as const;
    if (!switches.isOn(switched)) {
      return [];
    }
    return [
      {
        attribute,
        ...(size && { size }),
        ...(mask && { mask }),
        isLast: place === of.layers.length - 1,
        isShown: mask?.classes.map(({ className }) => switches.isOn(switched, className)) ?? [],
        strokes: strokes
          .filter(({ className }) => switches.isOn(switched, className))
          .map((stroke) => inColor(stroke, colorOf(attribute, stroke.className))),
      },
    ];
  });
  return { of, layers };
}

function inColor(stroke: Stroke, color: string) {
  return { ...stroke, color };
}

/** Whether it is drawn in another way: it is painted anew with each drawing of the page, which would be felt. */
export function isOtherDrawing(now?: PaintedDrawing, before?: PaintedDrawing): boolean {
  return now?.of !== before?.of || lookOf(now) !== lookOf(before);
}

function lookOf(painted: PaintedDrawing | undefined): string {
  return JSON.stringify(
    painted?.layers.map(({ attribute, isShown, strokes }) => [attribute, isShown, strokes.map(({ color }) => color)]),
  );
}
