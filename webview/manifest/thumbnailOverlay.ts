import { html, nothing, svg } from 'lit';
import { type PictureShape, toUpright, uprightSize } from '../../src/core/manifest/pictureShape.js';
import type { PaintedDrawing, PaintedLayer } from './paintedDrawing.js';

/** The shapes of a drawing over all of a small picture: the picture is shown upright, and so are they. */
export function thumbnailOverlay({ layers }: PaintedDrawing, shape: PictureShape) {
  const drawn = layers.filter(({ strokes }) => strokes.length > 0);
  if (drawn.length === 0) {
    return nothing;
  }
  const { width, height } = uprightSize(shape);
  return html`<svg class="overlay" viewBox="0 0 ${width} ${height}" aria-hidden="true">
    <g transform="matrix(${toUpright(shape).join(' ')})">${drawn.map((layer) => layerShapes(layer, shape))}</g>
  </svg>`;
}

function layerShapes({ size, strokes, isLast }: PaintedLayer, shape: PictureShape) {
  const scale = size ? `scale(${shape.width / size.width} ${shape.height / size.height})` : nothing;
  return svg`<g class=${isLast ? 'line-solid' : 'line-dashed'} transform=${scale}>${strokes.map(
    ({ color, lines, points }) =>
      svg`<g class="stroke" .style=${`--mark: ${color}`}>${
        lines === undefined ? nothing : svg`<path class="halo" d=${lines}></path><path class="line" d=${lines}></path>`
      }${
        points === undefined
          ? nothing
          : svg`<path class="halo point" d=${points}></path><path class="line point" d=${points}></path>`
      }</g>`,
  )}</g>`;
}
