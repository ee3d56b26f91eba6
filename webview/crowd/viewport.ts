export interface Size {
  readonly width: number;
  readonly height: number;
}

/** How a picture lies in its stage: `zoom` 1 shows all of it, and the offset moves its middle, in screen pixels. */
export interface Viewport {
  readonly zoom: number;
  readonly x: number;
  readonly y: number;
}

export const fitted: Viewport = { zoom: 1, x: 0, y: 0 };

const maxZoom = 40;
/** A thumbnail is not blown up to the whole window. */
const maxEnlargement = 6;

/** Screen pixels a picture pixel at zoom 1. */
export function fitScale(picture: Size, stage: Size): number {
  const scale = Math.min(stage.width / picture.width, stage.height / picture.height, maxEnlargement);
  return Number.isFinite(scale) && scale > 0 ? scale : 1;
}

/** Zooms so that what lies under `at` (from the middle of the stage) stays there. */
export function zoomedBy(viewport: Viewport, factor: number, at = { x: 0, y: 0 }): Viewport {
  const zoom = Math.min(maxZoom, Math.max(1, viewport.zoom * factor));
  const ratio = zoom / viewport.zoom;
  return { zoom, x: at.x - (at.x - viewport.x) * ratio, y: at.y - (at.y - viewport.y) * ratio };
}

export function movedBy(viewport: Viewport, dx: number, dy: number): Viewport {
  return { ...viewport, x: viewport.x + dx, y: viewport.y + dy };
}

/** Keeps the picture in sight: it moves only as far as it reaches beyond the stage. */
export function kept(viewport: Viewport, picture: Size, stage: Size): Viewport {
  const scale = fitScale(picture, stage) * viewport.zoom;
  const limit = (length: number, room: number, offset: number) => {
    const most = Math.max(0, (length * scale - room) / 2);
    return Math.min(most, Math.max(-most, offset));
  };
  return {
    zoom: viewport.zoom,
    x: limit(picture.width, stage.width, viewport.x),
    y: limit(picture.height, stage.height, viewport.y),
  };
}
