import { type ThumbnailSize, thumbnailSizes } from '../../src/core/manifest/thumbnailCache.js';
import type { PlaceGrid } from './placeGrid.js';

// In pixels, as gallery.css has them too.
const gap = 6;
const cellPadding = 6;
const captionLineHeight = 18;
const captionGap = 4;
const margin = 10;

export const smallestPicture = 64;
export const largestPicture = 320;
export const usualPicture = 144;

/** A picture this large has room for a second line below it. */
const roomForTwoLines = 128;

export interface GalleryGrid extends PlaceGrid {
  /** In CSS pixels. */
  readonly pictureSize: number;
  readonly captionLines: 1 | 2;
}

/** So much larger than they were asked for pictures become to fill a row. */
const mostGrowth = 1.3;

/** As many pictures of a size beside each other as there is room for; they take what is left over. */
export function galleryGrid(width: number, wantedSize: number): GalleryGrid {
  const room = Math.max(0, width - 2 * margin);
  const perRow = Math.max(1, Math.floor(room / (wantedSize + 2 * cellPadding)));
  const filling = Math.floor(room / perRow) - 2 * cellPadding;
  const pictureSize = Math.max(smallestPicture, Math.min(filling, Math.floor(wantedSize * mostGrowth)));
  const captionLines = pictureSize >= roomForTwoLines ? 2 : 1;
  const rowHeight = pictureSize + 2 * cellPadding + captionGap + captionLines * captionLineHeight + gap;
  return { perRow, rowHeight, pictureSize, captionLines };
}

export function clampPictureSize(size: number): number {
  return Math.min(largestPicture, Math.max(smallestPicture, Math.round(size)));
}

/** The smallest thumbnail that is sharp at this size. */
export function thumbnailSizeFor(pictureSize: number, pixelRatio: number): ThumbnailSize {
  return thumbnailSizes.find((size) => size >= pictureSize * pixelRatio) ?? 640;
}
