import type { LineTest } from './arrangement.js';
import { decodeText } from './dictionary.js';
import type { LineSource } from './lineReading.js';
import { lineKind, longestKeptText, type ManifestColumns } from './manifestColumns.js';

const encoder = new TextEncoder();

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

/** As much of a source as the columns keep: all of an address, the beginning of a text. */
export function keptSource({ kind, value }: LineSource): string {
  return kind === 'text' ? decodeText(encoder.encode(value).subarray(0, longestKeptText)) : value;
}

/**
 * Whether a line's source is one of these; of a long text, whether it begins as one of them. Only those of the same
 * length are worth being decoded.
 */
export function sourceTest(columns: ManifestColumns, sources: readonly string[]): LineTest {
  const wanted = new Set(sources.flatMap((value) => [value, keptSource({ kind: 'text', value })]));
  const lengths = new Set(
    sources.flatMap((source) => {
      const { length } = encoder.encode(source);
      return [length, Math.min(length, longestKeptText)];
    }),
  );
  const folderLengths = columns.folders.texts.map((folder) => encoder.encode(folder).length);
  const starts = columns.nameStarts.data;
  return (line) => {
    const folder = folderLengths[columns.folderIds.data[line] ?? 0] ?? 0;
    const name = (starts[line + 1] ?? 0) - (starts[line] ?? 0);
    return lengths.has(folder + name) && wanted.has(columns.sourceOf(line));
  };
}
