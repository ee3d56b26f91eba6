declare const space: unique symbol;
type Px<Space extends string> = number & { readonly [space]: Space };

/** A pixel of the picture, as it is stored. */
export type ImagePx = Px<'image'>;

export interface Point<Unit> {
  readonly x: Unit;
  readonly y: Unit;
}

export interface Size<Unit> {
  readonly width: Unit;
  readonly height: Unit;
}

export function imagePx(value: number): ImagePx {
  return value as ImagePx;
}
