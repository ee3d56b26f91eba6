import type { LineTest } from './arrangement.js';
import { lineKind, type ManifestColumns } from './manifestColumns.js';

/** Sources that more than one line has: plain data, small whatever the manifest's size. */
export interface RepeatedSources {
  /** Sources that come more than once. */
  readonly sources: number;
  /** Lines whose source an earlier line has. */
  readonly repeats: number;
  /** The most frequent ones first. */
  readonly groups: readonly RepeatedSource[];
}

interface RepeatedSource {
  /** An address, or the beginning of a text. */
  readonly source: string;
  readonly count: number;
  /** The first lines that have it. */
  readonly lines: readonly number[];
}

export interface FoundRepeats {
  readonly told: RepeatedSources;
  readonly isRepeated: LineTest;
}

const mostGroups = 200;
const mostLines = 12;
const nobody = -1;
const nothing = 0;

/**
 * Finds lines with the same source in their bytes: a million sources are too many to be decoded and kept as texts.
 * Sources that are texts are compared by as much of them as the columns keep.
 */
export function findRepeatedSources(columns: ManifestColumns): FoundRepeats {
  const { lines } = columns;
  const firsts = firstLines(columns);
  const counts = new Uint32Array(lines);
  let sources = 0;
  let repeats = 0;
  for (let line = 0; line < lines; line++) {
    const first = firsts[line] ?? nobody;
    if (first !== nobody) {
      const count = (counts[first] ?? 0) + 1;
      counts[first] = count;
      sources += count === 2 ? 1 : 0;
      repeats += count >= 2 ? 1 : 0;
    }
  }
  return {
    told: { sources, repeats, groups: repeats === 0 ? [] : groupsOf(columns, firsts, counts) },
    isRepeated: (line) => {
      const first = firsts[line] ?? nobody;
      return first !== nobody && (counts[first] ?? 0) > 1;
    },
  };
}

function groupsOf(columns: ManifestColumns, firsts: Int32Array, counts: Uint32Array): readonly RepeatedSource[] {
  const repeated = Array.from(firsts.keys())
    .filter((line) => (counts[line] ?? 0) > 1)
    .toSorted((a, b) => (counts[b] ?? 0) - (counts[a] ?? 0) || a - b)
    .slice(0, mostGroups);
  const members = new Map(repeated.map((first): [number, number[]] => [first, []]));
  firsts.forEach((first, line) => {
    const group = members.get(first);
    if (group && group.length < mostLines) {
      group.push(line);
    }
  });
  return Array.from(members, ([first, group]) => ({
    source: columns.sourceOf(first),
    count: counts[first] ?? 0,
    lines: group,
  }));
}

/** For each line the first one with its source; `nobody` where it has none. A hash table with open addressing. */
function firstLines(columns: ManifestColumns): Int32Array {
  const { lines } = columns;
  const hashes = hashesOf(columns); // In a loop of its own: together they take twice the time.
  const firsts = new Int32Array(lines).fill(nobody);
  const mask = (1 << (33 - Math.clz32(Math.max(1, lines)))) - 1; // At least half of the slots stay free.
  const table = new Uint32Array(mask + 1); // 0: free; else a line plus one.
  for (let line = 0; line < lines; line++) {
    const hash = hashes[line] ?? 0;
    if (hash === nothing) {
      continue;
    }
    let slot = hash & mask;
    let taken = table[slot] ?? 0;
    while (taken > 0 && !(hashes[taken - 1] === hash && isSame(columns, taken - 1, line))) {
      slot = (slot + 1) & mask;
      taken = table[slot] ?? 0;
    }
    if (taken === 0) {
      table[slot] = line + 1;
    }
    firsts[line] = taken === 0 ? line : taken - 1;
  }
  return firsts;
}

/** Of each line's source; `nothing` where it has none. Numbers of 32 bits with a sign are the quick ones. */
function hashesOf(columns: ManifestColumns): Int32Array {
  const kinds = columns.kinds.data;
  const names = columns.names.data;
  const starts = columns.nameStarts.data;
  const folders = columns.folderIds.data;
  const hashes = new Int32Array(columns.lines);
  for (let line = 0; line < hashes.length; line++) {
    const kind = kinds[line] ?? 0;
    if (kind === lineKind.object || kind === lineKind.text) {
      const hash = hashOf(names, starts[line] ?? 0, starts[line + 1] ?? 0, (folders[line] ?? 0) * 8 + kind);
      hashes[line] = hash === nothing ? 1 : hash;
    }
  }
  return hashes;
}

/** FNV-1a over the name, mixed once more: only the last bits choose a slot. */
function hashOf(names: Uint8Array, start: number, end: number, seed: number): number {
  let hash = Math.imul(seed + 0x811c_9dc5, 0x0100_0193);
  for (let at = start; at < end; at++) {
    hash = Math.imul(hash ^ (names[at] ?? 0), 0x0100_0193);
  }
  hash ^= hash >>> 15;
  return Math.imul(hash, 0x2c1b_3c6d);
}

function isSame(columns: ManifestColumns, a: number, b: number): boolean {
  const starts = columns.nameStarts.data;
  const [from, other] = [starts[a] ?? 0, starts[b] ?? 0];
  const length = (starts[a + 1] ?? 0) - from;
  if (
    length !== (starts[b + 1] ?? 0) - other ||
    columns.folderIds.data[a] !== columns.folderIds.data[b] ||
    columns.kinds.data[a] !== columns.kinds.data[b]
  ) {
    return false;
  }
  const names = columns.names.data;
  for (let at = 0; at < length; at++) {
    if (names[from + at] !== names[other + at]) {
      return false;
    }
  }
  return true;
}
