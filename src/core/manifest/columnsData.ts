import type { AttributeMark, AttributePart, AttributeRoom } from './attributeColumns.js';

// Columns as data, to get from one thread to another.

/** Lines that were read together, column by column. */
export interface LineBatch extends LineFacts {
  readonly kinds: Uint8Array;
  readonly folderIds: Uint32Array;
  /** Where each name ends, counted from the beginning of all names; it begins where the one before ends. */
  readonly nameEnds: Uint32Array;
  /** The names of these lines, one after the other; what is behind them counts for nothing. */
  readonly names: Uint8Array;
}

export interface LineFacts {
  /** How many of the lines hold an object. */
  readonly objects: number;
  /** Whether one of them is of a text and not of an address; whether not all of such a text is kept. */
  readonly hasTexts: boolean;
  readonly hasCutTexts: boolean;
}

/** Columns as data, with the texts that their numbers stand for. */
export interface ColumnsPart extends LineBatch {
  readonly lines: number;
  readonly nameBytes: number;
  readonly hasMoreAttributes: boolean;
  readonly folders: readonly string[];
  readonly attributes: readonly AttributePart[];
}

/** How much is expected of some lines. */
export interface ExpectedLines {
  readonly lines: number;
  readonly nameBytes: number;
}

/** Memory for columns, and the texts whose numbers are settled. */
export interface ColumnsRoom {
  readonly kinds: Uint8Array;
  readonly folderIds: Uint32Array;
  readonly nameStarts: Uint32Array;
  readonly names: Uint8Array;
  readonly folders: readonly string[];
  readonly attributes: readonly AttributeRoom[];
}

/** How much there is in the columns, to forget what is added later. */
export interface ColumnsMark {
  readonly lines: number;
  readonly nameBytes: number;
  readonly folders: number;
  readonly attributes: readonly AttributeMark[];
  readonly hasMoreAttributes: boolean;
  readonly objects: number;
  readonly hasTexts: boolean;
  readonly hasCutTexts: boolean;
}
