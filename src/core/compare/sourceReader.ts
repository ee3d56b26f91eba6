import { lineKind, type ManifestColumns } from '../manifest/manifestColumns.js';
import type { SourceSide } from './sourcePairs.js';

const unknownFolder = 0xffff_ffff;
const objectSeed = 0x811c9dc5;
const textSeed = 0x2f0b4c47;
const slash = 0x2f;

/** The sources of a manifest's lines, to be held against each other byte by byte: none is made a text of. */
export class SourceReader {
  readonly #columns: ManifestColumns;
  readonly #longTexts: Float64Array | undefined;
  /** The hash of each folder's bytes: a name's goes on from there. */
  readonly #folderHashes: Int32Array;
  /** The numbers that this manifest's folders have in the one that folders are compared by. */
  readonly #folders: Uint32Array;

  constructor({ columns, longTexts }: SourceSide, by: ManifestColumns) {
    const encoder = new TextEncoder();
    const { texts } = columns.folders;
    this.#columns = columns;
    this.#longTexts = longTexts;
    this.#folderHashes = Int32Array.from(texts, (folder) => {
      const bytes = encoder.encode(folder);
      return hashed(objectSeed, bytes, 0, bytes.length);
    });
    const known = new Map(by.folders.texts.map((folder, id) => [folder, id]));
    this.#folders = Uint32Array.from(texts, (folder) => known.get(folder) ?? unknownFolder);
  }

  /** A whole number of 32 bits. */
  hashOf(line: number): number {
    const { kinds, folderIds, names, nameStarts } = this.#columns;
    const seed =
      kinds.data[line] === lineKind.text
        ? textSeed ^ (this.#longTextOf(line) | 0)
        : (this.#folderHashes[folderIds.data[line] ?? 0] ?? 0);
    return mixed(hashed(seed, names.data, nameStarts.data[line] ?? 0, nameStarts.data[line + 1] ?? 0));
  }

  isSame(line: number, other: SourceReader, otherLine: number): boolean {
    const own = this.#columns;
    const theirs = other.#columns;
    if (own.kinds.data[line] !== theirs.kinds.data[otherLine]) {
      return false;
    }
    const folder = this.#folders[own.folderIds.data[line] ?? 0];
    const isSameFolder = folder !== unknownFolder && folder === other.#folders[theirs.folderIds.data[otherLine] ?? 0];
    return isSameFolder
      ? this.#isSameName(line, other, otherLine) && this.#longTextOf(line) === other.#longTextOf(otherLine)
      : this.#mayBeWhole(line, other, otherLine) && own.sourceOf(line) === theirs.sourceOf(otherLine);
  }

  #isSameName(line: number, other: SourceReader, otherLine: number): boolean {
    const own = this.#columns;
    const theirs = other.#columns;
    const start = own.nameStarts.data[line] ?? 0;
    const length = (own.nameStarts.data[line + 1] ?? 0) - start;
    const otherStart = theirs.nameStarts.data[otherLine] ?? 0;
    if ((theirs.nameStarts.data[otherLine + 1] ?? 0) - otherStart !== length) {
      return false;
    }
    const names = own.names.data;
    const otherNames = theirs.names.data;
    for (let at = 0; at < length; at++) {
      if (names[start + at] !== otherNames[otherStart + at]) {
        return false;
      }
    }
    return true;
  }

  /** Where there were too many folders to tell apart, a name is the whole address: or neither is known by its number. */
  #mayBeWhole(line: number, other: SourceReader, otherLine: number): boolean {
    return this.#isWholeOrUnknown(line) || other.#isWholeOrUnknown(otherLine);
  }

  #isWholeOrUnknown(line: number): boolean {
    const { folderIds, names, nameStarts } = this.#columns;
    const folder = folderIds.data[line] ?? 0;
    return (
      this.#folders[folder] === unknownFolder ||
      (folder === 0 && names.data.subarray(nameStarts.data[line] ?? 0, nameStarts.data[line + 1] ?? 0).includes(slash))
    );
  }

  #longTextOf(line: number): number {
    return this.#longTexts?.[line] ?? 0;
  }
}

/** FNV-1a. */
function hashed(seed: number, bytes: Uint8Array, start: number, end: number): number {
  let hash = seed;
  for (let at = start; at < end; at++) {
    hash = Math.imul(hash ^ (bytes[at] ?? 0), 0x01000193);
  }
  return hash;
}

function mixed(value: number): number {
  let bits = Math.imul(value ^ (value >>> 16), 0x7feb352d);
  bits = Math.imul(bits ^ (bits >>> 15), 0x846ca68b);
  return (bits ^ (bits >>> 16)) >>> 0;
}
