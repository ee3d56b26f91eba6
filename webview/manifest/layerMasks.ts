import type { Mask } from '../../src/core/manifest/drawing.js';
import type { ImagePx, Point, Size } from '../../src/core/manifest/pixels.js';
import type { Highlight, Layer } from './layers.js';
import type { MaskPaint } from './maskPainting.js';
import type { ShapeSwitches } from './shapeSwitches.js';

/** How the classes of a layer's mask are painted now. */
export function maskPaints(
  layer: Layer,
  { classes }: Mask,
  { switches, highlight }: { readonly switches: ShapeSwitches; readonly highlight: Highlight | undefined },
): readonly MaskPaint[] {
  return classes.map(({ className, color }) => {
    if (!switches.isOn(layer, className)) {
      return { color, look: 'hidden' };
    }
    if (highlight?.from !== 'list') {
      return { color, look: 'plain' };
    }
    return { color, look: highlight.layer === layer.key && highlight.className === className ? 'strong' : 'faint' };
  });
}

/** The class that is seen at a place of the picture: that of the uppermost mask which has one there. */
export function maskClassAt(
  { x, y }: Point<ImagePx>,
  picture: Size<ImagePx>,
  { layers, switches }: { readonly layers: readonly Layer[]; readonly switches: ShapeSwitches },
): Highlight | undefined {
  if (x < 0 || y < 0 || x >= picture.width || y >= picture.height) {
    return undefined;
  }
  for (const layer of layers.toReversed()) {
    if (layer.mask?.kind === 'pixels' && switches.isOn(layer)) {
      const { mask, pixels } = layer.mask;
      const column = Math.floor((x / picture.width) * pixels.width);
      const row = Math.floor((y / picture.height) * pixels.height);
      const found = mask.classes[(pixels.classes[row * pixels.width + column] ?? 0) - 1];
      if (found && switches.isOn(layer, found.className)) {
        return { from: 'object', layer: layer.key, className: found.className };
      }
    }
  }
  return undefined;
}
