import type { ComparedFilter } from '../../src/core/compare/manifestComparison.js';
import type { RowQuery } from '../../src/core/manifest/arrangement.js';
import type { ManifestRow } from '../../src/core/manifest/manifestRows.js';
import type { Client } from '../../src/protocol/channel.js';
import type { ManifestEditor } from '../../src/protocol/manifestEditor.js';

/** The objects that the one that is open stands among: what next and previous go through. */
export type ObjectList = { readonly kind: 'rows'; readonly query: RowQuery } | ComparedList;

/** Those of a comparison that are in this manifest: they come before those that are only in the other one. */
export interface ComparedList {
  readonly kind: 'compared';
  readonly filter: ComparedFilter;
  /** The label attribute that was compared. */
  readonly attribute: string | undefined;
  /** How many there are. */
  readonly total: number;
}

/** A property of this kind is another one only where it says something else: it is made anew with each drawing. */
export const listProperty = {
  attribute: false,
  hasChanged: (now?: ObjectList, before?: ObjectList) => !isSameList(now, before),
};

const whatIsListed: { readonly [Status in ComparedFilter['status']]: string } = {
  all: 'compared',
  same: 'that are the same',
  changed: 'changed',
  onlyHere: 'only here',
  onlyThere: 'only there',
  duplicates: 'duplicates',
  withoutSource: 'without source',
};

/** What is said behind their number; nothing of the rows. */
export function listedText(list: ObjectList): string {
  return list.kind === 'rows' ? '' : ` ${whatIsListed[list.filter.status]}`;
}

export function isSameList(a: ObjectList | undefined, b: ObjectList | undefined): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** The label attribute that the list is about. */
export function attributeOf(list: ObjectList): string | undefined {
  return list.kind === 'rows' ? list.query.attribute : list.attribute;
}

interface Range {
  readonly first: number;
  readonly count: number;
}

/** Rejects as the host does, in particular where nothing is compared any more. */
export async function readObjects(
  client: Client<ManifestEditor>,
  list: ObjectList,
  { first, count }: Range,
  signal?: AbortSignal,
): Promise<readonly ManifestRow[]> {
  if (list.kind === 'rows') {
    return (await client.call('rows.read', { query: list.query, first, count }, signal)).rows;
  }
  const { rows } = await client.call('compare.rows', { filter: list.filter, first, count }, signal);
  return rows.flatMap(({ here }) => here ?? []);
}

/** Where a line is among them; `undefined` where it is not one of them. */
export function placeIn(client: Client<ManifestEditor>, list: ObjectList, line: number): Promise<number | undefined> {
  return list.kind === 'rows'
    ? client.call('place.find', { query: list.query, line })
    : client.call('compare.place', { filter: list.filter, line });
}
