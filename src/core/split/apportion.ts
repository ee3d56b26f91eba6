/**
 * `count` things shared out by the method of the largest remainder: each part gets its share rounded down, and what is
 * left goes to the parts that lost most by it, the earlier one of equals.
 */
export function apportion(count: number, shares: readonly number[]): readonly number[] {
  const { floors, remainders } = quotas(count, shares);
  const extras = extrasOf(count, floors, remainders);
  return floors.map((floor, part) => floor + (extras[part] ?? 0));
}

/**
 * How many things of each stratum go to each part: of every stratum the share rounded down or up, and of all strata
 * together what the largest remainders of the whole are.
 *
 * Each stratum by itself would not do: of a hundred classes with one object each, all objects would go to the largest
 * part. So what was rounded up moves to another part, where that costs least, until the totals are right.
 */
export function apportionStrata(counts: readonly number[], shares: readonly number[]): readonly (readonly number[])[] {
  const strata = counts.map((count): Stratum => {
    const { floors, remainders } = quotas(count, shares);
    return { floors, remainders, extras: extrasOf(count, floors, remainders) };
  });
  const wanted = apportion(
    counts.reduce((sum, count) => sum + count, 0),
    shares,
  );
  const surplus = shares.map(
    (_, part) => strata.reduce((sum, stratum) => sum + placedIn(stratum, part), 0) - (wanted[part] ?? 0),
  );
  for (let from = 0; from < shares.length; from += 1) {
    while ((surplus[from] ?? 0) > 0) {
      const moves = movesToDeficit(strata, surplus, from);
      if (!moves) {
        break; // No stratum can give anything: each is right by itself, and only the totals are not.
      }
      for (const { stratum, from: giver, to: taker } of moves) {
        stratum.extras[giver] = 0;
        stratum.extras[taker] = 1;
      }
      surplus[from] = (surplus[from] ?? 0) - 1;
      const end = moves.at(-1)?.to ?? from;
      surplus[end] = (surplus[end] ?? 0) + 1;
    }
  }
  return strata.map((stratum) => shares.map((_, part) => placedIn(stratum, part)));
}

interface Stratum {
  readonly floors: readonly number[];
  readonly remainders: readonly number[];
  /** 1 where the share is rounded up. */
  readonly extras: (0 | 1)[];
}

interface Move {
  readonly stratum: Stratum;
  readonly from: number;
  readonly to: number;
}

function placedIn({ floors, extras }: Stratum, part: number): number {
  return (floors[part] ?? 0) + (extras[part] ?? 0);
}

function quotas(count: number, shares: readonly number[]) {
  const whole = shares.reduce((sum, share) => sum + share, 0);
  const exact = shares.map((share) => {
    const quota = (count * share) / whole;
    // What is a whole number but for the last binary digits is one, and has no remainder.
    return Math.abs(quota - Math.round(quota)) < 1e-9 ? Math.round(quota) : quota;
  });
  const floors = exact.map(Math.floor);
  return { floors, remainders: exact.map((quota, part) => quota - (floors[part] ?? 0)) };
}

function extrasOf(count: number, floors: readonly number[], remainders: readonly number[]): (0 | 1)[] {
  const left = count - floors.reduce((sum, floor) => sum + floor, 0);
  const order = remainders.map((_, part) => part).toSorted((a, b) => (remainders[b] ?? 0) - (remainders[a] ?? 0));
  const taking = new Set(order.slice(0, left));
  return remainders.map((_, part) => (taking.has(part) ? 1 : 0));
}

/** The shortest way, from part to part, to a part that has too little. */
function movesToDeficit(strata: readonly Stratum[], surplus: readonly number[], start: number): Move[] | undefined {
  const ways = new Map<number, Move[]>([[start, []]]);
  for (const [from, moves] of ways) {
    for (let to = 0; to < surplus.length; to += 1) {
      const stratum = ways.has(to) ? undefined : cheapest(strata, from, to);
      if (stratum) {
        const way = [...moves, { stratum, from, to }];
        if ((surplus[to] ?? 0) < 0) {
          return way;
        }
        ways.set(to, way); // The iteration comes to it later.
      }
    }
  }
  return undefined;
}

/** The stratum that loses least of its likeness when what was rounded up goes to another part. */
function cheapest(strata: readonly Stratum[], from: number, to: number): Stratum | undefined {
  let found: Stratum | undefined;
  let leastCost = Number.POSITIVE_INFINITY;
  for (const stratum of strata) {
    const [give = 0, take = 0] = [stratum.remainders[from], stratum.remainders[to]];
    if (stratum.extras[from] === 1 && stratum.extras[to] === 0 && take > 0 && give - take < leastCost) {
      found = stratum;
      leastCost = give - take;
    }
  }
  return found;
}
