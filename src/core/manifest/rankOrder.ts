/**
 * `lines` by their `ranks`, from the least to the greatest, or the other way round. Lines without a rank (NaN) come last
 * in either direction; equal ones stay in their order. Nothing is compared: comparing a million numbers takes a second.
 */
export function sortedByRank(lines: Uint32Array, ranks: Float64Array, isDescending: boolean): Uint32Array {
  if (isSorted(ranks, isDescending)) {
    return lines;
  }
  if (isReversed(ranks, isDescending)) {
    return lines.toReversed();
  }
  return sortedByFew(lines, ranks, isDescending) ?? linesAt(lines, finish(keyOrderSteps(keysOf(ranks, isDescending))));
}

/**
 * `lines` by their `numbers`, of which each is one of `sequence`: this is the order in which they come. Lines of the
 * same number stay in their order.
 */
export function sortedByNumber(lines: Uint32Array, numbers: Uint16Array, sequence: Uint16Array): Uint32Array {
  const starts = new Uint32Array(65_536);
  for (let place = 0; place < numbers.length; place++) {
    const number = numbers[place] ?? 0;
    starts[number] = (starts[number] ?? 0) + 1;
  }
  let start = 0;
  for (const number of sequence) {
    const count = starts[number] ?? 0;
    starts[number] = start;
    start += count;
  }
  const sorted = new Uint32Array(lines.length);
  for (let place = 0; place < numbers.length; place++) {
    const number = numbers[place] ?? 0;
    const to = starts[number] ?? 0;
    starts[number] = to + 1;
    sorted[to] = lines[place] ?? 0;
  }
  return sorted;
}

export function linesAt(lines: Uint32Array, places: Uint32Array): Uint32Array {
  const found = new Uint32Array(places.length);
  for (let index = 0; index < places.length; index++) {
    found[index] = lines[places[index] ?? 0] ?? 0;
  }
  return found;
}

/** What is in order already, as times are in the order of the file, is common. */
function isSorted(ranks: Float64Array, isDescending: boolean): boolean {
  for (let place = 1; place < ranks.length; place++) {
    const before = ranks[place - 1] ?? 0;
    const rank = ranks[place] ?? 0;
    const isWrong = isDescending ? rank > before : rank < before;
    if (isWrong || (Number.isNaN(before) && !Number.isNaN(rank))) {
      return false;
    }
  }
  return true;
}

/** Whether all are the other way round; no two may be equal, since these would stay in their order. */
function isReversed(ranks: Float64Array, isDescending: boolean): boolean {
  for (let place = 1; place < ranks.length; place++) {
    const before = ranks[place - 1] ?? 0;
    const rank = ranks[place] ?? 0;
    if (!(isDescending ? rank > before : rank < before)) {
      return false;
    }
  }
  return true;
}

const mostDistinct = 1024;
const slots = 4 * mostDistinct;

/** Counts how often each rank comes; `undefined` where there are many different ones. */
function sortedByFew(lines: Uint32Array, ranks: Float64Array, isDescending: boolean): Uint32Array | undefined {
  const halves = new Uint32Array(ranks.buffer, ranks.byteOffset, ranks.length * 2);
  const table = new Uint16Array(slots); // 0: free; else a rank's number, from 1.
  const distinct = new Float64Array(mostDistinct);
  const numbers = new Uint16Array(ranks.length); // 0 where there is no rank.
  let known = 0;
  for (let place = 0; place < ranks.length; place++) {
    const rank = ranks[place] ?? 0;
    if (Number.isNaN(rank)) {
      continue;
    }
    const high = (halves[2 * place + 1] ?? 0) & 0x7fff_ffff; // Without the sign: -0 is equal to 0.
    let slot = Math.imul(Math.imul(halves[2 * place] ?? 0, 0x85eb_ca6b) ^ high, 0x9e37_79b1) >>> 20;
    let number = table[slot] ?? 0;
    while (number > 0 && distinct[number - 1] !== rank) {
      slot = (slot + 1) % slots;
      number = table[slot] ?? 0;
    }
    if (number === 0) {
      if (known === mostDistinct) {
        return undefined;
      }
      distinct[known] = rank;
      number = ++known;
      table[slot] = number;
    }
    numbers[place] = number;
  }
  const sequence = Array.from({ length: known }, (_, index) => index + 1).toSorted((a, b) => {
    const difference = (distinct[a - 1] ?? 0) < (distinct[b - 1] ?? 0) ? -1 : 1; // No two are equal.
    return isDescending ? -difference : difference;
  });
  return sortedByNumber(lines, numbers, Uint16Array.of(...sequence, 0));
}

