/** Whether the line of a group, as it was given to `find`, is of the same source as another line. */
export type IsOfSource = (example: number, other: number) => boolean;

/** Sources of one part of the lines, each with a number; a hash table of numbers. */
export class SourceGroups {
  readonly #isOfSource: IsOfSource | undefined;
  /** One more than the group's number; 0 where the place is free. */
  readonly #table: Uint32Array;
  readonly #mask: number;
  readonly #low: Uint32Array;
  readonly #high: Uint32Array;
  readonly #examples: Uint32Array;
  #count = 0;
  /** One more than the first line there that has no pair yet; 0 where there is none. */
  readonly waiting: Uint32Array;
  /** One more than the last line here so far; 0 where there is none. */
  readonly lastHere: Uint32Array;

  /** For parts of at most so many lines. Without `isOfSource` the same hash is taken for the same source. */
  constructor(mostLines: number, isOfSource: IsOfSource | undefined) {
    const places = 2 ** Math.ceil(Math.log2(mostLines * 1.5 + 2));
    this.#isOfSource = isOfSource;
    this.#table = new Uint32Array(places);
    this.#mask = places - 1;
    this.#low = new Uint32Array(mostLines);
    this.#high = new Uint32Array(mostLines);
    this.#examples = new Uint32Array(mostLines);
    this.waiting = new Uint32Array(mostLines);
    this.lastHere = new Uint32Array(mostLines);
  }

  /** Forgets all, for the next part. */
  clear(): void {
    this.#table.fill(0);
    this.waiting.fill(0, 0, this.#count);
    this.lastHere.fill(0, 0, this.#count);
    this.#count = 0;
  }

  /** The number of the source of an entry of `SourceParts`; `example` is what `isOfSource` is told of its line. */
  find(entries: Uint32Array, entry: number, example: number): number {
    const low = entries[entry + 1] ?? 0;
    const high = entries[entry + 2] ?? 0;
    const table = this.#table;
    const isOfSource = this.#isOfSource;
    let place = low & this.#mask;
    for (;;) {
      const group = (table[place] ?? 0) - 1;
      if (group === -1) {
        return this.#add(place, low, high, example);
      }
      const isSame = this.#low[group] === low && this.#high[group] === high;
      if (isSame && (!isOfSource || isOfSource(this.#examples[group] ?? 0, example))) {
        return group;
      }
      place = (place + 1) & this.#mask;
    }
  }

  #add(place: number, low: number, high: number, example: number): number {
    const group = this.#count++;
    this.#low[group] = low;
    this.#high[group] = high;
    this.#examples[group] = example;
    this.#table[place] = group + 1;
    return group;
  }
}
