import type { LineSource } from '../manifest/lineReading.js';
import { textHash } from '../textHash.js';

/**
 * The lines of a manifest by their source: those of the same source are one group, which is never taken apart. Of each
 * group there is a number for its order, and which classes its lines have; of the texts themselves nothing is kept.
 */
export class SourceGroups {
  readonly #seed: number;
  readonly #groups = new Map<number, number>();
  readonly #orders: number[] = [];
  readonly #setOfGroup: number[] = [];
  readonly #classes = new Map<string, number>();
  /** Every combination of classes that is there. */
  readonly #sets: (readonly number[])[] = [];
  readonly #setIds = new Map<string, number>();

  constructor(seed: number) {
    this.#seed = seed;
  }

  get count(): number {
    return this.#orders.length;
  }

  get classNames(): readonly string[] {
    return [...this.#classes.keys()];
  }

  /** The group that the line belongs to. */
  add(source: LineSource, classNames: Iterable<string>): number {
    const text = `${source.kind} ${source.value}`;
    const hash = textHash(text);
    const known = this.#groups.get(hash);
    const group = known ?? this.count;
    const classes = new Set(known === undefined ? [] : this.classesOf(known));
    for (const name of classNames) {
      classes.add(this.#classId(name));
    }
    if (known === undefined) {
      this.#groups.set(hash, group);
      this.#orders.push(textHash(text, this.#seed));
    }
    this.#setOfGroup[group] = this.#setId(classes);
    return group;
  }

  /** By their place in `classNames`. */
  classesOf(group: number): readonly number[] {
    return this.#sets[this.#setOfGroup[group] ?? 0] ?? [];
  }

  /** Looks random, is the same for the same source and seed, and differs between sources. */
  orderOf(group: number): number {
    return this.#orders[group] ?? 0;
  }

  #classId(name: string): number {
    const id = this.#classes.get(name) ?? this.#classes.size;
    this.#classes.set(name, id);
    return id;
  }

  #setId(classes: ReadonlySet<number>): number {
    const sorted = [...classes].toSorted((a, b) => a - b);
    const key = sorted.join(' ');
    const id = this.#setIds.get(key) ?? this.#sets.length;
    if (id === this.#sets.length) {
      this.#setIds.set(key, id);
      this.#sets.push(sorted);
    }
    return id;
  }
}
