import type { LineTest } from './arrangement.js';
import { lineKind, type ManifestColumns } from './manifestColumns.js';

/** A source that is an address, and the line that names it. */
export interface ReadSource {
  readonly line: number;
  readonly source: string;
}

/** The addresses in `count` lines from `first` on. */
export function sourcesIn(columns: ManifestColumns, first: number, count: number): readonly ReadSource[] {
  const found: ReadSource[] = [];
  for (let line = first; line < Math.min(first + count, columns.lines); line++) {
    if (columns.kinds.data[line] === lineKind.object) {
      found.push({ line, source: columns.sourceOf(line) });
    }
  }
  return found;
}

/** Whether a line's source is one of these. Only those of the same length are worth being decoded. */
export function sourceTest(columns: ManifestColumns, sources: readonly string[]): LineTest {
  const encoder = new TextEncoder();
  const wanted = new Set(sources);
  const lengths = new Set(sources.map((source) => encoder.encode(source).length));
  const folderLengths = columns.folders.texts.map((folder) => encoder.encode(folder).length);
  const starts = columns.nameStarts.data;
  return (line) => {
    const folder = folderLengths[columns.folderIds.data[line] ?? 0] ?? 0;
    const name = (starts[line + 1] ?? 0) - (starts[line] ?? 0);
    return lengths.has(folder + name) && wanted.has(columns.sourceOf(line));
  };
}
