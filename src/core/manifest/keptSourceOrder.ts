import type { ManifestColumns } from './manifestColumns.js';
import { finish, linesAt, type Steps } from './rankOrder.js';
import { sourceOrder, sourceOrderSteps } from './sourceOrder.js';

/** Of a smaller part of the lines, the order is found sooner anew than by going through that of all. */
const leastShare = 1 / 16;

/**
 * The order of all lines by their sources. To find it out for a million takes longer than anybody wants to wait twice:
 * it is kept, and what a filter leaves is taken from it. Of other lines there must be another one.
 */
export class KeptSourceOrder {
  /** All lines that there can be, sorted. */
  #all: Uint32Array | undefined;

  /** What is still to be done for it, where it was begun. */
  #steps: Steps<Uint32Array> | undefined;

  /** Finds out ahead the order of `lines`, all that there can be, step by step; whoever asks meanwhile ends it. */
  *prepare(lines: Uint32Array, columns: ManifestColumns): Steps<void> {
    this.#steps ??= stepsOf(lines, columns);
    while (this.#all === undefined) {
      const step = this.#steps.next();
      if (step.done === true) {
        this.#all = step.value;
      } else {
        yield;
      }
    }
    this.#steps = undefined;
  }

  /** Sorts `lines`, which are in the order of the file; without `isNarrowed` they are all that there can be. */
  sorted(lines: Uint32Array, columns: ManifestColumns, isNarrowed: boolean): Uint32Array {
    if (isNarrowed) {
      return this.#all && lines.length > this.#all.length * leastShare
        ? chosenOf(this.#all, lines, columns.lines)
        : linesAt(lines, sourceOrder(lines, columns));
    }
    this.#all ??= finish(this.#steps ?? stepsOf(lines, columns));
    return this.#all;
  }
}

function* stepsOf(lines: Uint32Array, columns: ManifestColumns): Steps<Uint32Array> {
  return linesAt(lines, yield* sourceOrderSteps(lines, columns));
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
