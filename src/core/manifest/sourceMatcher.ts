import { lineKind, type ManifestColumns } from './manifestColumns.js';

/**
 * For each line, whether its source contains `text`, which is in lower case, whatever the source's case. Of an address,
 * the name alone is meant, which is what a list shows, but where the text has a slash: then it is part of a path.
 */
export function matchSources(columns: ManifestColumns, text: string): Uint8Array {
  const found = new Uint8Array(columns.lines);
  const needle = new TextEncoder().encode(text);
  // Bytes can be compared only where lower case is one of 26 letters; else the sources are decoded.
  if (needle.length === text.length) {
    matchNames(columns, needle, { isPath: text.includes('/'), found });
    matchFolders(columns, text, found);
  } else {
    matchDecoded(columns, text, found);
  }
  return found;
}

function matchDecoded(columns: ManifestColumns, text: string, found: Uint8Array): void {
  const kinds = columns.kinds.data;
  const isPath = text.includes('/');
  for (let line = 0; line < found.length; line++) {
    const source = columns.sourceOf(line);
    const shown = isPath || kinds[line] !== lineKind.object ? source : source.slice(source.lastIndexOf('/') + 1);
    found[line] = shown.toLowerCase().includes(text) ? 1 : 0;
  }
}

/** Looks for the text within names, which stand one behind the other: most of their bytes are skipped, as in Horspool. */
function matchNames(
  columns: ManifestColumns,
  needle: Uint8Array,
  { isPath, found }: { readonly isPath: boolean; readonly found: Uint8Array },
): void {
  const names = columns.names.data;
  const starts = columns.nameStarts.data;
  const kinds = columns.kinds.data;
  const skips = skipsOf(needle);
  const last = needle.length - 1;
  const end = starts[found.length] ?? 0;
  let line = 0;
  let at = 0;
  while (at + last < end) {
    if (!isAt(names, at, needle)) {
      at += skips[names[at + last] ?? 0] ?? 1;
      continue;
    }
    while ((starts[line + 1] ?? 0) <= at) {
      line++;
    }
    const nameEnd = starts[line + 1] ?? 0;
    // Where there were too many folders to tell apart, an address is all name.
    const isWhole = columns.folderIds.data[line] === 0 && kinds[line] === lineKind.object && !isPath;
    const start = isWhole ? folderEnd(names, starts[line] ?? 0, nameEnd) : 0;
    if (at < start) {
      at = start;
    } else if (at + needle.length <= nameEnd) {
      found[line] = 1;
      at = nameEnd;
    } else {
      at++;
    }
  }
}

/** How far to go on where this byte stands under the last one of the text, in either case. */
function skipsOf(needle: Uint8Array): Uint32Array {
  const skips = new Uint32Array(256).fill(needle.length);
  needle.subarray(0, -1).forEach((byte, at) => {
    const skip = needle.length - 1 - at;
    skips[byte] = skip;
    if (byte >= upperA + caseBit && byte <= upperZ + caseBit) {
      skips[byte - caseBit] = skip;
    }
  });
  return skips;
}

/** The text may be part of the folder, or begin in it and end in the name; the name alone has no slash. */
function matchFolders(columns: ManifestColumns, text: string, found: Uint8Array): void {
  const folders = columns.folders.texts.map((folder) => folder.toLowerCase());
  const isInFolder = folders.map((folder) => text.includes('/') && folder.includes(text));
  // These parts of the text are how the name must begin.
  const beginnings = folders.map((folder) =>
    Array.from({ length: text.length - 1 }, (_, index) => index + 1)
      .filter((cut) => folder.endsWith(text.slice(0, cut)))
      .map((cut) => new TextEncoder().encode(text.slice(cut))),
  );
  if (!isInFolder.includes(true) && beginnings.every(({ length }) => length === 0)) {
    return;
  }
  const names = columns.names.data;
  for (let line = 0; line < found.length; line++) {
    const folder = columns.folderIds.data[line] ?? 0;
    const start = columns.nameStarts.data[line] ?? 0;
    const end = columns.nameStarts.data[line + 1] ?? 0;
    const isBegun = (part: Uint8Array) => start + part.length <= end && isAt(names, start, part);
    if (isInFolder[folder] === true || beginnings[folder]?.some(isBegun) === true) {
      found[line] = 1;
    }
  }
}

function isAt(bytes: Uint8Array, start: number, part: Uint8Array): boolean {
  for (let at = part.length - 1; at >= 0; at--) {
    const byte = bytes[start + at] ?? 0;
    const lower = byte >= upperA && byte <= upperZ ? byte + caseBit : byte;
    if (lower !== part[at]) {
      return false;
    }
  }
  return true;
}

const upperA = 0x41;
const upperZ = 0x5a;
const caseBit = 0x20;

/** Where the name begins: after the last slash. */
function folderEnd(bytes: Uint8Array, start: number, end: number): number {
  let at = end;
  while (at > start && bytes[at - 1] !== slash) {
    at--;
  }
  return at;
}

const slash = 0x2f;
