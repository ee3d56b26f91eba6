import type { LineEstimates } from '../consolidation/wholeJob/jobAnalysis.js';
import type { AttributeColumns } from './attributeColumns.js';
import { firstList, labelState } from './labelCodes.js';
import { lineKind, type ManifestColumns } from './manifestColumns.js';
import { isComputed } from './confidence.js';
import { matchSources } from './sourceMatcher.js';
import { KeptSourceOrder } from './keptSourceOrder.js';
import { sortedByNumber, sortedByRank } from './rankOrder.js';

/** Which lines are shown, and in which order. What is about labels is about those of `attribute`. */
export interface RowQuery {
  readonly attribute: string | undefined;
  readonly filter: RowFilter;
  readonly sort: RowSort;
}

export interface RowFilter {
  /** Any of these classes; none: all lines. */
  readonly classes: readonly string[];
  /** Both inclusive; only labels whose confidence was computed are in any range. */
  readonly confidence: { readonly from: number; readonly to: number } | undefined;
  /** Any of these states; none: all lines. */
  readonly states: readonly LabelStateName[];
  /** Part of the source or of a class, whatever its case. */
  readonly text: string;
  /** Look for the text in whole lines instead, as `WholeLineText` does: in all that stands in them. */
  readonly inWholeLines?: boolean | undefined;
  /** When the label was made, in milliseconds since 1970: from the one on, and before the other. */
  readonly createdAt?: TimeRange | undefined;
  /** Labels of any of these jobs. */
  readonly jobs?: readonly string[] | undefined;
  /** Labels that failed for any of these reasons, in the words of `failureGroup`. */
  readonly failures?: readonly string[] | undefined;
  /** Any of these sources, letter by letter. */
  readonly sources?: readonly string[] | undefined;
  /** Only lines whose source another line has too. */
  readonly isRepeated?: boolean | undefined;
}

interface TimeRange {
  readonly from: number;
  readonly to: number;
}

export type LabelStateName = keyof typeof labelState;

export interface RowSort {
  /** By `estimate`: by how sure the whole job's estimate is; the order of the file where there is none. */
  readonly by: 'line' | 'source' | 'class' | 'confidence' | 'created' | 'estimate';
  readonly isDescending: boolean;
}

/** What is known besides the columns. */
interface Known {
  readonly estimates?: LineEstimates | undefined;
  /** Of what no column says. */
  readonly tests?: readonly LineTest[];
  /** The order of all lines by source, where somebody keeps it. */
  readonly sourceOrder?: KeptSourceOrder;
  /** The lines that have the text of the filter, in their order, where it is about whole lines. */
  readonly found?: Uint32Array | undefined;
}

/** The numbers of the lines to show. */
export function arrange(
  columns: ManifestColumns,
  { attribute: name, filter, sort }: RowQuery,
  { estimates, tests = [], sourceOrder = new KeptSourceOrder(), found }: Known = {},
): Uint32Array {
  const attribute = columns.attributes.find((candidate) => candidate.name === name);
  const allTests = [...tests, ...columnTests(columns, attribute, filter)];
  const all = found ? objectsAmong(found, columns) : objectLines(columns);
  // One test after the other, each in a loop of its own, is faster than all of them line by line.
  const lines = allTests.reduce(narrowed, all);
  switch (sort.by) {
    case 'estimate':
      return sortedByRank(lines, estimateRanks(lines, estimates), sort.isDescending);
    case 'source': {
      const sorted = sourceOrder.sorted(lines, columns, found !== undefined || allTests.length > 0);
      return sort.isDescending ? sorted.toReversed() : sorted;
    }
    default:
      return sortLines(lines, attribute, { ...sort, by: sort.by });
  }
}

/** The lines in which the objects begin that some of `lines` belong to. */
function objectsAmong(lines: Uint32Array, columns: ManifestColumns): Uint32Array {
  const kinds = columns.kinds.data;
  const found = new Uint32Array(lines.length);
  let count = 0;
  for (let place = 0; place < lines.length; place++) {
    let line = lines[place] ?? 0;
    if (line >= columns.lines) {
      break; // It is still to be scanned.
    }
    while (line > 0 && kinds[line] === lineKind.continuation) {
      line--;
    }
    if (isObject(kinds[line]) && (count === 0 || found[count - 1] !== line)) {
      found[count++] = line;
    }
  }
  return found.slice(0, count);
}

/** The lines of all objects, in the order of the file. */
export function objectLines(columns: ManifestColumns): Uint32Array {
  const kinds = columns.kinds.data;
  const found = new Uint32Array(columns.lines);
  let count = 0;
  for (let line = 0; line < columns.lines; line++) {
    if (isObject(kinds[line])) {
      found[count++] = line;
    }
  }
  return count === found.length ? found : found.slice(0, count);
}

function isObject(kind: number | undefined): boolean {
  return kind === lineKind.object || kind === lineKind.text || kind === lineKind.noSource;
}

function narrowed(lines: Uint32Array, isWanted: LineTest): Uint32Array {
  let count = 0;
  const found = new Uint32Array(lines.length);
  // By place: an iterator would be most of the time.
  for (let place = 0; place < lines.length; place++) {
    const line = lines[place] ?? 0;
    if (isWanted(line)) {
      found[count++] = line;
    }
  }
  return found.slice(0, count);
}

export type LineTest = (line: number) => boolean;

