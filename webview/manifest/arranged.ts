import type { RowFilter, RowSort } from '../../src/core/manifest/arrangement.js';
import type { RowLook } from '../../src/protocol/manifestEditor.js';
import type { ScannedSummary } from '../../src/core/manifest/manifestScan.js';
import type { AttributeSummary } from '../../src/core/manifest/manifestSummary.js';
import { pageState } from '../shared/port.js';
import { noFilter } from './filterBar.js';

/** What the user arranged; it survives a reload of the window. */
export interface Arranged {
  readonly attribute?: string;
  readonly filter: RowFilter;
  readonly sort: RowSort;
  readonly opened?: number;
  readonly active: number;
  /** Absent until it is chosen here. */
  readonly look?: RowLook;
}

/** What rows can say an estimate of: the labels of one attribute, in one version of the manifest. */
export interface Estimated {
  readonly attribute: string;
  readonly version: string;
}

export const untouched: Arranged = { filter: noFilter, sort: { by: 'line', isDescending: false }, active: 0 };

/** As it was before a reload. */
export function keptArranged(): Arranged {
  const kept = pageState.get() as Partial<Arranged> | undefined;
  return { ...untouched, ...kept };
}

export function keepArranged(arranged: Arranged): Arranged {
  pageState.set(arranged);
  return arranged;
}

/** The attribute that was chosen, or the one that was added last: a chained job's own. */
export function selectedAttribute({ attributes }: ScannedSummary, arranged: Arranged): AttributeSummary | undefined {
  return attributes.find(({ name }) => name === arranged.attribute) ?? attributes.at(-1);
}
