import { type AttributeColumns, firstList, labelState, otherClass } from './attributeColumns.js';
import { lineKind, type ManifestColumns } from './manifestColumns.js';

/** What the whole manifest says: plain data, small whatever the manifest's size. */
export interface ManifestSummary {
  /** Lines that hold an object: what the list shows. */
  readonly objects: number;
  readonly hasTexts: boolean;
  /** Whether a search in texts sees only their beginnings. */
  readonly hasCutTexts: boolean;
  /** Whether there are more label attributes than `attributes` shows. */
  readonly hasMoreAttributes: boolean;
  readonly attributes: readonly AttributeSummary[];
}

export interface AttributeSummary {
  readonly name: string;
  readonly types: readonly string[];
  /** More than one: their confidences must not be compared. */
  readonly jobNames: readonly string[];
  readonly human: number;
  readonly machine: number;
  readonly failed: number;
  readonly unstated: number;
  readonly unlabeled: number;
  /** The most frequent ones first. */
  readonly classes: readonly ClassSummary[];
  /** How many classes are not in `classes`, because nobody could look at so many. */
  readonly moreClasses: number;
  readonly confidence: ConfidenceSummary;
  /** Milliseconds since 1970: the first and the last label. */
  readonly createdAt: { readonly first: number; readonly last: number } | undefined;
}

export interface ClassSummary {
  readonly name: string;
  /** How many labels: a picture with three boxes of a class counts three times. */
  readonly labels: number;
  /** How many labels have a confidence in each of the `confidenceBins` parts of 0 to 1. */
  readonly bins: readonly number[];
}

interface ConfidenceSummary {
  /** Labels with a confidence that was computed. */
  readonly computed: number;
  /** Labels with confidence 0 that no machine made: one worker gives no confidence. */
  readonly notComputed: number;
  readonly lowest: number;
  readonly highest: number;
  readonly mean: number;
}

export const confidenceBins = 20;
export const mostClasses = 200;

export function summarize(columns: ManifestColumns): ManifestSummary {
  const kinds = columns.kinds.data;
  let objects = 0;
  let hasTexts = false;
  for (let line = 0; line < columns.lines; line++) {
    const kind = kinds[line];
    objects += kind === lineKind.object || kind === lineKind.text || kind === lineKind.noSource ? 1 : 0;
    hasTexts ||= kind === lineKind.text;
  }
  return {
    objects,
    hasTexts,
    hasCutTexts: columns.hasCutTexts,
    hasMoreAttributes: columns.hasMoreAttributes,
    attributes: columns.attributes.map((attribute) => summarizeAttribute(attribute, columns.lines, objects)),
  };
}

function summarizeAttribute(attribute: AttributeColumns, lines: number, objects: number): AttributeSummary {
  const states = attribute.states.data;
  const tally = new Tally(attribute.classNames.size + 1);
  const perState = new Uint32Array(Object.keys(labelState).length);
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  const times = attribute.creationTimes.data;
  const end = Math.min(lines, states.length);
  for (let line = 0; line < end; line++) {
    const state = states[line] ?? 0;
    if (state !== labelState.unlabeled) {
      perState[state] = (perState[state] ?? 0) + 1;
      const createdAt = times[line] ?? Number.NaN;
      first = createdAt < first ? createdAt : first;
      last = createdAt > last ? createdAt : last;
    }
  }
  tally.add(attribute, end);
  const count = (state: number) => perState[state] ?? 0;
  const labeled = perState.reduce((sum, value) => sum + value, 0);
  return {
    name: attribute.name,
    types: attribute.typeNames.texts.filter((type) => type !== ''),
    jobNames: attribute.jobNames.texts.filter((job) => job !== ''),
    human: count(labelState.human),
    machine: count(labelState.machine),
    failed: count(labelState.failed),
    unstated: count(labelState.unstated),
    unlabeled: objects - labeled,
    ...tally.classes(attribute),
    confidence: tally.confidence(),
    createdAt: first <= last ? { first, last } : undefined,
  };
}

/** Counts labels by class and confidence. The last place is for classes that no longer fitted the dictionary. */
class Tally {
  readonly #labels: Uint32Array;
  readonly #bins: Uint32Array;
  #computed = 0;
  #notComputed = 0;
  #lowest = Number.POSITIVE_INFINITY;
  #highest = Number.NEGATIVE_INFINITY;
  #sum = 0;

  constructor(classes: number) {
    this.#labels = new Uint32Array(classes);
    this.#bins = new Uint32Array(classes * confidenceBins);
  }

