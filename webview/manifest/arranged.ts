import type { RowFilter, RowQuery, RowSort } from '../../src/core/manifest/arrangement.js';
import type { RowLook } from '../../src/protocol/manifestEditor.js';
import type { ScannedSummary } from '../../src/core/manifest/manifestScan.js';
import type { AttributeSummary } from '../../src/core/manifest/manifestSummary.js';
import { pageState } from '../shared/port.js';
import { noFilter } from './filterBar.js';
import type { ComparedList, ObjectList } from './objectList.js';

/** What the user arranged; it survives a reload of the window. */
export interface Arranged {
  readonly attribute?: string;
  readonly filter: RowFilter;
  readonly sort: RowSort;
  /** The place of the object that is open, among those of `compared` or, without it, among the rows. */
  readonly opened?: number;
  readonly compared?: ComparedList;
  /** The comparison that was chosen is there, and does not come back by itself. */
  readonly isComparisonLeft?: boolean;
  readonly active: number;
  readonly isReviewing: boolean;
  /** Absent until it is chosen here. */
  readonly look?: RowLook;
}

/** What rows can say an estimate of: the labels of one attribute, in one version of the manifest. */
export interface Estimated {
  readonly attribute: string;
  readonly version: string;
}

const untouched: Arranged = {
  isReviewing: false,
  filter: noFilter,
  sort: { by: 'line', isDescending: false },
  active: 0,
};

/** As it was before a reload. */
export function keptArranged(): Arranged {
  const kept = pageState.get() as Partial<Arranged> | undefined;
  return { ...untouched, ...kept };
}

export function keepArranged(arranged: Arranged): Arranged {
  pageState.set(arranged);
  return arranged;
}

/** The rows as they are arranged. Without an estimate, after a reload or in a manifest that has grown, it sorts nothing. */
export function arrangedQuery(
  { filter, sort }: Arranged,
  attribute: AttributeSummary | undefined,
  isEstimated: (attribute: string | undefined) => boolean,
): RowQuery {
  const name = attribute?.name;
  return { attribute: name, filter, sort: sort.by !== 'estimate' || isEstimated(name) ? sort : untouched.sort };
}

export function withOpened(arranged: Arranged, place: number): Arranged {
  return arranged.compared ? { ...arranged, opened: place } : { ...arranged, opened: place, active: place };
}

export function withoutOpened({ opened: _opened, compared: _compared, ...rest }: Arranged): Arranged {
  return rest;
}

/** What the object that is open stands among, and how many these are. */
export function openedList(
  { compared, opened = 0 }: Arranged,
  rows: { readonly query: RowQuery; readonly total: number | undefined },
): { readonly list: ObjectList; readonly total: number } {
  return compared
    ? { list: compared, total: compared.total }
    : { list: { kind: 'rows', query: rows.query }, total: rows.total ?? opened + 1 };
}

/** The attribute that was chosen, or else the one with the most labels: the last one of equal ones, a chained job's. */
export function selectedAttribute({ attributes }: ScannedSummary, arranged: Arranged): AttributeSummary | undefined {
  const most = Math.max(...attributes.map(labelsOf));
  return (
    attributes.find(({ name }) => name === arranged.attribute) ?? attributes.findLast((one) => labelsOf(one) === most)
  );
}

function labelsOf({ human, machine, unstated }: AttributeSummary): number {
  return human + machine + unstated;
}

/** What is arranged is meant for the attribute that is seen, whichever has the most labels later on. */
export function withSeen(arranged: Arranged, summary: ScannedSummary | undefined): Arranged {
  const seen = summary && selectedAttribute(summary, arranged)?.name;
  return seen === undefined ? arranged : { ...arranged, attribute: seen };
}