function columnTests(columns: ManifestColumns, attribute: AttributeColumns | undefined, filter: RowFilter): LineTest[] {
  const tests: LineTest[] = [];
  if (filter.states.length > 0) {
    const wanted = new Set<number>(filter.states.map((state) => labelState[state]));
    tests.push((line) => wanted.has(attribute?.states.data[line] ?? labelState.unlabeled));
  }
  if (filter.classes.length > 0 || filter.confidence) {
    tests.push(labelTest(attribute, filter));
  }
  const text = filter.inWholeLines === true ? '' : filter.text.trim().toLowerCase();
  if (text !== '') {
    const isInSource = matchSources(columns, text);
    const classes = attribute?.classNames.texts.filter((name) => name.toLowerCase().includes(text)) ?? [];
    const isInClass = classes.length > 0 ? labelTest(attribute, { classes, confidence: undefined }) : undefined;
    tests.push(isInClass ? (line) => isInSource[line] === 1 || isInClass(line) : (line) => isInSource[line] === 1);
  }
  const { createdAt } = filter;
  if (createdAt) {
    tests.push((line) => {
      const time = attribute?.creationTimes.data[line] || Number.NaN;
      return time >= createdAt.from && time < createdAt.to;
    });
  }
  return tests;
}

/** Whether one label of the line has both: one of the classes, and a confidence in the range. */
function labelTest(
  attribute: AttributeColumns | undefined,
  { classes, confidence }: Pick<RowFilter, 'classes' | 'confidence'>,
): LineTest {
  if (!attribute) {
    return () => false;
  }
  const wanted = new Set(classes);
  const isWanted = Uint8Array.from(attribute.classNames.texts, (name) => (wanted.has(name) ? 1 : 0));
  const fits = (id: number, value: number, isMachine: boolean) =>
    (classes.length === 0 || isWanted[id] === 1) &&
    (!confidence || (isComputed(value, isMachine) && value >= confidence.from && value <= confidence.to));
  const places = attribute.classes.data;
  const states = attribute.states.data;
  const confidences = attribute.confidences.data;
  return (line) => {
    const place = places[line] ?? 0;
    if (place === 0) {
      return false;
    }
    if (place < firstList && !confidence) {
      return isWanted[place - 1] === 1; // What is asked for most, and of most lines.
    }
    const isMachine = states[line] === labelState.machine;
    if (place < firstList) {
      return fits(place - 1, confidences[line] ?? Number.NaN, isMachine);
    }
    const start = place - firstList;
    for (let at = start + 1; at <= start + (attribute.lists.data[start] ?? 0); at++) {
      if (fits(attribute.lists.data[at] ?? 0, attribute.listConfidences.data[at] ?? Number.NaN, isMachine)) {
        return true;
      }
    }
    return false;
  };
}

function sortLines(
  lines: Uint32Array,
  attribute: AttributeColumns | undefined,
  { by, isDescending }: { readonly by: Exclude<RowSort['by'], 'estimate' | 'source'>; readonly isDescending: boolean },
): Uint32Array {
  switch (by) {
    case 'line':
      return isDescending ? lines.toReversed() : lines;
    case 'class':
      return attribute ? sortByClass(lines, attribute, isDescending) : lines;
    case 'confidence':
      return attribute ? sortedByRank(lines, confidenceRanks(lines, attribute), isDescending) : lines;
    case 'created':
      return attribute
        ? sortedByRank(
            lines,
            ranksOf(lines, (line) => attribute.creationTimes.data[line] || Number.NaN),
            isDescending,
          )
        : lines;
  }
}

function ranksOf(lines: Uint32Array, rankOf: (line: number) => number): Float64Array {
  const ranks = new Float64Array(lines.length);
  for (let place = 0; place < lines.length; place++) {
    ranks[place] = rankOf(lines[place] ?? 0);
  }
  return ranks;
}

/** By the first class of each line; lines without one come last in either direction. */
function sortByClass(lines: Uint32Array, attribute: AttributeColumns, isDescending: boolean): Uint32Array {
  const { texts } = attribute.classNames; // So few that their numbers have 16 bits.
  const alphabetical = Array.from(texts.keys()).toSorted((a, b) => {
    const [one = '', other = ''] = [texts[a], texts[b]];
    return one < other ? -1 : Number(one > other);
  });
  const noClass = texts.length;
  const places = attribute.classes.data;
  const lists = attribute.lists.data;
  const numbers = new Uint16Array(lines.length);
  for (let at = 0; at < lines.length; at++) {
    const place = places[lines[at] ?? 0] ?? 0;
    const id = place < firstList ? place - 1 : (lists[place - firstList + 1] ?? noClass);
    numbers[at] = id >= 0 && id < noClass ? id : noClass; // There may be one of more classes than are told apart.
  }
  return sortedByNumber(
    lines,
    numbers,
    Uint16Array.of(...(isDescending ? alphabetical.toReversed() : alphabetical), noClass),
  );
}

function confidenceRanks(lines: Uint32Array, attribute: AttributeColumns): Float64Array {
  const states = attribute.states.data;
  const confidences = attribute.confidences.data;
  const ranks = new Float64Array(lines.length);
  for (let place = 0; place < lines.length; place++) {
    const line = lines[place] ?? 0;
    const state = states[line] ?? labelState.unlabeled;
    const value = confidences[line] ?? Number.NaN;
    const isRanked = state !== labelState.unlabeled && isComputed(value, state === labelState.machine);
    ranks[place] = isRanked ? value : Number.NaN;
  }
  return ranks;
}

function estimateRanks(lines: Uint32Array, estimates: LineEstimates | undefined): Float64Array {
  return ranksOf(lines, (line) =>
    (estimates?.labels[line] ?? -1) === -1 ? Number.NaN : (estimates?.confidences[line] ?? Number.NaN),
  );
}
