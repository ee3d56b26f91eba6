import { decodeText } from './dictionary.js';
import type { ManifestColumns } from './manifestColumns.js';
import { finish, keyOrderSteps, type Steps } from './rankOrder.js';

// Numbers in names count as numbers, as in VS Code's own explorer: 2.jpg comes before 10.jpg.
const { compare } = new Intl.Collator('en', { numeric: true });

/**
 * The places of `lines` by their sources: folder by folder, and in each by name. A million names are too many to be
 * decoded and compared as texts: numbers made of their first characters are sorted first, and what they leave undecided
 * is looked at further on. Only names that are alike to their end, or that are not plain ASCII, are compared as texts.
 */
export function sourceOrder(lines: Uint32Array, columns: ManifestColumns): Uint32Array {
  return finish(sourceOrderSteps(lines, columns));
}

/** The same step by step, for whoever has something more urgent in between. */
export function* sourceOrderSteps(lines: Uint32Array, columns: ManifestColumns): Steps<Uint32Array> {
  const { order, ends } = byFolder(lines, columns);
  yield;
  const names = new Names(columns, lines);
  let start = 0;
  let untold = 0;
  for (const end of ends) {
    if (end - start > 1) {
      yield* names.sort(order.subarray(start, end), nothingKnown);
    }
    untold += end - start;
    start = end;
    if (untold >= stepPlaces) {
      untold = 0;
      yield;
    }
  }
  return order;
}

/** So many names are looked at in one step, or a few more: it takes a few milliseconds. */
const stepPlaces = 50_000;

/** The places of `lines`, those of the same folder together and in their order, and where each folder's end. */
function byFolder(
  lines: Uint32Array,
  columns: ManifestColumns,
): { readonly order: Uint32Array; readonly ends: Uint32Array } {
  const ranks = ranksOf(columns.folders.texts);
  const folderIds = columns.folderIds.data;
  const ends = new Uint32Array(ranks.length);
  for (let place = 0; place < lines.length; place++) {
    const rank = ranks[folderIds[lines[place] ?? 0] ?? 0] ?? 0;
    ends[rank] = (ends[rank] ?? 0) + 1;
  }
  let start = 0;
  for (let rank = 0; rank < ends.length; rank++) {
    const count = ends[rank] ?? 0;
    ends[rank] = start; // Where the folder begins; it is its end when all are in their places.
    start += count;
  }
  const order = new Uint32Array(lines.length);
  for (let place = 0; place < lines.length; place++) {
    const rank = ranks[folderIds[lines[place] ?? 0] ?? 0] ?? 0;
    const to = ends[rank] ?? 0;
    ends[rank] = to + 1;
    order[to] = place;
  }
  return { order, ends };
}

/** As many as are worth a number each. */
const fewNames = 16;

const nothingKnown = -1;

class Names {
  readonly #columns: ManifestColumns;
  readonly #lines: Uint32Array;

  constructor(columns: ManifestColumns, lines: Uint32Array) {
    this.#columns = columns;
    this.#lines = lines;
  }

  /** Sorts places whose names are alike so far; `known` is the beginning that they were known to have in common. */
  *sort(group: Uint32Array, known: number): Steps<void> {
    const prefix = group.length > fewNames ? yield* this.#commonPrefix(group) : undefined;
    if (prefix === undefined || prefix === known) {
      this.#sortAsTexts(group);
      return;
    }
    const halves = new Uint32Array(group.length * 2);
    for (const [from, to] of parts(group.length)) {
      this.#writeKeys(group, { from, to, prefix }, halves);
      yield;
    }
    const order = yield* keyOrderSteps(halves);
    const before = group.slice();
    for (let index = 0; index < group.length; index++) {
      group[index] = before[order[index] ?? 0] ?? 0;
    }
    yield;
    for (let from = 0, to = 0; from < group.length; from = to) {
      to = endOfTied(halves, order, from);
      if (to - from > 1) {
        yield* this.sort(group.subarray(from, to), prefix);
      }
    }
  }

  #sortAsTexts(group: Uint32Array): void {
    const texts = new Map(Array.from(group, (place) => [place, this.#text(place)]));
    group.sort((a, b) => compare(texts.get(a) ?? '', texts.get(b) ?? '') || a - b);
  }

  #text(place: number): string {
    return decodeText(this.#columns.names.data, this.#start(place), this.#end(place));
  }

  /** How many first bytes all have in common, a number never cut; `undefined` where some name is not plain ASCII. */
  *#commonPrefix(group: Uint32Array): Steps<number | undefined> {
    const names = this.#columns.names.data;
    const first = this.#start(group[0] ?? 0);
    let length: number | undefined = this.#end(group[0] ?? 0) - first;
    for (const [from, to] of parts(group.length)) {
      length = this.#commonWith(first, length, group.subarray(from, to));
      if (length === undefined) {
        return undefined;
      }
      yield;
    }
    while (length > 0 && weights[names[first + length - 1] ?? 0] === digitWeight) {
      length--;
    }
    return length;
  }

  /** Of the `length` bytes from `first` on, how many each name begins with. */
  #commonWith(first: number, length: number, group: Uint32Array): number | undefined {
    const names = this.#columns.names.data;
    let common = length;
    for (let index = 0; index < group.length; index++) {
      const start = this.#start(group[index] ?? 0);
      const end = this.#end(group[index] ?? 0);
      let alike = 0;
      while (alike < common && start + alike < end && names[start + alike] === names[first + alike]) {
        alike++;
      }
      common = alike;
      for (let at = start; at < end; at++) {
        if ((weights[names[at] ?? 0] ?? 0) === 0) {
          return undefined;
        }
      }
    }
    return common;
  }

