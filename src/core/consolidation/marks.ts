import { estimateYes } from './batchEstimate.js';
import { confidenceOf, unestimated } from './confidence.js';
import type { Mark } from './grouping.js';

/** Something in an object that has a class: the class by its place in the list of labels. */
interface Labeled {
  readonly label: number;
}

/** What one worker marked in one object; maybe nothing. */
export interface Marking<T extends Labeled> {
  readonly worker: string;
  readonly marks: readonly T[];
}

export type ConsolidatedMark<T extends Labeled> = T & { readonly confidence: number };

/** What differs between boxes in pictures and stretches of text. */
export interface MarkKind<T extends Labeled> {
  /** Puts together what is meant to be the same; the marks come in `order`. */
  readonly group: (marks: readonly (T & Mark)[]) => readonly (readonly (T & Mark)[])[];
  /** Makes one mark of a group's, which come in `order`. */
  readonly merge: (marks: readonly T[]) => T;
  /** From 0, nothing in common, to 1, the same place. */
  readonly similarity: (a: T, b: T) => number;
  /** The part of an object's workers that must have a mark in a group for it to stay. */
  readonly support: number;
  /** By place and label, so that the same marks come in the same order whoever made them. */
  readonly order: (a: T, b: T) => number;
}

/**
 * One list of marks for each object of one consolidation batch. A group of marks stays if it has enough support among
 * the workers who answered, and its confidence is
 *
 *     round(0.05 + 0.9 · P(yes) · J, 2)
 *
 * where P(yes) is `estimateYes` of "is there something of this label here?" over all groups of the batch, a worker
 * having said yes by a mark with the group's label in it, and J is the mean similarity of the group's marks to what
 * became of them. An object with one answer keeps its marks as they are, in their order, with 0.
 */
export function consolidateMarks<T extends Labeled>(
  objects: readonly (readonly Marking<T>[])[],
  kind: MarkKind<T>,
): readonly (readonly ConsolidatedMark<T>[])[] {
  const groups = objects.map((markings) => (markings.length > 1 ? groupsOf(markings, kind) : []));
  const questions = groups.flatMap((found, object) =>
    found.map(({ supporters }) =>
      (objects[object] ?? []).map(({ worker }) => ({ worker, isYes: supporters.has(worker) })),
    ),
  );
  const probabilities = estimateYes(questions);
  let next = 0;
  return objects.map((markings, object) => {
    const [only] = markings;
    if (only !== undefined && markings.length === 1) {
      return only.marks.map((mark) => withConfidence(mark, unestimated));
    }
    const marks = (groups[object] ?? []).flatMap(({ mark, likeness, members }) => {
      const probability = probabilities[next] ?? 0;
      next += 1;
      const isSupported = members >= kind.support * markings.length;
      return isSupported ? [withConfidence(mark, confidenceOf(probability * likeness))] : [];
    });
    return marks.toSorted(kind.order);
  });
}

/** The label that most have; of several, the first of the list. */
export function commonLabel(marks: readonly Labeled[]): number {
  const [label = 0] = mostFrequent(marks.map((mark) => mark.label));
  return label;
}

/** The values that occur most often, from the lowest on. */
export function mostFrequent(values: readonly number[]): readonly number[] {
  const counts = new Map<number, number>();
  for (const value of values) {
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  const most = Math.max(...counts.values());
  const found = [...counts].filter(([, count]) => count === most).map(([value]) => value);
  return found.toSorted((a, b) => a - b);
}

function withConfidence<T extends Labeled>(mark: T, confidence: number): ConsolidatedMark<T> {
  return { ...mark, confidence };
}

interface MarkGroup<T> {
  readonly mark: T;
  /** J of the formula. */
  readonly likeness: number;
  readonly members: number;
  /** The workers whose mark has the group's label. */
  readonly supporters: ReadonlySet<string>;
}

function groupsOf<T extends Labeled>(
  markings: readonly Marking<T>[],
  { group, merge, similarity, order }: MarkKind<T>,
): readonly MarkGroup<T>[] {
  const marks = markings
    .flatMap(({ worker, marks: own }) => own.map((mark) => ({ ...mark, worker })))
    .toSorted((a, b) => order(a, b) || (a.worker < b.worker ? -1 : 1));
  return group(marks).map((members) => {
    const sorted = members.toSorted(order);
    const mark = merge(sorted);
    const total = sorted.reduce((sum, member) => sum + similarity(member, mark), 0);
    return {
      mark,
      likeness: total / sorted.length,
      members: sorted.length,
      supporters: new Set(sorted.filter(({ label }) => label === mark.label).map(({ worker }) => worker)),
    };
  });
}
