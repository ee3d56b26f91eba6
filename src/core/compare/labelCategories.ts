import type { AttributeColumns } from '../manifest/attributeColumns.js';
import { firstList, labelState, otherClass } from '../manifest/labelCodes.js';

/** What a label says, as a number: one of these, or a set of classes. */
export const category = { unlabeled: 0, failed: 1, noClass: 2, rest: 3 } as const;

const firstSet = 4;
/** Nobody looks through more; of the rest, labels are compared one by one. */
const mostSets = 5_000;

/** The sets of classes that labels of both sides have, in the order in which they were first seen. */
export class LabelCategories {
  readonly #ids = new Map<string, number>();
  readonly #sets: (readonly string[])[] = [];

  get count(): number {
    return firstSet + this.#sets.length;
  }

  idOf(names: readonly string[]): number {
    const set = [...new Set(names)].toSorted();
    const key = JSON.stringify(set);
    const known = this.#ids.get(key);
    if (known !== undefined || this.#sets.length >= mostSets) {
      return known ?? category.rest;
    }
    const id = this.count;
    this.#ids.set(key, id);
    this.#sets.push(set);
    return id;
  }

  /** `undefined` for a number that is no set of classes. */
  namesOf(id: number): readonly string[] | undefined {
    return this.#sets[id - firstSet];
  }
}

/** Labels of these types are their classes, and nothing else. */
const plainType = /^groundtruth\/(?:(?:image|text)-classification(?:-multilabel)?|label-verification)$/iu;
const multiLabelType = /-multilabel$/iu;

/** How labels are compared of which the classes are all; at 0 is what such labels are not. */
export const plainRules = [undefined, 'class', 'classes'] as const;

function ruleOfType(type: string): number {
  return plainType.test(type) ? plainRules.indexOf(multiLabelType.test(type) ? 'classes' : 'class') : 0;
}

/** What the labels of one attribute say, from columns alone. */
export class LabelReader {
  readonly #attribute: AttributeColumns | undefined;
  readonly #categories: LabelCategories;
  /** By class; 0 where it is not known yet. */
  readonly #ofClass: Uint32Array;
  readonly #ofList = new Map<string, number>();
  /** By type: the place in `plainRules`. */
  readonly #rules: Uint8Array;

  constructor(attribute: AttributeColumns | undefined, categories: LabelCategories) {
    this.#attribute = attribute;
    this.#categories = categories;
    this.#ofClass = new Uint32Array(attribute?.classNames.size ?? 0);
    this.#rules = Uint8Array.from(attribute?.typeNames.texts ?? [], ruleOfType);
  }

  /** Of each of so many lines. */
  categories(lines: number): Uint16Array {
    const found = new Uint16Array(lines);
    const states = this.#attribute?.states.data ?? new Uint8Array(0);
    const classes = this.#attribute?.classes.data ?? new Uint32Array(0);
    const ofClass = this.#ofClass;
    const labeled = Math.min(lines, states.length);
    for (let line = 0; line < labeled; line++) {
      const state = states[line];
      if (state === labelState.failed) {
        found[line] = category.failed;
      } else if (state !== labelState.unlabeled) {
        const place = classes[line] ?? 0;
        found[line] = (place < firstList && ofClass[place - 1]) || this.#classesAt(place);
      }
    }
    return found;
  }

  /** How a label of which the classes are all is compared, as its place in `plainRules`; 0 for one that must be read. */
  plainRule(line: number): number {
    return this.#rules[this.#attribute?.types.data[line] ?? 0] ?? 0;
  }

  #classesAt(place: number): number {
    if (place === 0) {
      return category.noClass;
    }
    return place < firstList ? this.#ofOne(place - 1) : this.#ofSeveral(place - firstList);
  }

  #ofOne(id: number): number {
    const known = this.#ofClass[id] ?? 0;
    if (known > 0 || id === otherClass) {
      return id === otherClass ? category.rest : known;
    }
    const found = this.#categories.idOf([this.#nameOf(id)]);
    this.#ofClass[id] = found;
    return found;
  }

  #ofSeveral(start: number): number {
    const lists = this.#attribute?.lists.data ?? new Uint32Array(0);
    const ids = lists.subarray(start + 1, start + 1 + (lists[start] ?? 0));
    const key = ids.join(' ');
    const known = this.#ofList.get(key);
    if (known !== undefined) {
      return known;
    }
    const found = ids.includes(otherClass)
      ? category.rest
      : this.#categories.idOf(Array.from(ids, (id) => this.#nameOf(id)));
    this.#ofList.set(key, found);
    return found;
  }

  #nameOf(id: number): string {
    return this.#attribute?.classNames.textOf(id) ?? '';
  }
}
