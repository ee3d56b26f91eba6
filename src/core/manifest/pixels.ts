declare const space: unique symbol;
type Px<Space extends string> = number & { readonly [space]: Space };

/** A pixel of the picture, as it is stored. */
export type ImagePx = Px<'image'>;
/** A pixel of the page, of which a picture's pixel takes more or fewer. */
export type ScreenPx = Px<'screen'>;

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

export function screenPx(value: number): ScreenPx {
  return value as ScreenPx;
}
