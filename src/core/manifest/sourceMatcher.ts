import { lineKind, type ManifestColumns } from './manifestColumns.js';

/**
 * A test whether a line's source contains `text`, which is in lower case, whatever the source's case. Of an address,
 * the name alone is meant, which is what a list shows, but where the text has a slash: then it is part of a path.
 */
export function sourceMatcher(columns: ManifestColumns, text: string): (line: number) => boolean {
  const needle = new TextEncoder().encode(text);
  const isPath = text.includes('/');
  const kinds = columns.kinds.data;
  // Bytes can be compared only where lower case is one of 26 letters; else the source is decoded.
  if (needle.length !== text.length) {
    return (line) => {
      const source = columns.sourceOf(line);
      const shown = isPath || kinds[line] !== lineKind.object ? source : source.slice(source.lastIndexOf('/') + 1);
      return shown.toLowerCase().includes(text);
    };
  }
  const folders = columns.folders.texts.map((folder) => folder.toLowerCase());
  const isInFolder = folders.map((folder) => isPath && folder.includes(text));
  // The text may begin in the folder and end in the name: these parts of it are how the name must begin.
  const beginnings = folders.map((folder) =>
    Array.from(needle.keys())
      .slice(1)
      .filter((cut) => folder.endsWith(text.slice(0, cut)))
      .map((cut) => needle.subarray(cut)),
  );
  return (line) => {
    const folder = columns.folderIds.data[line] ?? 0;
    if (isInFolder[folder] === true) {
      return true;
    }
    const names = columns.names.data;
    const end = columns.nameStarts.data[line + 1] ?? 0;
    const nameStart = columns.nameStarts.data[line] ?? 0;
    // Where there were too many folders to tell apart, an address is all name.
    const isWhole = folder === 0 && kinds[line] === lineKind.object && !isPath;
    const start = isWhole ? folderEnd(names, nameStart, end) : nameStart;
    for (let at = start; at + needle.length <= end; at++) {
      if (isAt(names, at, needle)) {
        return true;
      }
    }
    return (beginnings[folder] ?? []).some((part) => start + part.length <= end && isAt(names, start, part));
  };
}

function isAt(bytes: Uint8Array, start: number, part: Uint8Array): boolean {
  for (let at = 0; at < part.length; at++) {
    const byte = bytes[start + at] ?? 0;
    const lower = byte >= upperA && byte <= upperZ ? byte + 0x20 : byte;
    if (lower !== part[at]) {
      return false;
    }
  }
  return true;
}

const upperA = 0x41;
const upperZ = 0x5a;

/** Where the name begins: after the last slash. */
function folderEnd(bytes: Uint8Array, start: number, end: number): number {
  let at = end;
  while (at > start && bytes[at - 1] !== slash) {
    at--;
  }
  return at;
}

const slash = 0x2f;
