import { html, svg, type TemplateResult } from 'lit';
import { boundsOf, type Outline, type Shape } from '../../src/core/manifest/drawing.js';
import type { ImagePx, Size } from '../../src/core/manifest/pixels.js';
import { type Highlight, type Layer, lookOf, type Mark, markText } from './layers.js';

interface Overlay {
  /** The picture's own size. */
  readonly picture: Size<ImagePx>;
  readonly marks: readonly Mark<Shape>[];
  readonly layerCount: number;
  readonly highlight: Highlight | undefined;
  /** The one that Tab stops at. */
  readonly current: string | undefined;
}

/** A layer's shapes over the picture, in its own coordinates. */
export function shapeOverlay(
  layer: Layer,
  { picture, marks, layerCount, highlight, current }: Overlay,
): TemplateResult {
  const { width, height } = layer.drawing.size ?? picture;
  // Small ones come last, where the pointer finds them on top of large ones.
  const own = marks.filter((mark) => mark.layer.key === layer.key).toSorted((a, b) => areaOf(b) - areaOf(a));
  return html`<svg
    class="shapes line-${layer.line} ${layer.kind}"
    viewBox="0 0 ${width} ${height}"
    preserveAspectRatio="none"
    role="group"
    aria-label=${`Shapes of ${layer.title}`}
  >
    ${own.map((mark) => shape(mark, { layerCount, highlight, current }))}
  </svg>`;
}

function shape(
  mark: Mark<Shape>,
  { layerCount, highlight, current }: Pick<Overlay, 'layerCount' | 'highlight' | 'current'>,
): TemplateResult {
  const { id, layer, item } = mark;
  const path = pathOf(item.outline);
  return svg`<g
    class="shape ${item.outline.kind} ${lookOf(mark, highlight)}"
    .style=${`--mark: ${layer.colorOf(item.className)}`}
    data-mark=${id}
    role="img"
    aria-label=${`${item.outline.kind} ${item.place + 1}: ${markText(mark, layerCount)}`}
    tabindex=${id === current ? 0 : -1}
  ><path class="hit" d=${path}></path><path class="halo" d=${path}></path><path class="rim" d=${path}></path
  ><path class="line" d=${path}></path></g>`;
}

function areaOf({ item }: Mark<Shape>): number {
  const { left, top, right, bottom } = boundsOf(item.outline);
  return (right - left) * (bottom - top);
}

function pathOf(outline: Outline): string {
  switch (outline.kind) {
    case 'box': {
      const { left, top, width, height } = outline;
      return `M${left} ${top}h${width}v${height}H${left}z`;
    }
    case 'keypoint':
      // A line of no length with round ends: a dot that is as large on the screen at any zoom.
      return `M${outline.at.x} ${outline.at.y}h0`;
    case 'polygon':
    case 'polyline': {
      const points = outline.vertices.map(({ x, y }) => `${x} ${y}`).join('L');
      return outline.kind === 'polygon' ? `M${points}z` : `M${points}`;
    }
  }
}
