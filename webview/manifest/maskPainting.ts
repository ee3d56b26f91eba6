import type { MaskPixels } from './maskPixels.js';

/** How a class is painted, by its place. */
export interface MaskPaint {
  /** As `0xrrggbb`. */
  readonly color: number;
  readonly look: 'hidden' | 'faint' | 'plain' | 'strong';
}

/** Opacities from 0 to 255. Where the picture has the mask's colour, only the white rim and the edge in it are seen. */
const opacity = {
  hidden: { inside: 0, edge: 0, rim: 0 },
  faint: { inside: 30, edge: 70, rim: 70 },
  plain: { inside: 110, edge: 255, rim: 230 },
  strong: { inside: 165, edge: 255, rim: 255 },
} as const;

/** The edge is to be seen where the mask is shown this wide, whatever its size. */
const shownWidth = 500;
/** Times as wide as the rim. */
const edgeWidth = 3;
const white = 0xff_ff_ff;

/** Paints the pixels of a mask: four bytes each, for red, green, blue and opacity. */
export function paintMask(mask: MaskPixels, paints: readonly MaskPaint[]): Uint8ClampedArray<ArrayBuffer> {
  const { width, height, classes } = mask;
  const reach = Math.max(1, Math.round(width / shownWidth));
  const rgba = new Uint8ClampedArray(classes.length * 4);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const pixel = y * width + x;
      const paint = paints[(classes[pixel] ?? 0) - 1];
      if (paint && paint.look !== 'hidden') {
        const { inside, edge, rim } = opacity[paint.look];
        if (isNearOthers(mask, x, y, reach)) {
          put(rgba, pixel, white, rim);
        } else {
          put(rgba, pixel, paint.color, isNearOthers(mask, x, y, reach * edgeWidth) ? edge : inside);
        }
      }
    }
  }
  return rgba;
}

function isNearOthers({ width, height, classes }: MaskPixels, x: number, y: number, reach: number): boolean {
  const row = y * width;
  const own = classes[row + x];
  return (
    classes[row + Math.max(0, x - reach)] !== own ||
    classes[row + Math.min(width - 1, x + reach)] !== own ||
    classes[Math.max(0, y - reach) * width + x] !== own ||
    classes[Math.min(height - 1, y + reach) * width + x] !== own
  );
}

function put(rgba: Uint8ClampedArray, pixel: number, color: number, alpha: number): void {
  const at = pixel * 4;
  rgba[at] = color >> 16;
  rgba[at + 1] = (color >> 8) & 0xff;
  rgba[at + 2] = color & 0xff;
  rgba[at + 3] = alpha;
}
