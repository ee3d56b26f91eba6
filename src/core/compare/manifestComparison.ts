import type { Disposable } from '../disposables.js';
import type { ManifestRow } from '../manifest/manifestRows.js';
import type { ManifestBytes } from '../manifest/manifestScan.js';

/** Two manifests, or two label attributes of one, compared somewhere else than in the thread that asks. */
export interface ManifestComparison extends Disposable {
  /** Reads both where that was not done yet. A later call compares other attributes of what was read. */
  run(
    attributes: ComparedAttributes,
    onProgress: (progress: ComparisonProgress) => void,
    signal: AbortSignal,
  ): Promise<ComparisonResult>;
  /** Of the last comparison. */
  rows(filter: ComparedFilter, first: number, count: number, signal: AbortSignal): Promise<ComparedPage>;
  /** Where a line of this manifest is among them; `undefined` where it is not one of them. */
  placeOf(filter: ComparedFilter, line: number, signal: AbortSignal): Promise<number | undefined>;
  /** A line of the manifest that is compared with. */
  lineThere(line: number, signal: AbortSignal): Promise<string>;
}

export interface ComparedBytes {
  readonly here: ManifestBytes;
  /** `undefined`: the same manifest. */
  readonly there: ManifestBytes | undefined;
}

export type StartComparison = (bytes: ComparedBytes) => ManifestComparison;

/** Here is the manifest that is looked at; there is the one that it is compared with. */
export type Side = 'here' | 'there';

/** `undefined`: the one that was added last. */
export interface ComparedAttributes {
  readonly here: string | undefined;
  readonly there: string | undefined;
}

export interface ComparisonProgress {
  readonly step: 'reading' | 'comparing';
  /** The part of the step that is done, from 0 to 1. */
  readonly part: number;
}

export interface ComparisonResult {
  readonly here: ComparedSide;
  readonly there: ComparedSide;
  readonly same: number;
  readonly changed: number;
  readonly onlyHere: number;
  readonly onlyThere: number;
  /** By which rules labels were held against each other. */
  readonly rules: readonly LabelRule[];
  /** What labels say, the most frequent first; `cells` and filters name them by their place. */
  readonly categories: readonly ComparedCategory[];
  /** How many pairs say what here and what there; those that are not named have none. */
  readonly cells: readonly ComparedCell[];
}

export interface ComparedSide {
  readonly objects: number;
  /** Which one was compared; `undefined` where there is none, and all objects count as unlabeled. */
  readonly attribute: string | undefined;
  /** All that there are. */
  readonly attributes: readonly string[];
  /** Objects whose source an earlier line has already. */
  readonly duplicates: number;
  /** Objects that cannot be found in the other manifest, since nothing says what they are. */
  readonly withoutSource: number;
  readonly brokenLines: number;
}

/** What decides whether a label has changed: see `labelRule.ts`. */
export type LabelRule = 'class' | 'classes' | 'marks' | 'spans' | 'file' | 'value';

export type ComparedCategory =
  | { readonly kind: 'classes'; readonly names: readonly string[] }
  | { readonly kind: 'unlabeled' | 'failed' | 'noClass' }
  /** All that is too rare to be told apart. */
  | { readonly kind: 'rest' };

export interface ComparedCell {
  readonly here: number;
  readonly there: number;
  readonly pairs: number;
  /** Fewer than `pairs` where labels of the same classes differ in something else, such as their boxes. */
  readonly changed: number;
}

export type ComparedStatus = 'same' | 'changed' | 'onlyHere' | 'onlyThere' | 'withoutSource';

export interface ComparedFilter {
  readonly status: ComparedStatus | 'all' | 'duplicates';
  /** Places in `ComparisonResult.categories`: only pairs whose labels say that. */
  readonly here?: number;
  readonly there?: number;
}

export interface ComparedPage {
  /** How many rows there are in all. */
  readonly total: number;
  /** How many of them are of objects here: the first ones. */
  readonly ofHere: number;
  readonly rows: readonly ComparedRow[];
}

/** An object with its labels: those of here in the order of their lines, then those that are only there. */
export interface ComparedRow {
  readonly status: ComparedStatus;
  readonly here?: ManifestRow;
  readonly there?: ManifestRow;
}
