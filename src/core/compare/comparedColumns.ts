import type { LabelCategories } from './labelCategories.js';
import type { ComparedFilter, ComparedStatus, LabelRule } from './manifestComparison.js';
import type { SourcePairs } from './sourcePairs.js';
import { unpaired } from './sourcePairs.js';

const statusNames = ['none', 'same', 'changed', 'onlyHere', 'onlyThere', 'withoutSource'] as const;

/** 0 for a line that is no row: it holds no object, or is the pair of a line here. */
export const status = { none: 0, same: 1, changed: 2, onlyHere: 3, onlyThere: 4, withoutSource: 5 } as const;

export function statusName(value: number): ComparedStatus {
  const name = statusNames[value];
  return name === undefined || name === 'none' ? 'same' : name;
}

/** What came of a comparison, line by line: first the lines of here, then those of there. */
export class ComparedColumns {
  readonly hereLines: number;
  readonly thereLines: number;
  readonly statuses: Uint8Array;
  /** What labels say, as numbers of `LabelCategories`: of the lines here, and of those there. */
  readonly here: Uint16Array;
  readonly there: Uint16Array;
  readonly categories: LabelCategories;
  readonly rules = new Set<LabelRule>();
  /** The categories that have a place of their own in the result; all others share the last one. */
  #shown: readonly number[] = [];

  constructor(hereLines: number, thereLines: number, categories: LabelCategories) {
    this.hereLines = hereLines;
    this.thereLines = thereLines;
    this.statuses = new Uint8Array(hereLines + thereLines);
    this.here = new Uint16Array(hereLines);
    this.there = new Uint16Array(thereLines);
    this.categories = categories;
  }

  /** The places of a category in the result; `rest` is the place of all that have none. */
  show(shown: readonly number[]): void {
    this.#shown = shown;
  }

  find(filter: ComparedFilter, pairs: SourcePairs): Uint32Array {
    const found = new Uint32Array(this.statuses.length);
    const isHere = this.#categoryTest(filter.here);
    const isThere = this.#categoryTest(filter.there);
    const needsPair = filter.here !== undefined || filter.there !== undefined;
    let count = 0;
    for (let entry = 0; entry < this.statuses.length; entry++) {
      const line = entry - this.hereLines;
      const value = this.statuses[entry] ?? 0;
      if (value === status.none || !this.#hasStatus(entry, value, filter.status, pairs)) {
        continue;
      }
      if (needsPair) {
        const pair = line < 0 ? (pairs.thereOf[entry] ?? unpaired) : unpaired;
        if (pair === unpaired || !isHere(this.here[entry] ?? 0) || !isThere(this.there[pair] ?? 0)) {
          continue;
        }
      }
      found[count++] = entry;
    }
    return found.slice(0, count);
  }

  #hasStatus(entry: number, value: number, wanted: ComparedFilter['status'], pairs: SourcePairs): boolean {
    switch (wanted) {
      case 'all':
        return true;
      case 'duplicates':
        return this.#isRepeated(entry, pairs);
      default:
        return value === status[wanted];
    }
  }

  #isRepeated(entry: number, { thereOf, isRepeatedHere, isRepeatedThere }: SourcePairs): boolean {
    if (entry >= this.hereLines) {
      return isRepeatedThere[entry - this.hereLines] === 1;
    }
    return isRepeatedHere[entry] === 1 || isRepeatedThere[thereOf[entry] ?? unpaired] === 1;
  }

  #categoryTest(place: number | undefined): (value: number) => boolean {
    if (place === undefined) {
      return () => true;
    }
    const only = this.#shown[place];
    const shown = new Set(this.#shown);
    return only === undefined ? (value) => !shown.has(value) : (value) => value === only;
  }
}

export function statusOf({ statuses }: ComparedColumns, entry: number): number {
  return statuses[entry] ?? status.none;
}
