import type { LineEstimates } from '../consolidation/wholeJob/jobAnalysis.js';
import type { JsonObject } from '../json.js';
import { type LabelReading, type LabelState, type LineSource, readLine } from './lineReading.js';
import { isComputed } from './confidence.js';
import type { SearchProgress } from './lineSearch.js';
import type { ThumbnailDrawing } from './thumbnailDrawing.js';

/** A line as the list shows it; plain data that survives being sent as JSON. */
export interface ManifestRow {
  /** From 0, as in worker-response paths. */
  readonly line: number;
  readonly source?: RowSource;
  /** Of the label attribute that was asked for. */
  readonly label?: RowLabel;
  /** What the answers of the whole job say of it, once they have been asked. */
  readonly estimate?: RowEstimate;
  /** Where it was asked for, and there is one. */
  readonly drawing?: ThumbnailDrawing;
}

interface RowSource {
  readonly kind: 'object' | 'text';
  /** The whole URI, or the beginning of the text. */
  readonly value: string;
}

interface RowLabel {
  readonly state: LabelState;
  readonly classes: readonly { readonly name: string; readonly count: number }[];
  /** Absent where there is none or it was not computed. */
  readonly confidence?: number;
  /** Whether the line says 0 because one worker gives no confidence. */
  readonly isNotComputed: boolean;
  readonly createdAt?: number;
  readonly failureReason?: string;
}

interface RowEstimate {
  readonly className: string;
  /** The probability of the class, from 0 to 1. */
  readonly confidence: number;
  /** Whether the manifest's label is another one. */
  readonly differs: boolean;
}

/** Which rows of a query are read, and what of them. */
export interface RowRange {
  readonly first: number;
  readonly count: number;
  /** With what their labels draw, for small pictures. */
  readonly isDrawn?: boolean;
}

export interface RowPage {
  /** How many rows there are in all. */
  readonly total: number;
  readonly rows: readonly ManifestRow[];
  /** Whether lines are still to be searched: there may be more rows. */
  readonly isSearching?: true;
}

/** How far the search in whole lines is that a query asks for, and how many rows there are so far. */
export interface RowSearch extends SearchProgress {
  readonly total: number;
}

/** Some of the lines of a query, as they stand in the file. */
export interface LinePage {
  /** How many lines there are in all. */
  readonly total: number;
  readonly lines: readonly LineText[];
}

interface LineText {
  /** From 0. */
  readonly line: number;
  /** Of all lines of the object, where it is spread over several. */
  readonly text: string;
}

export function rowOf(line: number, object: JsonObject | undefined, attribute: string | undefined): ManifestRow {
  if (!object) {
    return { line };
  }
  const { source, labels } = readLine(object);
  const label = labels.find((candidate) => candidate.attribute === attribute);
  return {
    line,
    ...(source && { source: { kind: source.kind, value: shownText(source) } }),
    ...(label && { label: labelOf(label) }),
  };
}

export function withEstimate(row: ManifestRow, { classNames, labels, confidences }: LineEstimates): ManifestRow {
  const className = classNames[labels[row.line] ?? -1];
  if (className === undefined) {
    return row;
  }
  const differs = row.label !== undefined && row.label.classes.every(({ name }) => name !== className);
  return { ...row, estimate: { className, confidence: confidences[row.line] ?? 0, differs } };
}

function labelOf({ state, classes, confidence, createdAt, failureReason }: LabelReading): RowLabel {
  const counts = new Map<string, number>();
  for (const { name } of classes) {
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const isNotComputed = !isComputed(confidence, state === 'machine');
  return {
    state,
    classes: Array.from(counts, ([name, count]) => ({ name, count })),
    isNotComputed,
    ...(!isNotComputed && !Number.isNaN(confidence) && { confidence }),
    ...(!Number.isNaN(createdAt) && { createdAt }),
    ...(failureReason !== undefined && { failureReason }),
  };
}

/** The whole address, or the beginning of a text. */
export function shownText({ kind, value: text }: LineSource): string {
  return kind === 'text' && text.length > longestText ? `${text.slice(0, longestText)}…` : text;
}

const longestText = 400;
