import { type ExportProgress, type SkippedLine, skipped } from '../export/exportPart.js';
import { type ExportInput, type LabeledObject, labeledObjects } from '../export/labeledObjects.js';
import { safeName } from '../export/fileNames.js';
import { growableBytes } from '../manifest/growable.js';
import { textHash } from '../textHash.js';
import { apportionStrata } from './apportion.js';
import { SourceGroups } from './sourceGroups.js';

export interface SplitOptions {
  /** Such as `train`, `validation` and `test`. Shares count against each other: 8, 1 and 1 are as good as 0.8, 0.1, 0.1. */
  readonly parts: readonly SplitPart[];
  /** Another whole number is another split; the same is the same split, on every machine. */
  readonly seed: number;
}

export interface SplitPart {
  /** Also of the part's files: it must be a name that every file system takes. */
  readonly name: string;
  readonly share: number;
}

export interface SplitPlan {
  readonly parts: readonly string[];
  /** The name of the part that a line of the manifest belongs to; `undefined` for a line that has none. */
  partOf(line: number): string | undefined;
  /** How many lines each part has, in the order of the parts. */
  readonly lines: readonly number[];
  /** How many lines each part has whose source has the class; one with several classes counts for each of them. */
  readonly classes: readonly { readonly name: string; readonly lines: readonly number[] }[];
}

/**
 * Deals the labeled lines of a manifest out to parts, class by class:
 *
 * - All lines of a source belong to the same part, so that no part is tested with what another has learned.
 * - The sources of a class are dealt out by the largest remainder: each part has its share of them, rounded down or up.
 *   The totals of the parts are right to the one as well.
 * - A source with several classes (multi-label, boxes, spans) counts as one of its rarest class: that class is the one
 *   which chance alone would deal out worst. Sources without a class are dealt out among themselves.
 * - Which source goes where depends on the source and the seed alone, and not on the order of the lines; when lines are
 *   added, most of the others stay where they are.
 *
 * Lines without a label, and those that are no JSON Lines, have no part: `report` is told why. Of a line some tens of bytes stay in memory.
 */
export async function planSplit(
  input: ExportInput,
  options: SplitOptions,
  report: (event: SkippedLine | ExportProgress) => void,
  signal: AbortSignal,
): Promise<SplitPlan> {
  checkParts(options.parts);
  const groups = new SourceGroups(options.seed);
  const lines: LabeledLine[] = [];
  for await (const object of labeledObjects(input, { pass: 1, passes: 1 }, signal)) {
    if (object.kind === 'labeled' && object.flaw) {
      report(skipped(object.line, object.flaw)); // As it is, it would break the manifest of its part.
    } else if (object.kind === 'labeled') {
      lines.push({ line: object.line, group: groups.add(object.source, classNamesOf(object)) });
    } else {
      report(object);
    }
  }
  return planOf(options.parts, lines, groups, partOfGroups(groups, options));
}

interface LabeledLine {
  readonly line: number;
  readonly group: number;
}

function checkParts(parts: readonly SplitPart[]): void {
  const names = new Set(parts.map(({ name }) => name.toLowerCase()));
  const areNames = parts.every(({ name }) => safeName(name) === name);
  const areShares = parts.every(({ share }) => share >= 0 && Number.isFinite(share));
  if (!areNames || !areShares || names.size < parts.length || !parts.some(({ share }) => share > 0)) {
    throw new RangeError(
      'The parts of a split must have names of their own, and shares that are more than 0 together.',
    );
  }
}

function classNamesOf({ label }: LabeledObject): readonly string[] {
  switch (label.form) {
    case 'class':
    case 'classes':
      return label.classes.map(({ name }) => name);
    case 'marks':
      return label.marks.map(({ name }) => name);
    case 'mask':
      return label.colors.map(({ name }) => name);
    case 'spans':
      return label.spans.map(({ name }) => name);
    case 'other':
      return [];
  }
}

/** The part of each group, by its place. */
function partOfGroups(groups: SourceGroups, { parts, seed }: SplitOptions): Uint8Array {
  const strata = strataOf(groups, seed);
  const counts = apportionStrata(
    strata.map(({ length }) => length),
    parts.map(({ share }) => share),
  );
  const partOf = new Uint8Array(groups.count);
  for (const [index, stratum] of strata.entries()) {
    const order = stratum.toSorted((a, b) => groups.orderOf(a) - groups.orderOf(b));
    let at = 0;
    for (const [part, count] of (counts[index] ?? []).entries()) {
      for (const group of order.slice(at, at + count)) {
        partOf[group] = part;
      }
      at += count;
    }
  }
  return partOf;
}

/** The groups by their rarest class, in an order of the classes that depends on their names and the seed. */
function strataOf(groups: SourceGroups, seed: number): readonly (readonly number[])[] {
  const names = groups.classNames;
  const counts = new Uint32Array(names.length);
  for (let group = 0; group < groups.count; group += 1) {
    for (const id of groups.classesOf(group)) {
      counts[id] = (counts[id] ?? 0) + 1;
    }
  }
  const orders = names.map((name) => textHash(name, seed));
  const isRarer = (a: number, b: number): boolean =>
    counts[a] === counts[b] ? (orders[a] ?? 0) < (orders[b] ?? 0) : (counts[a] ?? 0) < (counts[b] ?? 0);
  const strata = new Map<number, number[]>();
  for (let group = 0; group < groups.count; group += 1) {
    const classes = groups.classesOf(group);
    const rarest = classes.reduce((found, id) => (found === none || isRarer(id, found) ? id : found), none);
    const stratum = strata.get(rarest);
    if (stratum) {
      stratum.push(group);
    } else {
      strata.set(rarest, [group]);
    }
  }
  return [...strata].toSorted(([a], [b]) => (orders[a] ?? 0) - (orders[b] ?? 0)).map(([, stratum]) => stratum);
}

/** The class of those that have none. */
const none = -1;

function planOf(
  parts: readonly SplitPart[],
  labeled: readonly LabeledLine[],
  groups: SourceGroups,
  partOfGroup: Uint8Array,
): SplitPlan {
  /** One more than the part's place; 0 for a line that has none. */
  const partOfLine = growableBytes();
  const lines = parts.map(() => 0);
  const classes = groups.classNames.map((name) => ({ name, lines: parts.map(() => 0) }));
  for (const { line, group } of labeled) {
    const part = partOfGroup[group] ?? 0;
    partOfLine.ensure(line + 1);
    partOfLine.data[line] = part + 1;
    lines[part] = (lines[part] ?? 0) + 1;
    for (const id of groups.classesOf(group)) {
      const counts = classes[id]?.lines;
      if (counts) {
        counts[part] = (counts[part] ?? 0) + 1;
      }
    }
  }
  const names = parts.map(({ name }) => name);
  return { parts: names, lines, classes, partOf: (line) => names[(partOfLine.data[line] ?? 0) - 1] };
}
