import { decodePicture, type EncodedPicture, shrinkPicture, type SmallPicture } from './shrinkPicture.js';
import { type MaskLook, smallMask } from './smallMask.js';

/** `decode`: as it is; it was made small before. */
export type PictureTask =
  | { readonly kind: 'decode' }
  | { readonly kind: 'shrink'; readonly longest: number }
  | { readonly kind: 'mask'; readonly longest: number; readonly look: MaskLook };

/** Rejects where the picture is damaged. */
export function doPictureTask(picture: EncodedPicture, task: PictureTask): Promise<SmallPicture> {
  switch (task.kind) {
    case 'decode':
      return decodePicture(picture);
    case 'shrink':
      return shrinkPicture(picture, task.longest);
    case 'mask':
      return smallMask(picture, task.longest, task.look);
  }
}
