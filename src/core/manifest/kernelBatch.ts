import type { LineIndex } from './lineIndex.js';
import type { AttributeColumns } from './attributeColumns.js';
import { lineKind, type ManifestColumns, mostAttributes } from './manifestColumns.js';

/** So many lines are read before they are moved to the columns. */
const batchLines = 2048;
/** More than the longest line that the kernel reads. */
const nameBytes = 256 << 10;

/** What is kept of each label, and in how many bytes. */
const bytesPerLabel = { states: 1, types: 1, classes: 4, confidences: 8, creationTimes: 8 } as const;
const labelColumns = ['states', 'types', 'classes', 'confidences', 'creationTimes'] as const;

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
      states: take(batchLines * bytesPerLabel.states),
      types: take(batchLines * bytesPerLabel.types),
      classes: take(batchLines * bytesPerLabel.classes),
      confidences: take(batchLines * bytesPerLabel.confidences),
      creationTimes: take(batchLines * bytesPerLabel.creationTimes),
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
  readonly sparse: ReadonlySet<number>;
}

/** Adds what the kernel has read to the columns. `sparse`: columns, by their addresses, that not every shape writes. */
export function moveBatch(
  buffer: ArrayBuffer,
  { addresses, attributes }: KernelBatch,
  { lines, start, offset, hasCutTexts, sparse }: ReadLines,
  { columns, index }: { readonly columns: ManifestColumns; readonly index: LineIndex },
): void {
  const integers = (address: number) => new Uint32Array(buffer, address, lines);
  const doubles = (address: number) => new Float64Array(buffer, address, lines);
  const first = columns.lines;
  index.addAll(offset, integers(addresses.lineEnds), offset - start);
  const kinds = new Uint8Array(buffer, addresses.kinds, lines);
  columns.addLines({
    kinds,
    folderIds: integers(addresses.folderIds),
    nameEnds: integers(addresses.nameEnds),
    names: new Uint8Array(buffer, addresses.names, nameBytes),
    objects: lines,
    hasTexts: columns.hasTexts || kinds.includes(lineKind.text),
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
      for (const column of labelColumns) {
        if (sparse.has(from[column])) {
          batch[column].fill(0); // A line whose shape lacks it has nothing to say, and the kernel writes nothing.
        }
      }
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

function moveLabels(attribute: AttributeColumns, first: number, batch: LabelBatch): void {
  attribute.ensure(first + batch.states.length);
  attribute.states.data.set(batch.states, first);
  attribute.types.data.set(batch.types, first);
  attribute.classes.data.set(batch.classes, first);
  attribute.confidences.data.set(batch.confidences, first);
  attribute.creationTimes.data.set(batch.creationTimes, first);
}

/** Forgets what was read, once it has been moved. */
export function emptyBatch(buffer: ArrayBuffer, { attributes, lines }: KernelBatch, knownAttributes: number): void {
  for (const from of attributes.slice(0, knownAttributes)) {
    for (const column of labelColumns) {
      new Uint8Array(buffer, from[column], lines * bytesPerLabel[column]).fill(0);
    }
  }
}
