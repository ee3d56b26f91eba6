import type { AttributeColumns } from './attributeColumns.js';
import { labelState } from './labelCodes.js';
import type { AttributeTally, ConfidenceSummary } from './attributeTally.js';
import type { ManifestColumns } from './manifestColumns.js';

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

export const mostClasses = 200;

export function summarize(columns: ManifestColumns): ManifestSummary {
  const { lines, objects } = columns;
  return {
    objects,
    hasTexts: columns.hasTexts,
    hasCutTexts: columns.hasCutTexts,
    hasMoreAttributes: columns.hasMoreAttributes,
    attributes: columns.attributes.map((attribute) => summarizeAttribute(attribute, lines, objects)),
  };
}

function summarizeAttribute(attribute: AttributeColumns, lines: number, objects: number): AttributeSummary {
  const tally = attribute.tallied(lines);
  const states = {
    human: tally.linesIn(labelState.human),
    machine: tally.linesIn(labelState.machine),
    failed: tally.linesIn(labelState.failed),
    unstated: tally.linesIn(labelState.unstated),
  };
  return {
    name: attribute.name,
    types: attribute.typeNames.texts.filter((type) => type !== ''),
    jobNames: attribute.jobNames.texts.filter((job) => job !== ''),
    ...states,
    unlabeled: Object.values(states).reduce((left, labeled) => left - labeled, objects),
    ...classesIn(tally, attribute),
    confidence: tally.confidence,
    createdAt: tally.createdAt,
  };
}

function classesIn(
  tally: AttributeTally,
  { classNames }: AttributeColumns,
): Pick<AttributeSummary, 'classes' | 'moreClasses'> {
  const ids: readonly (number | undefined)[] = [...Array(classNames.size).keys(), undefined];
  const all = ids
    .map((id) => ({ id, labels: tally.labelsOf(id) }))
    .filter(({ labels }) => labels > 0)
    .toSorted((a, b) => b.labels - a.labels); // Those of the same size stay as they were first seen.
  return {
    classes: all.slice(0, mostClasses).map(({ id, labels }) => ({
      name: id === undefined ? otherClasses : classNames.textOf(id),
      labels,
      bins: tally.binsOf(id),
    })),
    moreClasses: Math.max(0, all.length - mostClasses),
  };
}

/** What classes are called together that no longer fitted the dictionary. */
export const otherClasses = '…';
