import type { LineIndex } from './lineIndex.js';
import type { AttributeColumns } from './attributeColumns.js';
import { type ManifestColumns, mostAttributes } from './manifestColumns.js';

/** So many lines are read before they are moved to the columns. */
const batchLines = 2048;
/** More than the longest line that the kernel reads. */
const nameBytes = 256 << 10;

/** A column of the kernel's, by its address in the kernel's memory. */
interface Addresses {
  readonly kinds: number;
  readonly folderIds: number;
  readonly nameEnds: number;
  readonly lineEnds: number;
  readonly names: number;
}

export interface AttributeAddresses {
  readonly states: number;
  readonly types: number;
  readonly classes: number;
  readonly confidences: number;
  readonly creationTimes: number;
}

/** Where the kernel puts the lines that it has read, column by column as in `ManifestColumns`. */
export interface KernelBatch {
  readonly addresses: Addresses;
  readonly attributes: readonly AttributeAddresses[];
  /** How many lines, and how many bytes of names, there is room for. */
  readonly lines: number;
  readonly nameBytes: number;
}

export function kernelBatch(take: (bytes: number) => number): KernelBatch {
  return {
    addresses: {
      kinds: take(batchLines),
      folderIds: take(batchLines * 4),
      nameEnds: take(batchLines * 4),
      lineEnds: take(batchLines * 4),
      names: take(nameBytes),
    },
    attributes: Array.from({ length: mostAttributes }, () => ({
      states: take(batchLines),
      types: take(batchLines),
      classes: take(batchLines * 4),
      confidences: take(batchLines * 8),
      creationTimes: take(batchLines * 8),
    })),
    lines: batchLines,
    nameBytes,
  };
}

/** What was read: so many lines, from the kernel's address `start` on, which is `offset` in the source. */
export interface ReadLines {
  readonly lines: number;
  readonly start: number;
  readonly offset: number;
  readonly hasCutTexts: boolean;
}

/** Adds what the kernel has read to the columns. */
export function moveBatch(
  buffer: ArrayBuffer,
  { addresses, attributes }: KernelBatch,
  { lines, start, offset, hasCutTexts }: ReadLines,
  { columns, index }: { readonly columns: ManifestColumns; readonly index: LineIndex },
): void {
  const integers = (address: number) => new Uint32Array(buffer, address, lines);
  const doubles = (address: number) => new Float64Array(buffer, address, lines);
  const first = columns.lines;
  let at = offset;
  for (const end of integers(addresses.lineEnds)) {
    const next = offset + end - start;
    index.add(at, next);
    at = next;
  }
  columns.addLines({
    kinds: new Uint8Array(buffer, addresses.kinds, lines),
    folderIds: integers(addresses.folderIds),
    nameEnds: integers(addresses.nameEnds),
    names: new Uint8Array(buffer, addresses.names, nameBytes),
    hasCutTexts,
  });
  columns.attributes.forEach((attribute, place) => {
    const from = attributes[place];
    if (from) {
      const batch = {
        states: new Uint8Array(buffer, from.states, lines),
        types: new Uint8Array(buffer, from.types, lines),
        classes: integers(from.classes),
        confidences: doubles(from.confidences),
        creationTimes: doubles(from.creationTimes),
      };
      moveLabels(attribute, first, batch);
    }
  });
}

interface LabelBatch {
  readonly states: Uint8Array;
  readonly types: Uint8Array;
  readonly classes: Uint32Array;
  readonly confidences: Float64Array;
  readonly creationTimes: Float64Array;
}

// Emptied as it is taken: a line whose shape lacks the attribute has nothing to say, and the kernel writes nothing.
function moveLabels(attribute: AttributeColumns, first: number, batch: LabelBatch): void {
  attribute.ensure(first + batch.states.length);
  attribute.states.data.set(batch.states, first);
  attribute.types.data.set(batch.types, first);
  attribute.classes.data.set(batch.classes, first);
  attribute.confidences.data.set(batch.confidences, first);
  attribute.creationTimes.data.set(batch.creationTimes, first);
  for (const column of [batch.states, batch.types, batch.classes, batch.confidences, batch.creationTimes]) {
    column.fill(0);
  }
}
