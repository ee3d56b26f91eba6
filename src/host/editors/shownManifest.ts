import type * as vscode from 'vscode';
import type { RowQuery } from '../../core/manifest/arrangement.js';
import type { LinePage } from '../../core/manifest/manifestRows.js';
import type { ManifestScan } from '../../core/manifest/manifestScan.js';
import type { OpenReview } from './reviewHandlers.js';

/** What commands that do something with a manifest's rows work with: the editor in front. */
export interface ShownManifest {
  readonly uri: vscode.Uri;
  /** Of the version that is shown; it is over when the manifest is replaced. */
  readonly scan: ManifestScan;
  /** Waits until all of it has been scanned, and rejects as that does; absent where it has been. */
  readonly whenRead?: ((signal: AbortSignal) => Promise<void>) | undefined;
  /** The rows that are shown, in their order. */
  readonly query: RowQuery;
  /** Those of the comparison's list, where that stands in the place of the rows. */
  readonly compared?: ReadLines | undefined;
  readonly review: Promise<OpenReview>;
}

/** Some of the lines that are shown, in their order, and how many there are in all. */
export type ReadLines = (first: number, count: number, signal: AbortSignal) => Promise<LinePage>;

/** The lines of what is shown: of a comparison's list, or else of the rows. */
export function readLinesOf({ scan, query, compared }: Pick<ShownManifest, 'scan' | 'query' | 'compared'>): ReadLines {
  return compared ?? ((first, count, signal) => scan.lines(query, first, count, signal));
}

/** Nobody wants to wait for one, nor to hold more at once. */
const linesAtOnce = 2_000;

/** All lines of a manifest's rows, part by part, each with how many there are in all. */
export async function* linesOf(
  shown: Pick<ShownManifest, 'scan' | 'whenRead' | 'query' | 'compared'>,
  signal: AbortSignal,
): AsyncGenerator<LinePage> {
  await shown.whenRead?.(signal);
  const read = readLinesOf(shown);
  for (let first = 0, total = 1; first < total; first += linesAtOnce) {
    const page = await read(first, linesAtOnce, signal);
    ({ total } = page);
    yield page;
  }
}
