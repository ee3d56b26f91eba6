import { lineKind, type ManifestColumns } from '../manifest/manifestColumns.js';
import type { SourceSide } from './sourcePairs.js';

/**
 * A hash of 64 bits of each line's source, in two halves; for a line without one they mean nothing. Equal sources have
 * equal hashes, in whichever manifest they are.
 */
export interface HashedSources {
  readonly low: Uint32Array;
  readonly high: Uint32Array;
}

/** Where a hash begins, and the odd number that it is multiplied by: two that are unlike make two halves that are. */
const lowLane = { seed: 0x811c9dc5, factor: 0x2c1b3c6d } as const;
const highLane = { seed: 0x9e3779b9, factor: 0x297a2d39 } as const;
const textSeed = 0x2f0b4c47;
const slash = 0x2f;

/** Hashes bytes, four at once: none of the sources is made a text of. */
export function hashSources({ columns, longTexts }: SourceSide): HashedSources {
  const { lines } = columns;
  const [low, high] = [new Uint32Array(lines), new Uint32Array(lines)];
  const folders = hashFolders(columns);
  const kinds = columns.kinds.data;
  const folderIds = columns.folderIds.data;
  const nameStarts = columns.nameStarts.data;
  const names = viewOf(columns.names.data);
  for (let line = 0; line < lines; line++) {
    // A name goes on from the hash of its folder.
    const folder = folderIds[line] ?? 0;
    const end = nameStarts[line + 1] ?? 0;
    let start = nameStarts[line] ?? 0;
    let one = folders.low[folder] ?? 0;
    let other = folders.high[folder] ?? 0;
    if (kinds[line] === lineKind.text) {
      one ^= textSeed ^ (longTexts?.[line] ?? 0);
    } else if (folder === 0) {
      // Where there were too many folders to tell apart, the name is the whole address.
      const nameAt = start + columns.names.data.subarray(start, end).lastIndexOf(slash) + 1;
      if (nameAt > start) {
        one = hashed(lowLane.seed, names, start, nameAt, lowLane.factor);
        other = hashed(highLane.seed, names, start, nameAt, highLane.factor);
        start = nameAt;
      }
    }
    one = hashed(one, names, start, end, lowLane.factor);
    other = hashed(other, names, start, end, highLane.factor);
    low[line] = mixed(one);
    high[line] = mixed(other ^ (one >>> 15));
  }
  return { low, high };
}

function hashFolders({ folders }: ManifestColumns): HashedSources {
  const encoder = new TextEncoder();
  const hashes = { low: new Uint32Array(folders.size), high: new Uint32Array(folders.size) };
  for (const [id, folder] of folders.texts.entries()) {
    const bytes = encoder.encode(folder);
    const view = viewOf(bytes);
    hashes.low[id] = hashed(lowLane.seed, view, 0, bytes.length, lowLane.factor);
    hashes.high[id] = hashed(highLane.seed, view, 0, bytes.length, highLane.factor);
  }
  return hashes;
}

function viewOf({ buffer, byteOffset, byteLength }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, byteLength);
}

function hashed(seed: number, bytes: DataView, start: number, end: number, factor: number): number {
  let hash = seed ^ (end - start);
  let at = start;
  for (; at + 4 <= end; at += 4) {
    hash = Math.imul(hash ^ bytes.getUint32(at, true), factor);
    hash ^= hash >>> 15; // What multiplying has moved up would not come down again.
  }
  for (; at < end; at++) {
    hash = Math.imul(hash ^ bytes.getUint8(at), factor);
    hash ^= hash >>> 15;
  }
  return hash;
}

function mixed(value: number): number {
  let bits = Math.imul(value ^ (value >>> 16), 0x7feb352d);
  bits = Math.imul(bits ^ (bits >>> 15), 0x846ca68b);
  return bits ^ (bits >>> 16);
}

/** Lines by the first bits of their hash, within that in their order: of each part, a table stays near the processor. */
export interface SourceParts {
  /** Where each part begins, and the last one ends. */
  readonly starts: Uint32Array;
  /** At three times a place: a line, and the halves of its hash. */
  readonly entries: Uint32Array;
}

export const entryLength = 3;

/** Deals out all lines that have a source; `bits` of their hash decide to which of the parts. */
export function dealOut({ kinds, lines }: ManifestColumns, { low, high }: HashedSources, bits: number): SourceParts {
  const shift = 32 - bits;
  const starts = new Uint32Array(2 ** bits + 1);
  for (let line = 0; line < lines; line++) {
    if (hasSource(kinds.data, line)) {
      const next = partOf(high, line, shift) + 1;
      starts[next] = (starts[next] ?? 0) + 1;
    }
  }
  for (let part = 1; part < starts.length; part++) {
    starts[part] = (starts[part] ?? 0) + (starts[part - 1] ?? 0);
  }
  const places = starts.slice();
  const entries = new Uint32Array((starts.at(-1) ?? 0) * entryLength);
  for (let line = 0; line < lines; line++) {
    if (hasSource(kinds.data, line)) {
      const part = partOf(high, line, shift);
      const place = places[part] ?? 0;
      const entry = place * entryLength;
      places[part] = place + 1;
      entries[entry] = line;
      entries[entry + 1] = low[line] ?? 0;
      entries[entry + 2] = high[line] ?? 0;
    }
  }
  return { starts, entries };
}

/** Shifting by 32 would be shifting by none: of one part, all bits are left out. */
function partOf(high: Uint32Array, line: number, shift: number): number {
  return shift === 32 ? 0 : (high[line] ?? 0) >>> shift;
}

function hasSource(kinds: Uint8Array, line: number): boolean {
  const kind = kinds[line];
  return kind === lineKind.object || kind === lineKind.text;
}
