import { type ScrollArea, visibleRows } from './virtualScroll.js';

/** How objects are laid out that scroll: in rows of the same height, one or several in each. */
export interface PlaceGrid {
  readonly perRow: number;
  readonly rowHeight: number;
}

export interface ShownPlaces {
  readonly total: number;
  readonly grid: PlaceGrid;
  readonly viewportHeight: number;
}

export function rowOf(place: number, { perRow }: PlaceGrid): number {
  return Math.floor(place / perRow);
}

export function scrollAreaOf({ total, grid, viewportHeight }: ShownPlaces): ScrollArea {
  return { rows: Math.ceil(total / grid.perRow), rowHeight: grid.rowHeight, viewportHeight };
}

/** What can be seen at an offset, whole rows of it: there may be places beyond the last object. */
export function visiblePlaces(shown: ShownPlaces, offset: number) {
  const { first, count, hiddenPixels } = visibleRows(scrollAreaOf(shown), offset);
  const { perRow } = shown.grid;
  return { first: first * perRow, count: count * perRow, hiddenPixels };
}

/** Where a key leads to from a place; `undefined` where it leads nowhere by itself. */
export function placeByKey(key: string, place: number, shown: ShownPlaces): number | undefined {
  const { total, grid, viewportHeight } = shown;
  const rowsPerPage = Math.max(1, Math.floor(viewportHeight / grid.rowHeight) - 1);
  switch (key) {
    case 'ArrowDown':
      return rowsAway(place, 1, shown);
    case 'ArrowUp':
      return rowsAway(place, -1, shown);
    case 'PageDown':
      return rowsAway(place, rowsPerPage, shown);
    case 'PageUp':
      return rowsAway(place, -rowsPerPage, shown);
    case 'Home':
      return 0;
    case 'End':
      return total - 1;
    case 'ArrowRight':
      return grid.perRow > 1 ? place + 1 : undefined;
    case 'ArrowLeft':
      return grid.perRow > 1 ? place - 1 : undefined;
    default:
      return undefined;
  }
}

/** In the same column, but for a last row that is shorter than this. */
function rowsAway(place: number, rows: number, { total, grid }: ShownPlaces): number {
  const row = rowOf(place, grid);
  const target = Math.max(0, Math.min(rowOf(total - 1, grid), row + rows));
  return target === row ? place : Math.min(total - 1, target * grid.perRow + (place % grid.perRow));
}

/** The offset at which `place` is as far from the top as it was before the layout changed. */
export function offsetAfter(
  place: number,
  { before, after, offset }: { readonly before: PlaceGrid; readonly after: PlaceGrid; readonly offset: number },
): number {
  return rowOf(place, after) * after.rowHeight - (rowOf(place, before) * before.rowHeight - offset);
}
