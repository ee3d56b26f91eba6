import { growableIntegers } from '../manifest/growable.js';
import { lineKind, type ManifestColumns } from '../manifest/manifestColumns.js';
import { SourceReader } from './sourceReader.js';

/** One manifest's lines, with what their columns do not have. */
export interface SourceSide {
  readonly columns: ManifestColumns;
  /** A hash of each text that is kept in part only; 0 for all other lines. */
  readonly longTexts: Float64Array | undefined;
}

/** Which line of the one manifest is about the same object as which line of the other. */
export interface SourcePairs {
  /** By line here: the line there, or `unpaired`. */
  readonly thereOf: Int32Array;
  /** By line there: 1 where a line here is its pair. */
  readonly isPairedThere: Uint8Array;
  /** By line: 1 where another line of the same manifest has the same source. */
  readonly isRepeatedHere: Uint8Array;
  readonly isRepeatedThere: Uint8Array;
  /** Lines whose source an earlier one has already. */
  readonly duplicatesHere: number;
  readonly duplicatesThere: number;
}

export const unpaired = -1;

/** Lines of one manifest, each of which is its own pair. */
export function pairWithItself({ lines }: ManifestColumns): SourcePairs {
  const none = new Uint8Array(lines);
  return {
    thereOf: Int32Array.from({ length: lines }, (_, line) => line),
    isPairedThere: none.slice().fill(1),
    isRepeatedHere: none,
    isRepeatedThere: none,
    duplicatesHere: 0,
    duplicatesThere: 0,
  };
}

/** The first line of a source here goes with the first one there, the second with the second, and so on. */
export function pairBySource(here: SourceSide, there: SourceSide): SourcePairs {
  const groups = new SourceGroups(here, there);
  const hereLines = here.columns.lines;
  const thereLines = there.columns.lines;
  const isRepeatedHere = new Uint8Array(hereLines);
  const isRepeatedThere = new Uint8Array(thereLines);
  const isPairedThere = new Uint8Array(thereLines);
  const thereOf = new Int32Array(hereLines).fill(unpaired);
  /** By line there: one more than the next line of the same source that waits for a pair; 0 at the end. */
  const nextThere = new Uint32Array(thereLines);
  let duplicatesThere = 0;
  // From the end, so that the first line of each source is the one that is found first.
  for (let line = thereLines - 1; line >= 0; line--) {
    if (hasSource(there.columns, line)) {
      const group = groups.find('there', line);
      const waiting = groups.waiting.data[group] ?? 0;
      if (waiting > 0) {
        duplicatesThere++;
        isRepeatedThere[line] = 1;
        isRepeatedThere[waiting - 1] = 1;
      }
      nextThere[line] = waiting;
      groups.waiting.data[group] = line + 1;
    }
  }
  let duplicatesHere = 0;
  for (let line = 0; line < hereLines; line++) {
    if (hasSource(here.columns, line)) {
      const group = groups.find('here', line);
      const earlier = groups.firstHere.data[group] ?? 0;
      if (earlier > 0) {
        duplicatesHere++;
        isRepeatedHere[line] = 1;
        isRepeatedHere[earlier - 1] = 1;
      } else {
        groups.firstHere.data[group] = line + 1;
      }
      const waiting = groups.waiting.data[group] ?? 0;
      if (waiting > 0) {
        thereOf[line] = waiting - 1;
        isPairedThere[waiting - 1] = 1;
        groups.waiting.data[group] = nextThere[waiting - 1] ?? 0;
      }
    }
  }
  return { thereOf, isPairedThere, isRepeatedHere, isRepeatedThere, duplicatesHere, duplicatesThere };
}

function hasSource({ kinds }: ManifestColumns, line: number): boolean {
  const kind = kinds.data[line];
  return kind === lineKind.object || kind === lineKind.text;
}

/** All sources of both manifests, each with a number; a hash table of numbers, since a million texts would be too much. */
class SourceGroups {
  readonly #readers: { readonly here: SourceReader; readonly there: SourceReader };
  /** One more than the group's number; 0 where the place is free. Its length is a power of two. */
  #table = new Uint32Array(1024);
  #count = 0;
  readonly #hashes = growableIntegers();
  /** A line that has the group's source: twice its number, and one more where it is here. */
  readonly #examples = growableIntegers();
  /** One more than the first line there that has no pair yet; 0 where there is none. */
  readonly waiting = growableIntegers();
  /** One more than the first line here; 0 where there is none. */
  readonly firstHere = growableIntegers();

  constructor(here: SourceSide, there: SourceSide) {
    this.#readers = {
      here: new SourceReader(here, here.columns),
      there: new SourceReader(there, here.columns),
    };
    this.#resize(there.columns.lines);
  }

  /** The number of the line's source. */
  find(side: 'here' | 'there', line: number): number {
    const reader = this.#readers[side];
    const hash = reader.hashOf(line);
    const mask = this.#table.length - 1;
    let place = hash & mask;
    for (;;) {
      const group = (this.#table[place] ?? 0) - 1;
      if (group === -1) {
        return this.#add(place, hash, line * 2 + (side === 'here' ? 1 : 0));
      }
      if (this.#hashes.data[group] === hash && this.#isOf(group, reader, line)) {
        return group;
      }
      place = (place + 1) & mask;
    }
  }

  #isOf(group: number, reader: SourceReader, line: number): boolean {
    const example = this.#examples.data[group] ?? 0;
    const other = example % 2 === 1 ? this.#readers.here : this.#readers.there;
    return reader.isSame(line, other, Math.floor(example / 2));
  }

  #add(place: number, hash: number, example: number): number {
    const group = this.#count++;
    for (const column of [this.#hashes, this.#examples, this.waiting, this.firstHere]) {
      column.ensure(this.#count);
    }
    this.#hashes.data[group] = hash;
    this.#examples.data[group] = example;
    this.#table[place] = group + 1;
    if (this.#count * 4 > this.#table.length * 3) {
      this.#resize(this.#count * 2);
    }
    return group;
  }

  #resize(groups: number): void {
    const length = 2 ** Math.max(10, Math.ceil(Math.log2(groups * 1.5 + 1)));
    const mask = length - 1;
    const table = new Uint32Array(length);
    for (let group = 0; group < this.#count; group++) {
      let place = (this.#hashes.data[group] ?? 0) & mask;
      while (table[place] !== 0) {
        place = (place + 1) & mask;
      }
      table[place] = group + 1;
    }
    this.#table = table;
  }
}
