// The list scrolls over a height of its own: browsers cap the height of an element long before a million rows.

export interface ScrollArea {
  readonly rows: number;
  readonly rowHeight: number;
  readonly viewportHeight: number;
}

export interface VisibleRows {
  readonly first: number;
  readonly count: number;
  /** How many pixels of the first row are above the viewport. */
  readonly hiddenPixels: number;
}

export function highestOffset({ rows, rowHeight, viewportHeight }: ScrollArea): number {
  return Math.max(0, rows * rowHeight - viewportHeight);
}

export function clampOffset(area: ScrollArea, offset: number): number {
  return Math.min(highestOffset(area), Math.max(0, offset));
}

export function visibleRows(area: ScrollArea, offset: number): VisibleRows {
  const first = Math.floor(offset / area.rowHeight);
  const hiddenPixels = offset - first * area.rowHeight;
  const count = Math.ceil((area.viewportHeight + hiddenPixels) / area.rowHeight);
  return { first, hiddenPixels, count: Math.max(0, Math.min(count, area.rows - first)) };
}

/** The offset nearest to `offset` at which all of the row can be seen. */
export function offsetToReveal(area: ScrollArea, offset: number, row: number): number {
  const top = row * area.rowHeight;
  const bottom = top + area.rowHeight;
  const moved = top < offset ? top : bottom > offset + area.viewportHeight ? bottom - area.viewportHeight : offset;
  return clampOffset(area, moved);
}

const smallestThumb = 20;

/** The scrollbar's thumb in a track as high as the viewport; `undefined` where there is nothing to scroll. */
export function thumbOf(
  area: ScrollArea,
  offset: number,
): { readonly top: number; readonly height: number } | undefined {
  const highest = highestOffset(area);
  if (highest === 0) {
    return undefined;
  }
  const share = area.viewportHeight / (area.rows * area.rowHeight);
  const height = Math.min(area.viewportHeight, Math.max(smallestThumb, area.viewportHeight * share));
  return { height, top: (offset / highest) * (area.viewportHeight - height) };
}

/** The offset at which the thumb's top is at `top`. */
export function offsetOfThumb(area: ScrollArea, top: number): number {
  const thumb = thumbOf(area, 0);
  const way = thumb ? area.viewportHeight - thumb.height : 0;
  return way <= 0 ? 0 : clampOffset(area, (top / way) * highestOffset(area));
}
