import { type AttributeColumns, firstList, labelState, otherClass } from '../manifest/attributeColumns.js';

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

/** What the labels of one attribute say, from columns alone. */
export class LabelReader {
  readonly #attribute: AttributeColumns | undefined;
  readonly #categories: LabelCategories;
  /** By class; 0 where it is not known yet. */
  readonly #ofClass: Uint32Array;
  readonly #ofList = new Map<string, number>();
  readonly #isPlain: readonly boolean[];
  readonly #isMultiLabel: readonly boolean[];

  constructor(attribute: AttributeColumns | undefined, categories: LabelCategories) {
    this.#attribute = attribute;
    this.#categories = categories;
    this.#ofClass = new Uint32Array(attribute?.classNames.size ?? 0);
    const types = attribute?.typeNames.texts ?? [];
    this.#isPlain = types.map((type) => plainType.test(type));
    this.#isMultiLabel = types.map((type) => multiLabelType.test(type));
  }

  categoryOf(line: number): number {
    switch (this.#attribute?.states.data[line] ?? labelState.unlabeled) {
      case labelState.unlabeled:
        return category.unlabeled;
      case labelState.failed:
        return category.failed;
      default:
        return this.#classesOf(line);
    }
  }

  /** How a label of which the classes are all is compared; `undefined` for one that must be read. */
  plainRule(line: number): 'class' | 'classes' | undefined {
    const type = this.#attribute?.types.data[line] ?? 0;
    return this.#isPlain[type] === true ? (this.#isMultiLabel[type] === true ? 'classes' : 'class') : undefined;
  }

  #classesOf(line: number): number {
    const place = this.#attribute?.classes.data[line] ?? 0;
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
