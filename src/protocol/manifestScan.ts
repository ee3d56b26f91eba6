import type { LineEstimates } from '../core/consolidation/wholeJob/jobAnalysis.js';
import type { RowQuery } from '../core/manifest/arrangement.js';
import type { Breakdown, BreakdownRequest } from '../core/manifest/breakdown.js';
import type { FailureGroups } from '../core/manifest/failureGroups.js';
import type { LineProblem } from '../core/manifest/lineProblems.js';
import type { ScanProgress } from '../core/manifest/documentScan.js';
import type { LinePage, RowPage, RowRange, RowSearch } from '../core/manifest/manifestRows.js';
import type { ScannedSummary } from '../core/manifest/manifestScan.js';
import type { RepeatedSources } from '../core/manifest/repeatedSources.js';
import type { ReadSource } from '../core/manifest/sourceLists.js';

/** All that the extension host asks of the thread that scans a manifest; the thread is the host of this contract. */
export type ManifestThread = {
  requests: {
    'scan.finish': { params: undefined; result: void };
    /** Goes on with a later version; says whether it is one. */
    'scan.follow': { params: undefined; result: boolean };
    'summary.read': { params: undefined; result: ScannedSummary };
    'problems.read': { params: { first: number; count: number }; result: readonly LineProblem[] };
    'rows.read': { params: { query: RowQuery } & RowRange; result: RowPage };
    /** Goes on with the search in whole lines that the query asks for, and tells how far it is. */
    'rows.search': { params: { query: RowQuery }; result: RowSearch };
    'lines.read': { params: { query: RowQuery; first: number; count: number }; result: LinePage };
    'place.find': { params: { query: RowQuery; line: number }; result: number | undefined };
    'breakdown.read': { params: BreakdownRequest; result: Breakdown };
    'failures.read': { params: BreakdownRequest; result: FailureGroups };
    'repeats.read': { params: undefined; result: RepeatedSources };
    'sources.read': { params: { first: number; count: number }; result: readonly ReadSource[] };
    'lines.copy': { params: { first: number; count: number }; result: Uint8Array };
    'line.read': { params: { line: number }; result: string };
    'estimates.take': { params: LineEstimates; result: void };
  };
  events: {
    'scan.progress': ScanProgress;
  };
};
