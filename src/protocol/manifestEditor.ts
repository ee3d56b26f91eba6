import type {
  ComparedAttributes,
  ComparedFilter,
  ComparedPage,
  ComparisonProgress,
  ComparisonResult,
} from '../core/compare/manifestComparison.js';
import type { Confusion, JobAnalysis } from '../core/consolidation/wholeJob/jobAnalysis.js';
import type { RowQuery } from '../core/manifest/arrangement.js';
import type { Breakdown, BreakdownRequest } from '../core/manifest/breakdown.js';
import type { FailureGroups } from '../core/manifest/failureGroups.js';
import type { LineProblem } from '../core/manifest/lineProblems.js';
import type { ManifestRow, RowPage, RowRange, RowSearch } from '../core/manifest/manifestRows.js';
import type { ScannedSummary } from '../core/manifest/manifestScan.js';
import type { RepeatedSources } from '../core/manifest/repeatedSources.js';
import type { PictureShape } from '../core/manifest/pictureShape.js';
import type { ThumbnailSize } from '../core/manifest/thumbnailCache.js';
import type { ShownAnswer } from '../core/manifest/shownAnswers.js';
import type { SourceCheck, SourceCheckProgress } from '../core/manifest/sourceCheck.js';
import type { Decided, Decision } from '../core/review/review.js';

/** All that passes between the manifest editor's page and the extension host. */
export type ManifestEditor = {
  requests: {
    'manifest.read': { params: undefined; result: ManifestState };
    /** Reads the manifest anew, where reading it failed. */
    'manifest.rescan': { params: undefined; result: void };
    'problems.read': { params: { first: number; count: number }; result: readonly LineProblem[] };
    'rows.read': { params: { query: RowQuery } & RowRange; result: RowPage };
    /** Goes on with the search in whole lines that the query asks for; a search that nobody follows stands still. */
    'rows.search': { params: { query: RowQuery }; result: RowSearch };
    /** Where a line is among the rows; `undefined` where it is not one of them. */
    'place.find': { params: { query: RowQuery; line: number }; result: number | undefined };
    'line.read': { params: { line: number }; result: string };
    'breakdown.read': { params: BreakdownRequest; result: Breakdown };
    /** Why labels failed; their lines are read for it. */
    'failures.read': { params: BreakdownRequest; result: FailureGroups };
    'repeats.read': { params: undefined; result: RepeatedSources };
    /** Looks whether each source is there, which may take a while. */
    'sources.check': { params: undefined; result: SourceCheck };
    /** Asks where to, where a chart cannot be put on the clipboard; `undefined` where the user changed their mind. */
    'chart.save': { params: ChartFile; result: string | undefined };
    /**
     * The picture that the line's `source-ref` names: the host looks it up, so that the page cannot ask for any file. A
     * line that names another `source` by now has none: the manifest was written anew since the page read it.
     */
    'picture.read': { params: { line: number; source: string }; result: Picture };
    /** The same picture small, where it was kept so; otherwise the whole one, to be made small and handed back. */
    'thumbnail.read': { params: { line: number; source: string; size: ThumbnailSize }; result: ThumbnailPicture };
    /** The small picture that the page made of the one that came with this `ticket`. */
    'thumbnail.keep': { params: { ticket: number; bytes: Uint8Array; shape: PictureShape }; result: void };
    /** Whatever was read of pictures is forgotten; `pictures.outdated` tells the page to do the same. */
    'pictures.refresh': { params: undefined; result: void };
    /** Asks the user for another connection, which may have the pictures. */
    'connection.choose': { params: undefined; result: void };
    'responses.read': { params: { line: number }; result: WorkerResponses };
    /** Reads and estimates all answers of the job, which may take a while; rows say what came out of it from then on. */
    'analysis.read': { params: undefined; result: AnalysisResult };
    /** Of one worker of the analysis, by its place there, or of all of them. */
    'confusion.read': { params: { worker?: number }; result: Confusion };
    /** Which rows the page shows: commands work with these. */
    'query.show': { params: { query: RowQuery }; result: void };
    /** How rows were shown last, in whatever manifest; `undefined` until somebody has chosen. */
    'look.read': { params: undefined; result: RowLook | undefined };
    'look.keep': { params: { look: RowLook }; result: void };
    /** What can be done with the rows, to choose from. */
    'actions.show': { params: undefined; result: void };
    /** Tells all that is wrong with the manifest in VS Code's Problems view. */
    'manifest.check': { params: undefined; result: void };
    'review.read': { params: undefined; result: ReviewState };
    /** `review.changed` tells what came of it, here and in other editors of the manifest. */
    /** A decision of a row; rejects where the line is another object's by now. */
    'review.decide': {
      params: { attribute: string; line: number; source: ManifestRow['source'] | undefined; decision: Decision };
      result: void;
    };
    /** Resolves to the decision that was taken back, or made again; `undefined` where there was none. */
    'review.undo': { params: undefined; result: Decided | undefined };
    'review.redo': { params: undefined; result: Decided | undefined };
    'review.save': { params: undefined; result: void };
    'review.discard': { params: undefined; result: void };
    /** In VS Code's text editor, at this line. */
    'text.open': { params: { line?: number }; result: void };
    /** The mask that is the line's label of this attribute: looked up by the host, as the picture is. */
    'mask.read': { params: { line: number; attribute: string; address: string }; result: Picture };
    /** What the manifest is compared with; `undefined` where nothing was chosen. */
    'compare.read': { params: undefined; result: ComparedWith | undefined };
    /** Asks the user what to compare with; `compare.chosen` tells what it is. */
    'compare.choose': { params: undefined; result: void };
    'compare.run': { params: ComparedAttributes; result: ComparisonResult };
    'compare.rows': { params: { filter: ComparedFilter; first: number; count: number }; result: ComparedPage };
    /** Where a line of this manifest is among these; `undefined` where it is not one of them. */
    'compare.place': { params: { filter: ComparedFilter; line: number }; result: number | undefined };
    /** The picture of a line of the other manifest, as long as the line names this source. */
    'compare.picture': { params: { line: number; source: string }; result: Picture };
    /** The other manifest, in the text editor, at this line; without one, in the manifest editor. */
    'compare.open': { params: { line?: number }; result: void };
    /** Opens the other manifest, compared with this one. */
    'compare.swap': { params: undefined; result: void };
    /** Which list of the comparison stands in the place of the rows; `undefined` where none does. */
    'compare.show': { params: { filter: ComparedFilter | undefined }; result: void };
    'compare.close': { params: undefined; result: void };
  };
  events: {
    'compare.chosen': ComparedWith;
    'compare.progress': ComparisonProgress;
    /** The other manifest was written anew. */
    'compare.outdated': undefined;
    /** All pictures may be others now, or nobody's to read: the connection is another one, or works again. */
    'pictures.outdated': undefined;
    /** Something of the state is different now: it can be asked for again. */
    'manifest.changed': { progress: ManifestProgress };
    'analysis.progress': AnalysisProgress;
    'sources.progress': SourceCheckProgress;
    /** What of the review is different now; `undefined`: all of it, to be read anew. */
    'review.changed': { decided: Decided | undefined; state: Omit<ReviewState, 'decided'> };
  };
};

