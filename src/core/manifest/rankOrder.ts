/**
 * The places of `ranks` from the least to the greatest, or the other way round. Places without a rank (NaN) come last
 * in either direction; equal ones stay in their order. A radix sort: comparing a million numbers takes a second.
 */
export function rankOrder(ranks: Float64Array, isDescending: boolean): Uint32Array {
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
  return keyOrder(halves);
}

/** The places of keys of 64 bits, each its lower half and then its upper one, in their order; equal ones stay in theirs. */
export function keyOrder(halves: Uint32Array): Uint32Array {
  if (isInOrder(halves, (earlier, later) => earlier <= later)) {
    return placesOf(halves);
  }
  if (isInOrder(halves, (earlier, later) => earlier > later)) {
    return placesOf(halves).toReversed();
  }
  return orderOfFew(halves) ?? radixOrder(halves);
}

const mostDistinct = 1024;
const slots = 4 * mostDistinct;

/** Counts how often each key comes; `undefined` where there are many different ones. */
function orderOfFew(halves: Uint32Array): Uint32Array | undefined {
  const table = new Uint16Array(slots); // 0: free; else a key's number, from 1.
  const distinct = new Uint32Array(2 * mostDistinct);
  const counts = new Uint32Array(mostDistinct);
  const numbers = new Uint16Array(halves.length / 2);
  let known = 0;
  for (let place = 0; place < numbers.length; place++) {
    const low = halves[2 * place] ?? 0;
    const high = halves[2 * place + 1] ?? 0;
    let slot = Math.imul(Math.imul(low, 0x85eb_ca6b) ^ high, 0x9e37_79b1) >>> 20;
    let number = table[slot] ?? 0;
    while (number > 0 && (distinct[2 * number - 2] !== low || distinct[2 * number - 1] !== high)) {
      slot = (slot + 1) % slots;
      number = table[slot] ?? 0;
    }
    if (number === 0) {
      if (known === mostDistinct) {
        return undefined;
      }
      distinct[2 * known] = low;
      distinct[2 * known + 1] = high;
      number = ++known;
      table[slot] = number;
    }
    numbers[place] = number - 1;
    counts[number - 1] = (counts[number - 1] ?? 0) + 1;
  }
  const starts = new Uint32Array(known);
  let start = 0;
  for (const number of radixOrder(distinct.subarray(0, 2 * known))) {
    starts[number] = start;
    start += counts[number] ?? 0;
  }
  const order = new Uint32Array(numbers.length);
  for (let place = 0; place < numbers.length; place++) {
    const number = numbers[place] ?? 0;
    const to = starts[number] ?? 0;
    starts[number] = to + 1;
    order[to] = place;
  }
  return order;
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
function radixOrder(halves: Uint32Array): Uint32Array {
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
