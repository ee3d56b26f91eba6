/** Something that one worker marked, among what others marked: a box, a stretch of text. */
export interface Mark {
  readonly worker: string;
}

export interface GroupingRule<M extends Mark> {
  /** From 0, nothing in common, to 1, the same. */
  readonly similarity: (a: M, b: M) => number;
  /** From where to where a mark goes along one axis: marks that lie apart there have nothing in common. */
  readonly extent: (mark: M) => readonly [from: number, to: number];
  /** The least mean similarity between the marks of two groups that become one; more than 0. */
  readonly threshold: number;
}

/**
 * Finds what is meant to be the same: time after time the two groups with the greatest mean similarity become one, as
 * long as that mean reaches the threshold. A worker has one mark in a group at most, since nobody marks a thing twice on
 * purpose. Of equally similar pairs the one that is met first is taken, so that sorted groups give one result.
 *
 * Each group keeps the groups after it that it may become one with, in order, so that no pair is compared twice: the
 * time grows with the square of the number of marks where all lie on each other, and with far less where they do not.
 */
export function mergeGroups<M extends Mark>(
  groups: readonly (readonly M[])[],
  rule: GroupingRule<M>,
): readonly (readonly M[])[] {
  const found = groups.map((marks, place) => newGroup(marks, { place, since: place, rule }));
  const pairs = new Pairs(rule);
  forEachOverlap(found, (first, second) => pairs.add(first, second));
  for (const group of found) {
    group.partners = group.partners.toSorted(byRank);
  }
  for (let since = found.length; ; since += 1) {
    const first = closest(found);
    const second = first?.partners.at(-1)?.group;
    if (first === undefined || second === undefined) {
      return found.map(({ marks }) => marks);
    }
    const merged = newGroup([...first.marks, ...second.marks], { place: first.place, since, rule });
    first.isMerged = true;
    second.isMerged = true;
    found.splice(found.indexOf(second), 1);
    found[found.indexOf(first)] = merged;
    for (const other of found) {
      if (other !== merged && other.from < merged.to && merged.from < other.to) {
        pairs.insert(other, merged);
      }
    }
  }
}

interface Group<M extends Mark> {
  readonly marks: readonly M[];
  readonly from: number;
  readonly to: number;
  /** That of the first mark's group among the groups that were given. */
  readonly place: number;
  /** When it came to be: the given groups one after the other, then each that was merged. */
  readonly since: number;
  /** Those after this one that it may become one with, the most similar last; some have been merged meanwhile. */
  partners: Partner<M>[];
  isMerged: boolean;
}

interface Partner<M extends Mark> {
  readonly group: Group<M>;
  readonly mean: number;
  /** When both of the pair were there. */
  readonly since: number;
}

function newGroup<M extends Mark>(
  marks: readonly M[],
  { place, since, rule }: { readonly place: number; readonly since: number; readonly rule: GroupingRule<M> },
): Group<M> {
  const extents = marks.map(rule.extent);
  const from = Math.min(...extents.map(([start]) => start));
  const to = Math.max(...extents.map(([, end]) => end));
  return { marks, from, to, place, since, partners: [], isMerged: false };
}

/** Calls `visit` for each two groups whose extents have something in common, in the order of their places. */
function forEachOverlap<M extends Mark>(
  groups: readonly Group<M>[],
  visit: (first: Group<M>, second: Group<M>) => void,
): void {
  let reaching: Group<M>[] = [];
  for (const group of groups.toSorted((a, b) => a.from - b.from)) {
    reaching = reaching.filter(({ to }) => to > group.from);
    for (const other of reaching) {
      visit(...inOrder(group, other));
    }
    reaching.push(group);
  }
}

function inOrder<M extends Mark>(a: Group<M>, b: Group<M>): [Group<M>, Group<M>] {
  return a.place < b.place ? [a, b] : [b, a];
}

/** The first of the two groups that become one next: the other is its last partner. */
function closest<M extends Mark>(groups: readonly Group<M>[]): Group<M> | undefined {
  let best: Group<M> | undefined;
  let bestMean = 0;
  for (const group of groups) {
    while (group.partners.at(-1)?.group.isMerged === true) {
      group.partners.pop();
    }
    const mean = group.partners.at(-1)?.mean ?? 0;
    if (mean > bestMean) {
      best = group;
      bestMean = mean;
    }
  }
  return best;
}

/** Of equally similar partners the one that the group met first. */
function byRank<M extends Mark>(a: Partner<M>, b: Partner<M>): number {
  return a.mean - b.mean || b.since - a.since || b.group.place - a.group.place;
}

/** Sums of equal numbers in another order may differ in the last bit: means that differ by less than this are equal. */
const tolerance = 1e-12;

/** Finds which groups may become one. */
class Pairs<M extends Mark> {
  readonly #rule: GroupingRule<M>;
  /** The first mean that was found in each stretch of `tolerance`. */
  readonly #means = new Map<number, number>();

  constructor(rule: GroupingRule<M>) {
    this.#rule = rule;
  }

  /** Leaves it to the caller to sort the partners. */
  add(first: Group<M>, second: Group<M>): void {
    const partner = this.#partner(first, second);
    if (partner !== undefined) {
      first.partners.push(partner);
    }
  }

  /** Puts the later of two groups among the partners of the other. */
  insert(a: Group<M>, b: Group<M>): void {
    const [first, second] = inOrder(a, b);
    const partner = this.#partner(first, second);
    if (partner !== undefined) {
      let [low, high] = [0, first.partners.length];
      while (low < high) {
        const middle = (low + high) >> 1;
        const other = first.partners[middle];
        if (other !== undefined && byRank(other, partner) < 0) {
          low = middle + 1;
        } else {
          high = middle;
        }
      }
      first.partners.splice(low, 0, partner);
    }
  }

  #partner(first: Group<M>, second: Group<M>): Partner<M> | undefined {
    const mean = meanSimilarity(first.marks, second.marks, this.#rule.similarity);
    return mean >= this.#rule.threshold - tolerance && shareNobody(first.marks, second.marks)
      ? { group: second, mean: this.#evened(mean), since: Math.max(first.since, second.since) }
      : undefined;
  }

  /** Equal means become one number, because an order with a tolerance in it is no order. */
  #evened(mean: number): number {
    const stretch = Math.round(mean / tolerance);
    const known = this.#means.get(stretch) ?? this.#means.get(stretch - 1) ?? this.#means.get(stretch + 1);
    if (known === undefined) {
      this.#means.set(stretch, mean);
    }
    return known ?? mean;
  }
}

function shareNobody(marks: readonly Mark[], others: readonly Mark[]): boolean {
  return marks.every(({ worker }) => others.every((other) => other.worker !== worker));
}

function meanSimilarity<M extends Mark>(
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
  return total / (marks.length * others.length);
}