  #writeKeys(
    group: Uint32Array,
    { from, to, prefix }: { readonly from: number; readonly to: number; readonly prefix: number },
    halves: Uint32Array,
  ): void {
    for (let index = from; index < to; index++) {
      const key = this.#key(group[index] ?? 0, prefix);
      halves[2 * index] = key; // Of which the lower 32 bits are kept.
      halves[2 * index + 1] = Math.floor(key / 2 ** 32);
    }
  }

  /** A number that is the less the earlier the name comes, made of its characters from `skip` on. */
  #key(place: number, skip: number): number {
    const names = this.#columns.names.data;
    const end = this.#end(place);
    let key = 0;
    let room = keyBits;
    for (let at = this.#start(place) + skip; at < end && room >= weightBits; at++) {
      const weight = weights[names[at] ?? 0] ?? 0;
      room -= weightBits;
      key += weight * (powers[room] ?? 0);
      if (weight === digitWeight) {
        let from = at;
        while (from < end && names[from] === zero) {
          from++;
        }
        let to = from;
        while (to < end && weights[names[to] ?? 0] === digitWeight) {
          to++;
        }
        return key + numberKey(names, from, to, room);
      }
    }
    return key;
  }

  #start(place: number): number {
    return this.#columns.nameStarts.data[this.#lines[place] ?? 0] ?? 0;
  }

  #end(place: number): number {
    return this.#columns.nameStarts.data[(this.#lines[place] ?? 0) + 1] ?? 0;
  }
}

const keyBits = 40;
const weightBits = 7;
const lengthBits = 5;
const valueBits = 27;
const numberBits = lengthBits + valueBits;
/** Of 2: to work each out for each character of each name would take longer than all the rest. */
const powers = Float64Array.from({ length: keyBits + 1 }, (_, exponent) => 2 ** exponent);
/** So many digits fit `valueBits`. */
const valueDigits = 8;
const zero = 0x30;

/** Of a number without leading zeros, in `room` bits: how long it is, and then its first digits. */
function numberKey(bytes: Uint8Array, from: number, to: number, room: number): number {
  const length = Math.min(to - from, 2 ** lengthBits - 1);
  let value = 0;
  for (let at = from; at < Math.min(to, from + valueDigits); at++) {
    value = value * 10 + (bytes[at] ?? zero) - zero;
  }
  const whole = length * 2 ** valueBits + value;
  return Math.floor(whole / (powers[numberBits - Math.min(room, numberBits)] ?? 1));
}

/** What each ASCII character counts for, whatever its case: all digits the same, and nothing what is not ASCII. */
const weights = weighCharacters();
const digitWeight = weights[zero] ?? 0;

function weighCharacters(): Uint8Array {
  const weigh = new Intl.Collator('en', { sensitivity: 'base' });
  const characters = Array.from({ length: 0x7f - 0x20 }, (_, index) => String.fromCharCode(0x20 + index));
  const made = new Uint8Array(256);
  let weight = 0;
  let last = '';
  for (const character of characters.toSorted(weigh.compare)) {
    const isSame = last !== '' && ((isDigit(character) && isDigit(last)) || weigh.compare(character, last) === 0);
    weight += isSame ? 0 : 1;
    made[character.charCodeAt(0)] = weight;
    last = character;
  }
  return made;
}

function isDigit(character: string): boolean {
  return character >= '0' && character <= '9';
}

function ranksOf(texts: readonly string[]): Uint32Array {
  const ranks = new Uint32Array(texts.length);
  Array.from(texts.keys())
    .toSorted((a, b) => compare(texts[a] ?? '', texts[b] ?? '') || a - b)
    .forEach((id, rank) => {
      ranks[id] = rank;
    });
  return ranks;
}

function* parts(count: number): Generator<readonly [from: number, to: number]> {
  for (let from = 0; from < count; from += stepPlaces) {
    yield [from, Math.min(count, from + stepPlaces)];
  }
}

/** Where those end that have the same key as the one at `from`. */
function endOfTied(halves: Uint32Array, order: Uint32Array, from: number): number {
  const first = order[from] ?? 0;
  let to = from + 1;
  while (to < order.length) {
    const next = order[to] ?? 0;
    if (halves[2 * first + 1] !== halves[2 * next + 1] || halves[2 * first] !== halves[2 * next]) {
      break;
    }
    to++;
  }
  return to;
}
