import type { ManifestColumns } from '../manifest/manifestColumns.js';
import { dealOut, entryLength, type HashedSources, hashSources, type SourceParts } from './hashedSources.js';
import { type IsOfSource, SourceGroups } from './sourceGroups.js';
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
  return pairByHash({ ...here, hashed: hashSources(here) }, { ...there, hashed: hashSources(there) });
}

interface HashedSide extends SourceSide {
  readonly hashed: HashedSources;
}

/**
 * Lines whose hashes are equal are taken to be of one source first, and looked at afterwards, in the order in which they
 * stand in the files. Should any two of them not be, all is done anew with a look at each.
 */
export function pairByHash(here: HashedSide, there: HashedSide): SourcePairs {
  const readers = { here: new SourceReader(here, here.columns), there: new SourceReader(there, here.columns) };
  const byHash = pairWith(here, there, undefined);
  return isSameThroughout(byHash, readers)
    ? byHash.pairs
    : pairWith(here, there, (example, other) =>
        readerOf(readers, example).isSame(lineOf(example), readerOf(readers, other), lineOf(other)),
      ).pairs;
}

interface SourceReaders {
  readonly here: SourceReader;
  readonly there: SourceReader;
}

/** A line as `SourceGroups` has it: twice its number, and one more where it is here. */
function readerOf({ here, there }: SourceReaders, example: number): SourceReader {
  return example % 2 === 1 ? here : there;
}

function lineOf(example: number): number {
  return Math.floor(example / 2);
}

interface Paired {
  readonly pairs: SourcePairs;
  /** By line: one more than the next line there of the same source, and than the one before it here; 0 where none is. */
  readonly nextThere: Uint32Array;
  readonly earlierHere: Uint32Array;
}

function pairWith(here: HashedSide, there: HashedSide, isOfSource: IsOfSource | undefined): Paired {
  const bits = bitsFor(Math.max(here.columns.lines, there.columns.lines));
  const own = dealOut(here.columns, here.hashed, bits);
  const other = dealOut(there.columns, there.hashed, bits);
  const nextThere = new Uint32Array(there.columns.lines);
  const earlierHere = new Uint32Array(here.columns.lines);
  const thereOf = new Int32Array(here.columns.lines).fill(unpaired);
  const groups = new SourceGroups(mostLines(own, other), isOfSource);
  for (let part = 0; part < 2 ** bits; part++) {
    groups.clear();
    // From the end, so that the first line of each source is the one that is found first.
    const first = other.starts[part] ?? 0;
    for (let place = (other.starts[part + 1] ?? 0) - 1; place >= first; place--) {
      const line = other.entries[place * entryLength] ?? 0;
      const group = groups.find(other.entries, place * entryLength, line * 2);
      const next = groups.waiting[group] ?? 0;
      if (next > 0) {
        nextThere[line] = next;
      }
      groups.waiting[group] = line + 1;
    }
    const end = own.starts[part + 1] ?? 0;
    for (let place = own.starts[part] ?? 0; place < end; place++) {
      const line = own.entries[place * entryLength] ?? 0;
      const group = groups.find(own.entries, place * entryLength, line * 2 + 1);
      const earlier = groups.lastHere[group] ?? 0;
      if (earlier > 0) {
        earlierHere[line] = earlier;
      }
      groups.lastHere[group] = line + 1;
      const waiting = groups.waiting[group] ?? 0;
      if (waiting > 0) {
        thereOf[line] = waiting - 1;
        groups.waiting[group] = nextThere[waiting - 1] ?? 0;
      }
    }
  }
  const { isRepeated: isRepeatedHere, duplicates: duplicatesHere } = repeatedOf(earlierHere);
  const { isRepeated: isRepeatedThere, duplicates: duplicatesThere } = repeatedOf(nextThere);
  const isPairedThere = new Uint8Array(there.columns.lines);
  for (let line = 0; line < thereOf.length; line++) {
    const pair = thereOf[line] ?? unpaired;
    if (pair !== unpaired) {
      isPairedThere[pair] = 1;
    }
  }
  const pairs = { thereOf, isPairedThere, isRepeatedHere, isRepeatedThere, duplicatesHere, duplicatesThere };
  return { pairs, nextThere, earlierHere };
}

/** So many lines have a table that stays near the processor. */
const linesOfPart = 4_096;
const mostBits = 12;

function bitsFor(lines: number): number {
  return Math.min(mostBits, Math.max(0, Math.ceil(Math.log2(lines / linesOfPart))));
}

function mostLines(own: SourceParts, other: SourceParts): number {
  let most = 0;
  for (let part = 0; part + 1 < own.starts.length; part++) {
    const lines = [own, other].map(({ starts }) => (starts[part + 1] ?? 0) - (starts[part] ?? 0));
    most = Math.max(most, (lines[0] ?? 0) + (lines[1] ?? 0));
  }
  return most;
}

/** Each line of which another one is known of the same source; that other one is repeated as well. */
function repeatedOf(others: Uint32Array): { readonly isRepeated: Uint8Array; readonly duplicates: number } {
  const isRepeated = new Uint8Array(others.length);
  let duplicates = 0;
  for (let line = 0; line < others.length; line++) {
    const other = others[line] ?? 0;
    if (other > 0) {
      duplicates++;
      isRepeated[line] = 1;
      isRepeated[other - 1] = 1;
    }
  }
  return { isRepeated, duplicates };
}

/** Whether all that was taken to be of one source is: each line with its pair, and with the next one of the same hash. */
function isSameThroughout({ pairs, nextThere, earlierHere }: Paired, { here, there }: SourceReaders): boolean {
  for (let line = 0; line < earlierHere.length; line++) {
    const pair = pairs.thereOf[line] ?? unpaired;
    const earlier = earlierHere[line] ?? 0;
    const isSame =
      (pair === unpaired || here.isSame(line, there, pair)) && (earlier === 0 || here.isSame(line, here, earlier - 1));
    if (!isSame) {
      return false;
    }
  }
  for (let line = 0; line < nextThere.length; line++) {
    const next = nextThere[line] ?? 0;
    if (next > 0 && !there.isSame(line, there, next - 1)) {
      return false;
    }
  }
  return true;
}
