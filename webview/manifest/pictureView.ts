import {
  type ImagePx,
  imagePx,
  type Point,
  type ScreenPx,
  screenPx,
  type Size,
} from '../../src/core/manifest/pixels.js';

/** How a picture lies in its stage. */
export interface PictureView {
  /** Screen pixels a picture pixel. */
  readonly scale: number;
  /** Where the picture's left upper corner is, from that of the stage. */
  readonly corner: Point<ScreenPx>;
}

export interface Room {
  readonly picture: Size<ImagePx>;
  readonly stage: Size<ScreenPx>;
}

const largestScale = 40;
/** A picture of a few pixels is not blown up to the whole stage of its own accord. */
const largestFit = 6;

/** All of the picture, as large as there is room. */
export function fitted(room: Room): PictureView {
  return placed(fitScale(room), { x: screenPx(0), y: screenPx(0) }, room);
}

export function isLargerThanFit(view: PictureView, room: Room): boolean {
  return view.scale > fitScale(room) * 1.001; // A fitted view is computed anew, and may differ in its last digit.
}

/** At another scale; what lies under `at` stays there as far as the picture goes on filling the stage. */
export function scaledTo(view: PictureView, scale: number, at: Point<ScreenPx>, room: Room): PictureView {
  const next = Math.min(largestScale, Math.max(Math.min(1, fitScale(room)), scale));
  const ratio = next / view.scale;
  const corner = {
    x: screenPx(at.x - (at.x - view.corner.x) * ratio),
    y: screenPx(at.y - (at.y - view.corner.y) * ratio),
  };
  return placed(next, corner, room);
}

export function movedBy(view: PictureView, by: Point<ScreenPx>, room: Room): PictureView {
  return placed(view.scale, { x: screenPx(view.corner.x + by.x), y: screenPx(view.corner.y + by.y) }, room);
}

/** Moved no farther than it takes to see that place of the picture. */
export function revealing(view: PictureView, place: Point<ImagePx>, room: Room): PictureView {
  const { x, y } = toScreen(place, view);
  const { width, height } = room.stage;
  return movedBy(view, { x: stepInto(x, width), y: stepInto(y, height) }, room);
}

/** From an offset to the nearest one in the stage. */
function stepInto(offset: number, length: number): ScreenPx {
  return screenPx(Math.min(Math.max(offset, 0), length) - offset);
}

export function toImage({ x, y }: Point<ScreenPx>, { scale, corner }: PictureView): Point<ImagePx> {
  return { x: imagePx((x - corner.x) / scale), y: imagePx((y - corner.y) / scale) };
}

export function toScreen({ x, y }: Point<ImagePx>, { scale, corner }: PictureView): Point<ScreenPx> {
  return { x: screenPx(x * scale + corner.x), y: screenPx(y * scale + corner.y) };
}

function fitScale({ picture, stage }: Room): number {
  const scale = Math.min(stage.width / picture.width, stage.height / picture.height, largestFit);
  return Number.isFinite(scale) && scale > 0 ? scale : 1;
}

function placed(scale: number, { x, y }: Point<ScreenPx>, { picture, stage }: Room): PictureView {
  return {
    scale,
    corner: { x: kept(x, picture.width * scale, stage.width), y: kept(y, picture.height * scale, stage.height) },
  };
}

/** In the middle where it is shorter than the stage; else with no gap at either side. */
function kept(offset: number, length: number, room: number): ScreenPx {
  return screenPx(length <= room ? (room - length) / 2 : Math.min(0, Math.max(room - length, offset)));
}
