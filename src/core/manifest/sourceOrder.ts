import { decodeText } from './dictionary.js';
import type { ManifestColumns } from './manifestColumns.js';
import { keyOrder } from './rankOrder.js';

// Numbers in names count as numbers, as in VS Code's own explorer: 2.jpg comes before 10.jpg.
const { compare } = new Intl.Collator('en', { numeric: true });

/**
 * The places of `lines` by their sources: folder by folder, and in each by name. A million names are too many to be
 * decoded and compared as texts: numbers made of their first characters are sorted first, and what they leave undecided
 * is looked at further on. Only names that are alike to their end, or that are not plain ASCII, are compared as texts.
 */
export function sourceOrder(lines: Uint32Array, columns: ManifestColumns): Uint32Array {
  const folderRanks = ranksOf(columns.folders.texts);
  const folderOf = (place: number) => folderRanks[columns.folderIds.data[lines[place] ?? 0] ?? 0] ?? 0;
  const order = lines.map((_, place) => place);
  const names = new Names(columns, lines);
  sortByKey(order, folderOf, (group) => names.sort(group, nothingKnown));
  return order;
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
  sort(group: Uint32Array, known: number): void {
    const prefix = group.length > fewNames && this.#arePlain(group) ? this.#commonPrefix(group) : known;
    if (prefix === known) {
      this.#sortAsTexts(group);
      return;
    }
    sortByKey(
      group,
      (place) => this.#key(place, prefix),
      (tied) => this.sort(tied, prefix),
    );
  }

  #sortAsTexts(group: Uint32Array): void {
    const texts = new Map(Array.from(group, (place) => [place, this.#text(place)]));
    group.sort((a, b) => compare(texts.get(a) ?? '', texts.get(b) ?? '') || a - b);
  }

  #text(place: number): string {
    return decodeText(this.#columns.names.data, this.#start(place), this.#end(place));
  }

  #arePlain(group: Uint32Array): boolean {
    const names = this.#columns.names.data;
    return group.every((place) => {
      const end = this.#end(place);
      for (let at = this.#start(place); at < end; at++) {
        if ((weights[names[at] ?? 0] ?? 0) === 0) {
          return false;
        }
      }
      return true;
    });
  }

  /** How many first bytes all have in common; a number is never cut. */
  #commonPrefix(group: Uint32Array): number {
    const names = this.#columns.names.data;
    const first = this.#start(group[0] ?? 0);
    let length = this.#end(group[0] ?? 0) - first;
    for (const place of group) {
      const start = this.#start(place);
      length = Math.min(length, this.#end(place) - start);
      for (let at = 0; at < length; at++) {
        if (names[start + at] !== names[first + at]) {
          length = at;
        }
      }
    }
    while (length > 0 && weights[names[first + length - 1] ?? 0] === digitWeight) {
      length--;
    }
    return length;
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
      key += weight * 2 ** room;
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
  return Math.floor(whole / 2 ** (lengthBits + valueBits - Math.min(room, lengthBits + valueBits)));
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

/** Sorts `places` by whole numbers of up to 40 bits, and lets `settle` sort those that have the same one. */
function sortByKey(places: Uint32Array, keyOf: (place: number) => number, settle: (tied: Uint32Array) => void): void {
  const halves = new Uint32Array(places.length * 2);
  for (let index = 0; index < places.length; index++) {
    const key = keyOf(places[index] ?? 0);
    halves[2 * index] = key; // Of which the lower 32 bits are kept.
    halves[2 * index + 1] = Math.floor(key / 2 ** 32);
  }
  const order = keyOrder(halves);
  const before = places.slice();
  let tiedFrom = 0;
  for (let index = 0; index < places.length; index++) {
    const place = order[index] ?? 0;
    const next = order[index + 1];
    places[index] = before[place] ?? 0;
    const isTied =
      next !== undefined && halves[2 * place + 1] === halves[2 * next + 1] && halves[2 * place] === halves[2 * next];
    if (!isTied) {
      if (index > tiedFrom) {
        settle(places.subarray(tiedFrom, index + 1));
      }
      tiedFrom = index + 1;
    }
  }
}