  /** The labels of the first `end` lines. In a loop of its own, over what is looked up once: it is four times as fast. */
  add(attribute: AttributeColumns, end: number): void {
    const states = attribute.states.data;
    const places = attribute.classes.data;
    const confidences = attribute.confidences.data;
    const labels = this.#labels;
    const bins = this.#bins;
    let computed = 0;
    let sum = 0;
    let lowest = Number.POSITIVE_INFINITY;
    let highest = Number.NEGATIVE_INFINITY;
    for (let line = 0; line < end; line++) {
      const place = places[line] ?? 0;
      const state = states[line] ?? labelState.unlabeled;
      if (place === 0 || state === labelState.unlabeled) {
        continue;
      }
      const confidence = confidences[line] ?? Number.NaN;
      // All but what most lines have is counted one by one: lists, no confidence, and classes beyond the dictionary.
      if (place > otherClass || Number.isNaN(confidence) || confidence === 0) {
        this.#addOther(attribute, line, state === labelState.machine);
        continue;
      }
      labels[place - 1] = (labels[place - 1] ?? 0) + 1;
      computed++;
      sum += confidence;
      lowest = confidence < lowest ? confidence : lowest;
      highest = confidence > highest ? confidence : highest;
      const bin = (place - 1) * confidenceBins + binOf(confidence);
      bins[bin] = (bins[bin] ?? 0) + 1;
    }
    this.#computed += computed;
    this.#sum += sum;
    this.#lowest = Math.min(this.#lowest, lowest);
    this.#highest = Math.max(this.#highest, highest);
  }

  #addOther(attribute: AttributeColumns, line: number, isMachine: boolean): void {
    const place = attribute.classes.data[line] ?? 0;
    if (place < firstList) {
      this.#addLabel(place - 1, attribute.confidences.data[line] ?? Number.NaN, isMachine);
      return;
    }
    const start = place - firstList;
    const end = start + (attribute.lists.data[start] ?? 0);
    for (let at = start + 1; at <= end; at++) {
      this.#addLabel(attribute.lists.data[at] ?? 0, attribute.listConfidences.data[at] ?? Number.NaN, isMachine);
    }
  }

  #addLabel(id: number, confidence: number, isMachine: boolean): void {
    const slot = id === otherClass ? this.#labels.length - 1 : id;
    this.#labels[slot] = (this.#labels[slot] ?? 0) + 1;
    if (Number.isNaN(confidence)) {
      return;
    }
    if (!isComputed(confidence, isMachine)) {
      this.#notComputed++;
      return;
    }
    this.#computed++;
    this.#sum += confidence;
    this.#lowest = Math.min(this.#lowest, confidence);
    this.#highest = Math.max(this.#highest, confidence);
    const bin = slot * confidenceBins + binOf(confidence);
    this.#bins[bin] = (this.#bins[bin] ?? 0) + 1;
  }

  classes({ classNames }: AttributeColumns): Pick<AttributeSummary, 'classes' | 'moreClasses'> {
    const all = Array.from(this.#labels, (labels, id) => ({ id, labels }))
      .filter(({ labels }) => labels > 0)
      .toSorted((a, b) => b.labels - a.labels || a.id - b.id);
    return {
      classes: all.slice(0, mostClasses).map(({ id, labels }) => ({
        name: id < classNames.size ? classNames.textOf(id) : otherClasses,
        labels,
        bins: [...this.#bins.subarray(id * confidenceBins, (id + 1) * confidenceBins)],
      })),
      moreClasses: Math.max(0, all.length - mostClasses),
    };
  }

  confidence(): ConfidenceSummary {
    return {
      computed: this.#computed,
      notComputed: this.#notComputed,
      lowest: this.#computed > 0 ? this.#lowest : 0,
      highest: this.#computed > 0 ? this.#highest : 0,
      mean: this.#computed > 0 ? this.#sum / this.#computed : 0,
    };
  }
}

/** What classes are called together that no longer fitted the dictionary. */
export const otherClasses = '…';

/** AWS gives an answer of one worker the confidence 0, which says nothing; a machine's 0 is a real one. */
export function isComputed(confidence: number, isMachine: boolean): boolean {
  return confidence !== 0 || isMachine;
}

/** Which of the parts of 0 to 1 a confidence is in. */
export function binOf(confidence: number): number {
  // 0.95 * 20 is 18.999…; the small sum puts what people write with two decimals where they expect it.
  return Math.min(confidenceBins - 1, Math.max(0, Math.floor(confidence * confidenceBins + 1e-9)));
}
