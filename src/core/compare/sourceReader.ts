import type { ManifestColumns } from '../manifest/manifestColumns.js';
import type { SourceSide } from './sourcePairs.js';

const unknownFolder = 0xffff_ffff;
const slash = 0x2f;

/** The sources of a manifest's lines, to be held against each other byte by byte: none is made a text of. */
export class SourceReader {
  readonly #columns: ManifestColumns;
  readonly #longTexts: Float64Array | undefined;
  /** The numbers that this manifest's folders have in the one that folders are compared by. */
  readonly #folders: Uint32Array;

  constructor({ columns, longTexts }: SourceSide, by: ManifestColumns) {
    const { texts } = columns.folders;
    this.#columns = columns;
    this.#longTexts = longTexts;
    const known = new Map(by.folders.texts.map((folder, id) => [folder, id]));
    this.#folders = Uint32Array.from(texts, (folder) => known.get(folder) ?? unknownFolder);
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
