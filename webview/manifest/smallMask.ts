import type { ThumbnailMask } from '../../src/core/manifest/thumbnailDrawing.js';
import { isTurnedSideways, toUpright } from '../../src/core/manifest/pictureShape.js';
import { imagePx } from '../../src/core/manifest/pixels.js';
import { paintMask } from './maskPainting.js';
import { maskPixelsOf } from './maskPixels.js';
import type { EncodedPicture, SmallPicture } from './shrinkPicture.js';

/** How a mask is painted over a small picture. */
export interface MaskLook {
  readonly mask: Pick<ThumbnailMask, 'classes' | 'background'>;
  /** By class, whether it is painted. */
  readonly isShown: readonly boolean[];
  /** Of the picture that it lies over. */
  readonly orientation: number;
}

/** The mask's classes in their colours, small and turned as the picture is; rejects where the file is damaged. */
export async function smallMask(
  { bytes }: EncodedPicture,
  longest: number,
  { mask, isShown, orientation }: MaskLook,
): Promise<SmallPicture> {
  // The bytes of the file decide, and not how they would look on this screen.
  const asStored = { colorSpaceConversion: 'none', premultiplyAlpha: 'none' } as const;
  const whole = await createImageBitmap(new Blob([bytes]), asStored);
  const scale = Math.min(1, longest / Math.max(whole.width, whole.height));
  const small = await createImageBitmap(whole, {
    ...asStored,
    resizeWidth: Math.max(1, Math.round(whole.width * scale)),
    resizeHeight: Math.max(1, Math.round(whole.height * scale)),
    resizeQuality: 'pixelated', // Between two colours there is none that is a class.
  });
  whole.close();
  const pixels = maskPixelsOf(small, mask);
  small.close();
  const paints = mask.classes.map(
    ({ color }, place) => ({ color, look: isShown[place] ? 'plain' : 'hidden' }) as const,
  );
  const { width, height } = pixels;
  const painted = await createImageBitmap(new ImageData(paintMask(pixels, paints), width, height));
  return { bitmap: orientation === 1 ? painted : turned(painted, orientation) };
}

function turned(stored: ImageBitmap, orientation: number): ImageBitmap {
  const { width, height } = stored;
  const canvas = isTurnedSideways({ orientation })
    ? new OffscreenCanvas(height, width)
    : new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  context?.setTransform(...toUpright({ width: imagePx(width), height: imagePx(height), orientation }));
  context?.drawImage(stored, 0, 0);
  stored.close();
  return canvas.transferToImageBitmap();
}
