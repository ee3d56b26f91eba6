import type * as vscode from 'vscode';
import type { RowQuery } from '../../core/manifest/arrangement.js';
import type { LineText } from '../../core/manifest/manifestRows.js';
import type { ManifestScan } from '../../core/manifest/manifestScan.js';
import type { OpenReview } from './reviewHandlers.js';

/** What commands that do something with a manifest's rows work with: the editor in front. */
export interface ShownManifest {
  readonly uri: vscode.Uri;
  /** Of the version that is shown; it is over when the manifest is replaced. */
  readonly scan: ManifestScan;
  /** The rows that are shown, in their order. */
  readonly query: RowQuery;
  readonly review: Promise<OpenReview>;
}

/** Nobody wants to wait for one, nor to hold more at once. */
const linesAtOnce = 2_000;

/** All lines of a manifest's rows, part by part, each with how many there are in all. */
export async function* linesOf(
  { scan, query }: Pick<ShownManifest, 'scan' | 'query'>,
  signal: AbortSignal,
): AsyncGenerator<{ readonly lines: readonly LineText[]; readonly total: number }> {
  for (let first = 0, total = 1; first < total; first += linesAtOnce) {
    const page = await scan.lines(query, first, linesAtOnce, signal);
    ({ total } = page);
    yield page;
  }
}