export interface ComparedWith {
  /** The other manifest's name. */
  readonly name: string;
  /** Where it is. */
  readonly place: string;
  /** Whether two label attributes of one manifest are compared. */
  readonly isSameManifest: boolean;
  readonly attributes: ComparedAttributes;
}

export interface ChartFile {
  /** Of the chart, without an extension. */
  readonly name: string;
  readonly format: 'png' | 'svg' | 'csv';
  readonly bytes: Uint8Array;
}

export interface ManifestState {
  readonly name: string;
  /** One more for each version of the file. */
  readonly version: number;
  readonly progress: ManifestProgress;
  /** Absent until something could be read. */
  readonly summary?: ScannedSummary;
}

export type ManifestProgress =
  | { readonly kind: 'scanning'; readonly scannedBytes: number; readonly totalBytes: number }
  | { readonly kind: 'complete' }
  | { readonly kind: 'failed'; readonly message: string };

export type Picture =
  | { readonly kind: 'picture'; readonly bytes: Uint8Array; readonly contentType: string }
  /** `reason` says it to the user. */
  | { readonly kind: 'missing'; readonly cause: MissingCause; readonly reason: string };

/** Why there is no picture: `moved` where the line is another object's by now. */
export type MissingCause = 'notFound' | 'noAccess' | 'notAPicture' | 'unreachable' | 'moved' | 'other';

export type ThumbnailPicture =
  | Extract<Picture, { readonly kind: 'missing' }>
  | {
      readonly kind: 'thumbnail';
      readonly bytes: Uint8Array;
      readonly contentType: string;
      /** Of the whole picture. */
      readonly shape: PictureShape;
    }
  | (Extract<Picture, { readonly kind: 'picture' }> & { readonly ticket: number });

export interface RowLook {
  readonly view: 'list' | 'gallery';
  /** Of a picture of the gallery, in CSS pixels. */
  readonly pictureSize: number;
  /** Whether the gallery draws shapes over its pictures; absent where nobody has chosen: then it does. */
  readonly showsShapes?: boolean;
}

export type WorkerResponses =
  /** `unreadable` files of answers were left out, since they are not JSON. */
  | { readonly kind: 'answers'; readonly answers: readonly ShownAnswer[]; readonly unreadable: number }
  | { readonly kind: 'none'; readonly reason: string };

export type AnalysisProgress =
  | { readonly kind: 'listing' }
  | { readonly kind: 'reading'; readonly read: number; readonly files: number }
  /** The part that is done, from 0 to 1. */
  | { readonly kind: 'estimating'; readonly part: number };

export type AnalysisResult =
  /** `unreadable` files of answers were left out, since they are not JSON. */
  | { readonly kind: 'analysis'; readonly analysis: JobAnalysis; readonly unreadable: number }
  /** Why there is none, for the user. */
  | { readonly kind: 'none'; readonly reason: string };

export interface ReviewState {
  /** Of which the review is, once something was decided. */
  readonly attribute?: string;
  readonly decided: readonly Decided[];
  readonly canUndo: boolean;
  /** Decisions whose object is not in the manifest any more, or whose label says something else now. */
  readonly lost: number;
}
