import type { Mask } from '../../src/core/manifest/drawing.js';

/** A mask's pixels, row by row: 0 where there is no class, and `n` for the class at `n - 1`. */
export interface MaskPixels {
  readonly width: number;
  readonly height: number;
  readonly classes: Uint16Array;
  /** By class: how many pixels it has. */
  readonly counts: readonly number[];
  /** How many pixels have a colour that no class has. */
  readonly unknown: number;
}

/** What tells its classes apart. */
type MaskColors = Pick<Mask, 'classes' | 'background'>;

/** Decodes a picture's file; rejects where it is damaged. */
export async function readMaskPixels(file: Blob, mask: MaskColors): Promise<MaskPixels> {
  // The bytes of the file decide, and not how they would look on this screen.
  const bitmap = await createImageBitmap(file, { colorSpaceConversion: 'none', premultiplyAlpha: 'none' });
  try {
    return maskPixelsOf(bitmap, mask);
  } finally {
    bitmap.close();
  }
}

export function maskPixelsOf(bitmap: ImageBitmap, mask: MaskColors): MaskPixels {
  const { width, height } = bitmap;
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  if (!context) {
    throw new Error('There is no memory for a picture of that size.');
  }
  context.drawImage(bitmap, 0, 0);
  return { width, height, ...classesOf(context.getImageData(0, 0, width, height).data, mask) };
}

const unknownColor = -1;

/** Of four bytes a pixel, for red, green, blue and opacity. */
export function classesOf(
  rgba: Uint8ClampedArray,
  { classes: known, background }: MaskColors,
): Pick<MaskPixels, 'classes' | 'counts' | 'unknown'> {
  const ofColor = new Map([[background, 0], ...known.map(({ color }, place): [number, number] => [color, place + 1])]);
  const classes = new Uint16Array(rgba.length / 4);
  const counts = known.map(() => 0);
  let unknown = 0;
  let lastColor = background;
  let lastClass = ofColor.get(background) ?? 0;
  for (let pixel = 0; pixel < classes.length; pixel += 1) {
    const at = pixel * 4;
    if (rgba[at + 3] === 0) {
      continue;
    }
    const color = ((rgba[at] ?? 0) << 16) | ((rgba[at + 1] ?? 0) << 8) | (rgba[at + 2] ?? 0);
    // Neighbours are mostly alike, which saves looking them up.
    if (color !== lastColor) {
      lastColor = color;
      lastClass = ofColor.get(color) ?? unknownColor;
    }
    if (lastClass === unknownColor) {
      unknown += 1;
    } else if (lastClass > 0) {
      classes[pixel] = lastClass;
      counts[lastClass - 1] = (counts[lastClass - 1] ?? 0) + 1;
    }
  }
  return { classes, counts, unknown };
}
