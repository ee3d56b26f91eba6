import type { PictureShape } from './pictureShape.js';
import { pictureType } from './pictureType.js';

/**
 * How many pixels the longer side of a thumbnail may have. Three sizes serve every size that pictures are shown in, so
 * that a slider that is moved makes few new ones: the list and small pictures of a gallery, middle ones, and large ones
 * or dense screens.
 */
export const thumbnailSizes = [160, 320, 640] as const;

export type ThumbnailSize = (typeof thumbnailSizes)[number];

/** A thumbnail of the largest size has a tenth of this, unless the picture is noise. */
const mostBytes = 1_000_000;

/** Small pictures that were made before. Of one that is damaged, or gone for want of room, there is none. */
export interface ThumbnailCache {
  /** Of this size or, where there is none, of a larger one. */
  find(address: string, size: ThumbnailSize): Promise<KeptThumbnail | undefined>;
  /** Where it cannot be kept, there is none the next time. */
  keep(address: string, size: ThumbnailSize, thumbnail: KeptThumbnail): Promise<void>;
}

export interface KeptThumbnail {
  /** Of the picture that it was made of: what differs when that is replaced. */
  readonly version: string;
  /** Of the same. */
  readonly shape: PictureShape;
  readonly bytes: Uint8Array;
}

/** The content type of what may be kept as a thumbnail; `undefined` for all else, whoever made it. */
export function thumbnailType(bytes: unknown): string | undefined {
  const type = bytes instanceof Uint8Array && bytes.length <= mostBytes ? pictureType(bytes) : undefined;
  return type === 'image/webp' || type === 'image/jpeg' ? type : undefined;
}
