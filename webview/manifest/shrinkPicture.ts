import { exifOrientation } from '../../src/core/manifest/exif.js';
import { isTurnedSideways, type PictureShape } from '../../src/core/manifest/pictureShape.js';
import { imagePx } from '../../src/core/manifest/pixels.js';

/** A picture as it came, in whatever format the browser knows. */
export interface EncodedPicture {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly contentType: string;
}

export interface SmallPicture {
  readonly bitmap: ImageBitmap;
  /** Of the whole picture that was made small. */
  readonly shape?: PictureShape;
  /** The same to be kept: absent where nobody asked for it. */
  readonly encoded?: Uint8Array<ArrayBuffer>;
}

/** WebP keeps what is transparent, and is half as large as JPEG. */
const format = { type: 'image/webp', quality: 0.8 };

/** As it is: it was made small before. */
export async function decodePicture({ bytes, contentType }: EncodedPicture): Promise<SmallPicture> {
  return { bitmap: await createImageBitmap(new Blob([bytes], { type: contentType })) };
}

/** The whole picture upright, its longer side no longer than `longest`. */
export async function shrinkPicture(picture: EncodedPicture, longest: number): Promise<SmallPicture> {
  const { bitmap: whole } = await decodePicture(picture);
  const scale = Math.min(1, longest / Math.max(whole.width, whole.height));
  const bitmap = await createImageBitmap(whole, {
    resizeWidth: Math.max(1, Math.round(whole.width * scale)),
    resizeHeight: Math.max(1, Math.round(whole.height * scale)),
    resizeQuality: 'medium',
  });
  const shape = shapeOf(whole, picture);
  whole.close();
  return { bitmap, shape, encoded: await encode(bitmap) };
}

/** A browser turns what it decodes. */
function shapeOf({ width, height }: ImageBitmap, { bytes }: EncodedPicture): PictureShape {
  const orientation = exifOrientation(bytes)?.value ?? 1;
  const [across, down] = isTurnedSideways({ orientation }) ? [height, width] : [width, height];
  return { width: imagePx(across), height: imagePx(down), orientation };
}

async function encode(bitmap: ImageBitmap): Promise<Uint8Array<ArrayBuffer>> {
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0);
  return new Uint8Array(await (await canvas.convertToBlob(format)).arrayBuffer());
}
