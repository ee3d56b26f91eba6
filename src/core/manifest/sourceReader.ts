import { BytePattern, type TextBytes } from './bytePattern.js';
import { decodeText } from './dictionary.js';
import { folderEnd, lineKind, type ManifestColumns } from './manifestColumns.js';

/** Reads source addresses, of which neighbours are mostly in one folder. */
export class SourceReader {
  readonly #columns: ManifestColumns;
  #folder: BytePattern | undefined;
  #folderId = 0;

  constructor(columns: ManifestColumns) {
    this.#columns = columns;
  }

  /** Behind the folder, if the address at `at` begins with the last one's; else `at`. */
  lastFolderEnd(text: TextBytes, at: number): number {
    return this.#folder?.isAt(text, at) === true ? at + this.#folder.length : at;
  }

  /** Adds the line whose address stands from `start` to `end`. */
  add(text: TextBytes, start: number, end: number): void {
    const nameStart = folderEnd(text.bytes, start, end);
    if (this.#folder?.length !== nameStart - start || !this.#folder.isAt(text, start)) {
      const id = this.#columns.folders.idOf(decodeText(text.bytes, start, nameStart));
      if (id === undefined) {
        this.#columns.addName(text.bytes, start, end); // No more folders are told apart: it is part of the name.
        this.#columns.addLine(lineKind.object, 0);
        return;
      }
      this.#folder = new BytePattern(text.bytes.slice(start, nameStart));
      this.#folderId = id;
    }
    this.#columns.addName(text.bytes, nameStart, end);
    this.#columns.addLine(lineKind.object, this.#folderId);
  }
}