/** Keys of 64 bits in the order of the ranks, each its lower half and then its upper one. */
function keysOf(ranks: Float64Array, isDescending: boolean): Uint32Array {
  const keys = new Float64Array(ranks.length);
  for (let place = 0; place < ranks.length; place++) {
    // What is added makes 0 of -0, which is equal to it.
    keys[place] = (isDescending ? -(ranks[place] ?? 0) : (ranks[place] ?? 0)) + 0;
  }
  const halves = new Uint32Array(keys.buffer);
  for (let place = 0; place < ranks.length; place++) {
    const low = 2 * place;
    const high = low + 1; // The processors that VS Code runs on keep the lower half first.
    const sign = halves[high] ?? 0;
    if (Number.isNaN(ranks[place])) {
      halves[low] = 0xffff_ffff;
      halves[high] = 0xffff_ffff;
    } else if (sign >>> 31 === 1) {
      halves[low] = ~(halves[low] ?? 0);
      halves[high] = ~sign;
    } else {
      halves[high] = sign | 0x8000_0000;
    }
  }
  return halves;
}

/**
 * The places of keys of 64 bits, each its lower half and then its upper one, in their order; equal ones stay in theirs.
 * Step by step, for whoever has something more urgent in between: `finish` goes through to the end.
 */
export function* keyOrderSteps(halves: Uint32Array): Steps<Uint32Array> {
  if (isInOrder(halves, (earlier, later) => earlier <= later)) {
    return placesOf(halves);
  }
  if (isInOrder(halves, (earlier, later) => earlier > later)) {
    return placesOf(halves).toReversed();
  }
  return yield* radixOrder(halves);
}

/** Work that can be interrupted: it goes on whenever it is asked to, and has its result at the end. */
export type Steps<T> = Generator<undefined, T>;

export function finish<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done === true) {
      return step.value;
    }
  }
}

const digitBits = 11;
const buckets = 1 << digitBits;
/** Where the digits are of a key of 64 bits, the least first: in which half, and from which bit on. */
const digits = [
  { half: 0, shift: 0 },
  { half: 0, shift: 11 },
  { half: 0, shift: 22 },
  { half: 1, shift: 0 },
  { half: 1, shift: 11 },
  { half: 1, shift: 22 },
] as const;

// Keys are moved along with their places: looking each up where it stood would miss the processor's cache.
function* radixOrder(halves: Uint32Array): Steps<Uint32Array> {
  let keys: Uint32Array = halves;
  let order: Uint32Array = placesOf(halves);
  let otherKeys: Uint32Array = new Uint32Array(halves.length);
  let other: Uint32Array = new Uint32Array(order.length);
  for (const { half, shift } of digits) {
    const starts = bucketStarts(keys, half, shift);
    if (!starts) {
      continue;
    }
    for (let index = 0; index < order.length; index++) {
      const low = keys[2 * index] ?? 0;
      const high = keys[2 * index + 1] ?? 0;
      const bucket = ((half === 0 ? low : high) >>> shift) & (buckets - 1);
      const to = starts[bucket] ?? 0;
      starts[bucket] = to + 1;
      other[to] = order[index] ?? 0;
      otherKeys[2 * to] = low;
      otherKeys[2 * to + 1] = high;
    }
    [order, other] = [other, order];
    [keys, otherKeys] = [otherKeys, keys === halves ? new Uint32Array(halves.length) : keys];
    yield;
  }
  return order;
}

function placesOf(halves: Uint32Array): Uint32Array {
  const places = new Uint32Array(halves.length / 2);
  for (let place = 0; place < places.length; place++) {
    places[place] = place;
  }
  return places;
}

/** Whether all neighbours are as they should be: what is sorted already, or the other way round, is common. */
function isInOrder(halves: Uint32Array, isRight: (earlier: number, later: number) => boolean): boolean {
  for (let at = 2; at < halves.length; at += 2) {
    const before = halves[at - 1] ?? 0;
    const high = halves[at + 1] ?? 0;
    const isFine = high === before ? isRight(halves[at - 2] ?? 0, halves[at] ?? 0) : isRight(before, high);
    if (!isFine) {
      return false;
    }
  }
  return true;
}

/** Where each bucket begins; `undefined` where all keys are in the same one. */
function bucketStarts(halves: Uint32Array, half: number, shift: number): Uint32Array | undefined {
  const starts = new Uint32Array(buckets);
  for (let at = half; at < halves.length; at += 2) {
    const bucket = ((halves[at] ?? 0) >>> shift) & (buckets - 1);
    starts[bucket] = (starts[bucket] ?? 0) + 1;
  }
  let start = 0;
  for (let bucket = 0; bucket < buckets; bucket++) {
    const count = starts[bucket] ?? 0;
    if (count * 2 === halves.length) {
      return undefined;
    }
    starts[bucket] = start;
    start += count;
  }
  return starts;
}
