/** Something that one worker marked, among what others marked: a box, a stretch of text. */
export interface Mark {
  readonly worker: string;
}

export interface GroupingRule<M extends Mark> {
  /** From 0, nothing in common, to 1, the same. */
  readonly similarity: (a: M, b: M) => number;
  /** The least mean similarity between the marks of two groups that become one. */
  readonly threshold: number;
}

/**
 * Finds what is meant to be the same: time after time the two groups with the greatest mean similarity become one, as
 * long as that mean reaches the threshold. A worker has one mark in a group at most, since nobody marks a thing twice on
 * purpose. Of equally similar pairs the one that is met first is taken, so that sorted groups give one result.
 */
export function mergeGroups<M extends Mark>(
  groups: readonly (readonly M[])[],
  { similarity, threshold }: GroupingRule<M>,
): readonly (readonly M[])[] {
  const found: Group<M>[] = groups.map((marks) => ({
    marks,
    workers: new Set(marks.map(({ worker }) => worker)),
    totals: new Map(),
  }));
  found.forEach((group, index) => {
    for (const other of found.slice(index + 1)) {
      const total = shareNobody(group, other) ? totalSimilarity(group.marks, other.marks, similarity) : 0;
      if (total > 0) {
        group.totals.set(other, total);
        other.totals.set(group, total);
      }
    }
  });
  for (let pair = closest(found, threshold); pair !== undefined; pair = closest(found, threshold)) {
    merge(found, pair);
  }
  return found.map(({ marks }) => marks);
}

interface Group<M extends Mark> {
  readonly marks: readonly M[];
  readonly workers: ReadonlySet<string>;
  /** For each group that this one may still become one with: the similarities of all pairs of their marks, added up. */
  readonly totals: Map<Group<M>, number>;
}

type Pair<M extends Mark> = readonly [Group<M>, Group<M>];

function closest<M extends Mark>(groups: readonly Group<M>[], threshold: number): Pair<M> | undefined {
  let best: Pair<M> | undefined;
  let bestMean = 0;
  for (const group of groups) {
    for (const [other, total] of group.totals) {
      const mean = total / (group.marks.length * other.marks.length);
      // Each pair is met from both ends; sums of equal numbers in another order may differ in the last bit.
      if (mean >= threshold - tolerance && mean > bestMean + tolerance) {
        best = [group, other];
        bestMean = mean;
      }
    }
  }
  return best;
}

const tolerance = 1e-12;

function merge<M extends Mark>(groups: Group<M>[], [first, second]: Pair<M>): void {
  const merged: Group<M> = {
    marks: [...first.marks, ...second.marks],
    workers: new Set([...first.workers, ...second.workers]),
    totals: new Map(),
  };
  groups.splice(groups.indexOf(second), 1);
  groups[groups.indexOf(first)] = merged;
  for (const other of groups) {
    const total = (first.totals.get(other) ?? 0) + (second.totals.get(other) ?? 0);
    other.totals.delete(first);
    other.totals.delete(second);
    if (total > 0 && shareNobody(merged, other)) {
      merged.totals.set(other, total);
      other.totals.set(merged, total);
    }
  }
}

function shareNobody<M extends Mark>(a: Group<M>, b: Group<M>): boolean {
  for (const worker of a.workers) {
    if (b.workers.has(worker)) {
      return false;
    }
  }
  return true;
}

function totalSimilarity<M extends Mark>(
  marks: readonly M[],
  others: readonly M[],
  similarity: GroupingRule<M>['similarity'],
): number {
  let total = 0;
  for (const mark of marks) {
    for (const other of others) {
      total += similarity(mark, other);
    }
  }
  return total;
}
