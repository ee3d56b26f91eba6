import type { AttributeColumns } from './attributeColumns.js';
import { firstList, labelState, otherClass } from './labelCodes.js';
import { objectLines, type RowQuery } from './arrangement.js';
import { type LabelTimes, labelTimes } from './labelTimes.js';
import type { ManifestColumns } from './manifestColumns.js';
import { binOf, confidenceBins, isComputed } from './confidence.js';
import { mostClasses, otherClasses } from './manifestSummary.js';

/** Of the labels of an attribute: in all lines, or in those alone that a query lets through, maybe by another one's. */
export interface BreakdownRequest {
  readonly attribute: string | undefined;
  readonly query: RowQuery;
  readonly of: 'all' | 'filtered';
}

/** What the labels of one attribute say, broken down: plain data, small whatever the manifest's size. */
export interface Breakdown {
  /** How many lines it is of. */
  readonly objects: number;
  readonly states: { readonly [State in keyof typeof labelState]: number };
  /** The most frequent ones first. */
  readonly classes: readonly ClassBreakdown[];
  readonly moreClasses: number;
  readonly times: LabelTimes | undefined;
  /** Labels that do not say when they were made. */
  readonly untimed: number;
}

/** Who has labeled: confidences of different kinds must not be compared. */
type Annotator = 'human' | 'machine' | 'unstated';

interface ClassBreakdown {
  readonly name: string;
  readonly human: ConfidenceSpread;
  readonly machine: ConfidenceSpread;
  readonly unstated: ConfidenceSpread;
}

interface ConfidenceSpread {
  /** How many labels: a picture with three boxes of a class counts three times. */
  readonly labels: number;
  /** Those whose confidence is 0 because one worker gives none. */
  readonly notComputed: number;
  /** How many have a confidence in each of the `confidenceBins` parts of 0 to 1. */
  readonly bins: readonly number[];
}

const annotators: readonly Annotator[] = ['human', 'machine', 'unstated'];

/** Of all lines, or of `lines` alone. */
export function breakDown(
  columns: ManifestColumns,
  name: string | undefined,
  lines: Uint32Array | undefined,
): Breakdown {
  const attribute = columns.attributes.find((candidate) => candidate.name === name);
  const shown = lines ?? objectLines(columns);
  const states = { unlabeled: 0, human: 0, machine: 0, failed: 0, unstated: 0 };
  if (!attribute) {
    const unlabeled = shown.length;
    return {
      objects: unlabeled,
      states: { ...states, unlabeled },
      classes: [],
      moreClasses: 0,
      times: undefined,
      untimed: 0,
    };
  }
  const tally = new Tally(attribute);
  const perState = new Uint32Array(5);
  const stateOf = attribute.states.data;
  const timeOf = attribute.creationTimes.data;
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  let untimed = 0;
  // By place: an iterator would be most of the time.
  for (let place = 0; place < shown.length; place++) {
    const line = shown[place] ?? 0;
    const state = stateOf[line] ?? labelState.unlabeled;
    perState[state] = (perState[state] ?? 0) + 1;
    if (state === labelState.unlabeled || state === labelState.failed) {
      continue;
    }
    const time = timeOf[line] ?? Number.NaN;
    untimed += Number.isNaN(time) ? 1 : 0;
    first = time < first ? time : first;
    last = time > last ? time : last;
    tally.add(line, state === labelState.human ? 0 : state === labelState.machine ? 1 : 2);
  }
  return {
    objects: shown.length,
    states: {
      unlabeled: perState[labelState.unlabeled] ?? 0,
      human: perState[labelState.human] ?? 0,
      machine: perState[labelState.machine] ?? 0,
      failed: perState[labelState.failed] ?? 0,
      unstated: perState[labelState.unstated] ?? 0,
    },
    ...tally.classes(),
    times: labelTimes(attribute, shown, { first, last }),
    untimed,
  };
}

/** Counts labels by class, annotator and confidence. The last class is for those that no longer fitted the dictionary. */
class Tally {
  readonly #attribute: AttributeColumns;
  readonly #places: Uint32Array;
  readonly #confidences: Float64Array;
  readonly #classes: number;
  readonly #labels: Uint32Array;
  readonly #notComputed: Uint32Array;
  readonly #bins: Uint32Array;

  constructor(attribute: AttributeColumns) {
    this.#attribute = attribute;
    this.#places = attribute.classes.data;
    this.#confidences = attribute.confidences.data;
    this.#classes = attribute.classNames.size + 1;
    const slots = this.#classes * annotators.length;
    this.#labels = new Uint32Array(slots);
    this.#notComputed = new Uint32Array(slots);
    this.#bins = new Uint32Array(slots * confidenceBins);
  }

  add(line: number, annotator: number): void {
    const place = this.#places[line] ?? 0;
    if (place === 0) {
      return;
    }
    if (place < firstList) {
      this.#addLabel(place - 1, annotator, this.#confidences[line] ?? Number.NaN);
      return;
    }
    const { lists, listConfidences } = this.#attribute;
    const start = place - firstList;
    const end = start + (lists.data[start] ?? 0);
    for (let at = start + 1; at <= end; at++) {
      this.#addLabel(lists.data[at] ?? 0, annotator, listConfidences.data[at] ?? Number.NaN);
    }
  }

  #addLabel(id: number, annotator: number, confidence: number): void {
    const slot = (id === otherClass ? this.#classes - 1 : id) * annotators.length + annotator;
    this.#labels[slot] = (this.#labels[slot] ?? 0) + 1;
    if (Number.isNaN(confidence)) {
      return;
    }
    if (isComputed(confidence, annotator === 1)) {
      const bin = slot * confidenceBins + binOf(confidence);
      this.#bins[bin] = (this.#bins[bin] ?? 0) + 1;
    } else {
      this.#notComputed[slot] = (this.#notComputed[slot] ?? 0) + 1;
    }
  }

  classes(): Pick<Breakdown, 'classes' | 'moreClasses'> {
    const all = Array.from({ length: this.#classes }, (_, id) => ({ id, labels: this.#sum(id) }))
      .filter(({ labels }) => labels > 0)
      .toSorted((a, b) => b.labels - a.labels || a.id - b.id);
    return {
      classes: all.slice(0, mostClasses).map(({ id }) => ({
        name: id < this.#classes - 1 ? this.#attribute.classNames.textOf(id) : otherClasses,
        human: this.#spread(id, 0),
        machine: this.#spread(id, 1),
        unstated: this.#spread(id, 2),
      })),
      moreClasses: Math.max(0, all.length - mostClasses),
    };
  }

  #sum(id: number): number {
    return annotators.reduce((sum, _, annotator) => sum + (this.#labels[id * annotators.length + annotator] ?? 0), 0);
  }

  #spread(id: number, annotator: number): ConfidenceSpread {
    const slot = id * annotators.length + annotator;
    return {
      labels: this.#labels[slot] ?? 0,
      notComputed: this.#notComputed[slot] ?? 0,
      bins: [...this.#bins.subarray(slot * confidenceBins, (slot + 1) * confidenceBins)],
    };
  }
}
