import type { LineEstimates } from '../consolidation/wholeJob/jobAnalysis.js';
import type { Disposable } from '../disposables.js';
import type { RowQuery } from './arrangement.js';
import type { Breakdown, BreakdownRequest } from './breakdown.js';
import type { ByteSource } from './byteSource.js';
import type { FailureGroups } from './failureGroups.js';
import type { LineProblem } from './lineProblems.js';
import type { ScanProgress } from './documentScan.js';
import type { LinePage, RowPage, RowRange, RowSearch } from './manifestRows.js';
import type { ManifestSummary } from './manifestSummary.js';
import type { RepeatedSources } from './repeatedSources.js';
import type { ReadSource } from './sourceLists.js';

/** One version of a manifest being scanned, and then asked, somewhere else than in the thread that asks. */
export interface ManifestScan extends Disposable {
  /** Resolves when all of it has been scanned; everything else can be asked before. */
  finish(onProgress: (progress: ScanProgress) => void): Promise<void>;
  /**
   * Goes on with a later version of the manifest, once this one has been scanned: reads only what is new in it. Resolves
   * to `false`, and everything is as it was, where the later version does not begin with this one. After it has failed,
   * it is not known how much of the later version is here.
   */
  follow(bytes: ManifestBytes): Promise<boolean>;
  summary(signal: AbortSignal): Promise<ScannedSummary>;
  problems(first: number, count: number, signal: AbortSignal): Promise<readonly LineProblem[]>;
  rows(query: RowQuery, range: RowRange, signal: AbortSignal): Promise<RowPage>;
  /** Goes on with the search in whole lines that the query asks for: it stands still while nobody calls this. */
  search(query: RowQuery, signal: AbortSignal): Promise<RowSearch>;
  /** The same lines as they stand in the file. */
  lines(query: RowQuery, first: number, count: number, signal: AbortSignal): Promise<LinePage>;
  /** Where a line is among the rows; `undefined` where it is not one of them. */
  placeOf(query: RowQuery, line: number, signal: AbortSignal): Promise<number | undefined>;
  breakdown(request: BreakdownRequest, signal: AbortSignal): Promise<Breakdown>;
  /** Why labels failed; their lines are read for it. */
  failures(request: BreakdownRequest, signal: AbortSignal): Promise<FailureGroups>;
  repeatedSources(signal: AbortSignal): Promise<RepeatedSources>;
  /** The addresses in `count` lines from `first` on. */
  sources(first: number, count: number, signal: AbortSignal): Promise<readonly ReadSource[]>;
  /** Lines as they stand in the file, whatever is in them, each with a line break at its end. */
  rawLines(first: number, count: number, signal: AbortSignal): Promise<Uint8Array>;
  text(line: number, signal: AbortSignal): Promise<string>;
  /** From then on rows say what is estimated of them, and can be sorted by it. */
  estimate(estimates: LineEstimates, signal: AbortSignal): Promise<void>;
}

export interface ScannedSummary extends ManifestSummary {
  readonly lines: number;
  /** Problems of lines, and how many of them are of lines that could not be read at all. */
  readonly problems: number;
  readonly brokenLines: number;
}

/** Where the bytes are: in a file that the scanning thread opens itself, or wherever `source` gets them from. */
export type ManifestBytes =
  { readonly kind: 'file'; readonly path: string } | { readonly kind: 'source'; readonly source: ByteSource };

export type StartManifestScan = (bytes: ManifestBytes) => ManifestScan;
