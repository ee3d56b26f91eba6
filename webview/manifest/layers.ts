import type { Drawing, Mask, Shape, Span } from '../../src/core/manifest/drawing.js';
import { isComputed } from '../../src/core/manifest/confidence.js';
import { confidence as inDigits, notComputed } from './format.js';
import type { MaskPixels } from './maskPixels.js';
import type { ShapeSwitches, Switched } from './shapeSwitches.js';

/** How lines of a layer are drawn: what tells the layers apart. */
type LineStyle = 'solid' | 'dashed' | 'dotted';

/** One of the drawings over an object: that of a label attribute, or of a worker. */
export interface Layer extends Switched {
  readonly title: string;
  readonly line: LineStyle;
  /** A person's confidence of 0 says nothing; a machine's is a real one. */
  readonly isMachine: boolean;
  readonly drawing: Drawing;
  readonly mask: LayerMask | undefined;
  /** As a CSS colour. */
  readonly colorOf: (className: string) => string;
}

export type LayerMask =
  | { readonly kind: 'reading' }
  | { readonly kind: 'pixels'; readonly mask: Mask; readonly pixels: MaskPixels }
  | { readonly kind: 'missing'; readonly reason: string };

/** What is pointed at, or has the focus: a class in the list, or something of it on the object. */
export interface Highlight {
  readonly from: 'list' | 'object';
  readonly layer: string;
  readonly className: string;
  /** The shape or span. */
  readonly mark?: string;
}

/** A shape or span of a layer, as keys and the pointer find it. */
export interface Mark<Item extends Shape | Span> {
  readonly id: string;
  readonly layer: Layer;
  readonly item: Item;
}

/** Those that are switched on, layer by layer as they are written. */
export function shownShapes(layers: readonly Layer[], switches: ShapeSwitches): readonly Mark<Shape>[] {
  return layers.flatMap((layer) => shownMarks(layer, layer.drawing.shapes, switches));
}

export function shownSpans(layers: readonly Layer[], switches: ShapeSwitches): readonly Mark<Span>[] {
  return layers.flatMap((layer) => shownMarks(layer, layer.drawing.spans, switches));
}

function shownMarks<Item extends Shape | Span>(
  layer: Layer,
  items: readonly Item[],
  switches: ShapeSwitches,
): readonly Mark<Item>[] {
  return switches.isOn(layer)
    ? items
        .filter(({ className }) => switches.isOn(layer, className))
        .map((item) => ({ id: JSON.stringify([layer.key, item.list, item.place]), layer, item }))
    : [];
}

export function shownName(name: string): string {
  return name === '' ? '(no name)' : name;
}

/** `undefined` where nothing is said of it. */
export function confidenceText(confidence: number | undefined, isMachine: boolean): string | undefined {
  if (confidence === undefined) {
    return undefined;
  }
  return isComputed(confidence, isMachine) ? inDigits(confidence) : notComputed.toLowerCase();
}

/** What a shape or span is, as it is shown beside it and told to screen readers. */
export function markText({ layer, item }: Mark<Shape | Span>, layerCount: number): string {
  const told = confidenceText(item.confidence, layer.isMachine);
  const parts = [shownName(item.className), told === undefined ? undefined : `confidence ${told}`];
  return [...parts, layerCount > 1 ? layer.title : undefined].filter((part) => part !== undefined).join(' · ');
}

/** How a mark is drawn while something is pointed at: only a class in the list makes all others step back. */
export function lookOf({ id, layer, item }: Mark<Shape | Span>, highlight: Highlight | undefined): string {
  if (highlight?.from !== 'list') {
    return highlight?.mark === id ? 'strong' : '';
  }
  return highlight.layer === layer.key && highlight.className === item.className ? 'strong' : 'faint';
}

/** The mark that a key leads to from the current one; `undefined` for keys that lead nowhere. */
export function markAfter(ids: readonly string[], current: string | undefined, key: string): string | undefined {
  const place = current === undefined ? -1 : ids.indexOf(current);
  switch (key) {
    case 'ArrowRight':
    case 'ArrowDown':
      return ids[Math.min(ids.length - 1, place + 1)];
    case 'ArrowLeft':
    case 'ArrowUp':
      return ids[Math.max(0, place - 1)];
    case 'Home':
      return ids[0];
    case 'End':
      return ids.at(-1);
    default:
      return undefined;
  }
}
