import type { ImagePx, Size } from './pixels.js';

/** A picture's size in the pixels as they are stored, which labels count in, and how it is turned where it is shown. */
export interface PictureShape extends Size<ImagePx> {
  /** The tag of Exif, from 1, upright, to 8. */
  readonly orientation: number;
}

/** AWS: a picture may have 7,680 × 4,320 pixels; others are more generous, and a number of 32 bits has room for them. */
const mostPixels = 0xff_ff_ff_ff;

/** Whether it is one, whoever says so. */
export function isPictureShape(value: unknown): value is PictureShape {
  if (typeof value !== 'object' || value === null) {
    return false;
  }
  const { width, height, orientation }: { width?: unknown; height?: unknown; orientation?: unknown } = value;
  return isWithin(width, mostPixels) && isWithin(height, mostPixels) && isWithin(orientation, 8);
}

function isWithin(value: unknown, most: number): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= most;
}

/** From the fifth on, what is stored as a row is shown as a column. */
export function isTurnedSideways({ orientation }: Pick<PictureShape, 'orientation'>): boolean {
  return orientation >= 5;
}

/** The size of the picture as it is shown. */
export function uprightSize({ width, height, orientation }: PictureShape): { width: number; height: number } {
  return isTurnedSideways({ orientation }) ? { width: height, height: width } : { width, height };
}

type Matrix = readonly [a: number, b: number, c: number, d: number, e: number, f: number];

/** From the pixels as they are stored to the picture as it is shown: x' = ax + cy + e, y' = bx + dy + f. */
export function toUpright({ width, height, orientation }: PictureShape): Matrix {
  switch (orientation) {
    case 2:
      return [-1, 0, 0, 1, width, 0];
    case 3:
      return [-1, 0, 0, -1, width, height];
    case 4:
      return [1, 0, 0, -1, 0, height];
    case 5:
      return [0, 1, 1, 0, 0, 0];
    case 6:
      return [0, 1, -1, 0, height, 0];
    case 7:
      return [0, -1, -1, 0, height, width];
    case 8:
      return [0, -1, 1, 0, 0, width];
    default:
      return [1, 0, 0, 1, 0, 0];
  }
}
