import type { GroupingRule, Mark } from '../../../../src/core/consolidation/grouping.js';

/**
 * What `mergeGroups` says it does, word for word: of all pairs the first of the most similar ones is merged, until none
 * reaches the threshold. It looks at every pair before each merging, so it is for few marks.
 */
export function plainlyMerged<M extends Mark>(
  groups: readonly (readonly M[])[],
  { similarity, threshold }: GroupingRule<M>,
): readonly (readonly M[])[] {
  let found: readonly Group<M>[] = groups.map((marks) => ({ marks, met: new Map() }));
  found.forEach((group, index) => {
    found.slice(index + 1).forEach((other) => introduce(group, other, similarity));
  });
  for (;;) {
    const best = closest(found, threshold);
    if (best === undefined) {
      return found.map(({ marks }) => marks);
    }
    const [first, second] = best;
    const merged: Group<M> = { marks: [...first.marks, ...second.marks], met: new Map() };
    found = found.flatMap((group) => (group === second ? [] : [group === first ? merged : group]));
    for (const other of found) {
      if (other !== merged) {
        introduce(merged, other, similarity);
      }
    }
  }
}

interface Group<M extends Mark> {
  readonly marks: readonly M[];
  /** The mean similarity to each group that shares no worker with this one, in the order in which they met. */
  readonly met: Map<Group<M>, number>;
}

function introduce<M extends Mark>(a: Group<M>, b: Group<M>, similarity: GroupingRule<M>['similarity']): void {
  const workers = new Set(a.marks.map(({ worker }) => worker));
  if (!b.marks.some(({ worker }) => workers.has(worker))) {
    const all = a.marks.flatMap((mark) => b.marks.map((other) => similarity(mark, other)));
    const mean = all.reduce((sum, value) => sum + value, 0) / all.length;
    a.met.set(b, mean);
    b.met.set(a, mean);
  }
}

function closest<M extends Mark>(
  groups: readonly Group<M>[],
  threshold: number,
): readonly [Group<M>, Group<M>] | undefined {
  let best: readonly [Group<M>, Group<M>] | undefined;
  let bestMean = 0;
  const tolerance = 1e-12;
  for (const group of groups) {
    for (const [other, mean] of group.met) {
      if (groups.includes(other) && mean >= threshold - tolerance && mean > bestMean + tolerance) {
        best = [group, other];
        bestMean = mean;
      }
    }
  }
  return best;
}
