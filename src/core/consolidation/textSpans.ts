import { mergeGroups } from './grouping.js';
import { commonLabel, type ConsolidatedMark, consolidateMarks, type Marking, mostFrequent } from './marks.js';

/** A stretch of a text that names something: from the character at `start` to the one before `end`. */
export interface Span {
  /** The class, by its place in the list of labels. */
  readonly label: number;
  readonly start: number;
  readonly end: number;
}

/** From this mean Jaccard index on, spans are the same entity. */
const sameEntity = 0.5;

/**
 * The named entities of each text of one consolidation batch. Ground Truth documents that it clusters spans by their
 * Jaccard index, takes the boundary that is the mode, or else the median, and the label that most assigned, with a
 * confidence for each. The rest is not published. Here:
 *
 * 1. Spans are grouped (`mergeGroups`) from a mean Jaccard index of 0.5 on, whatever their labels.
 * 2. A group stays if at least a third of the workers who answered have a span in it.
 * 3. Start and end: each the most frequent one, or, where several are, the lower median. The label that most chose, of
 *    several the first of the list (Ground Truth draws lots; here the same answers give the same result).
 * 4. Its confidence is round(0.05 + 0.9 · P(yes) · J, 2), as `consolidateMarks` says it, with the Jaccard index.
 *
 * A text with one answer keeps its spans as they are, in their order, with 0. Others come sorted by place and label.
 */
export function consolidateSpans(
  texts: readonly (readonly Marking<Span>[])[],
): readonly (readonly ConsolidatedMark<Span>[])[] {
  return consolidateMarks(texts, {
    group: (spans) =>
      mergeGroups(
        spans.map((span) => [span]),
        { similarity: jaccardIndex, extent: ({ start, end }) => [start, end], threshold: sameEntity },
      ),
    merge: (spans) => ({ label: commonLabel(spans), ...boundary(spans) }),
    similarity: jaccardIndex,
    support: 1 / 3,
    order: byPlace,
  });
}

function boundary(spans: readonly Span[]): { readonly start: number; readonly end: number } {
  const starts = spans.map(({ start }) => start);
  const ends = spans.map(({ end }) => end);
  const start = modeOrMedian(starts);
  const end = modeOrMedian(ends);
  // A mode may lie on the wrong side of a median; the medians never do.
  return start < end ? { start, end } : { start: lowerMedian(starts), end: lowerMedian(ends) };
}

function modeOrMedian(values: readonly number[]): number {
  const [mode, other] = mostFrequent(values);
  return mode === undefined || other !== undefined ? lowerMedian(values) : mode;
}

function lowerMedian(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) / 2)] ?? 0;
}

/** The characters that two spans share, as a part of those that either covers. */
function jaccardIndex(a: Span, b: Span): number {
  const common = Math.min(a.end, b.end) - Math.max(a.start, b.start);
  return common <= 0 ? 0 : common / (Math.max(a.end, b.end) - Math.min(a.start, b.start));
}

function byPlace(a: Span, b: Span): number {
  return a.start - b.start || a.end - b.end || a.label - b.label;
}
