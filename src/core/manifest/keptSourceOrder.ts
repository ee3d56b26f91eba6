import type { ManifestColumns } from './manifestColumns.js';
import { sourceOrder } from './sourceOrder.js';

/** Of a smaller part of the lines, the order is found sooner anew than by going through that of all. */
const leastShare = 1 / 16;

/**
 * The order of all lines by their sources. To find it out for a million takes longer than anybody wants to wait twice:
 * it is kept, and what a filter leaves is taken from it. Of other lines there must be another one.
 */
export class KeptSourceOrder {
  /** All lines that there can be, sorted. */
  #all: Uint32Array | undefined;

  /** Sorts `lines`, which are in the order of the file; without `isNarrowed` they are all that there can be. */
  sorted(lines: Uint32Array, columns: ManifestColumns, isNarrowed: boolean): Uint32Array {
    if (isNarrowed) {
      return this.#all && lines.length > this.#all.length * leastShare
        ? chosenOf(this.#all, lines, columns.lines)
        : linesAt(lines, sourceOrder(lines, columns));
    }
    this.#all ??= linesAt(lines, sourceOrder(lines, columns));
    return this.#all;
  }
}

function chosenOf(all: Uint32Array, lines: Uint32Array, lineCount: number): Uint32Array {
  const isWanted = new Uint8Array(lineCount);
  for (let place = 0; place < lines.length; place++) {
    isWanted[lines[place] ?? 0] = 1;
  }
  const chosen = new Uint32Array(lines.length);
  let count = 0;
  for (let place = 0; place < all.length; place++) {
    const line = all[place] ?? 0;
    if (isWanted[line] === 1) {
      chosen[count++] = line;
    }
  }
  return chosen;
}

export function linesAt(lines: Uint32Array, places: Uint32Array): Uint32Array {
  const found = new Uint32Array(places.length);
  for (let index = 0; index < places.length; index++) {
    found[index] = lines[places[index] ?? 0] ?? 0;
  }
  return found;
}
