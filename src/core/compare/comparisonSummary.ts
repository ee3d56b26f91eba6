import { type ComparedColumns, status } from './comparedColumns.js';
import { category } from './labelCategories.js';
import type { ComparedCategory, ComparedCell, ComparisonResult } from './manifestComparison.js';
import { unpaired, type SourcePairs } from './sourcePairs.js';

/** More would be a table that nobody reads. */
const mostSets = 30;

type Summary = Omit<ComparisonResult, 'here' | 'there'>;

/** Counts what became of the lines, and gives the most frequent categories their places. */
export function summarizeComparison(columns: ComparedColumns, pairs: SourcePairs): Summary {
  const counts = new Uint32Array(Object.keys(status).length);
  const perCategory = new Float64Array(columns.categories.count);
  const pairsOf = new Map<number, { pairs: number; changed: number }>();
  for (const [entry, value] of columns.statuses.entries()) {
    counts[value] = (counts[value] ?? 0) + 1;
    const pair = entry < columns.hereLines ? (pairs.thereOf[entry] ?? unpaired) : unpaired;
    if (pair === unpaired || (value !== status.same && value !== status.changed)) {
      continue;
    }
    const here = columns.here[entry] ?? 0;
    const there = columns.there[pair] ?? 0;
    perCategory[here] = (perCategory[here] ?? 0) + 1;
    perCategory[there] = (perCategory[there] ?? 0) + 1;
    const key = here * mostCategories + there;
    const cell = pairsOf.get(key) ?? { pairs: 0, changed: 0 };
    cell.pairs += 1;
    cell.changed += value === status.changed ? 1 : 0;
    pairsOf.set(key, cell);
  }
  const shown = shownCategories(perCategory);
  columns.show(shown);
  const count = (value: number) => counts[value] ?? 0;
  return {
    same: count(status.same),
    changed: count(status.changed),
    onlyHere: count(status.onlyHere),
    onlyThere: count(status.onlyThere),
    rules: [...columns.rules],
    ...cellsOf(columns, shown, pairsOf),
  };
}

/** Numbers of categories have 16 bits. */
const mostCategories = 65_536;

/** The sets of classes by how often they occur; then what is no class. */
function shownCategories(perCategory: Float64Array): readonly number[] {
  const present = [...perCategory.keys()].filter((id) => (perCategory[id] ?? 0) > 0);
  const sets = present
    .filter((id) => id > category.rest)
    .toSorted((a, b) => (perCategory[b] ?? 0) - (perCategory[a] ?? 0) || a - b)
    .slice(0, mostSets);
  const others = [category.noClass, category.unlabeled, category.failed].filter((id) => present.includes(id));
  return [...sets, ...others];
}

function cellsOf(
  columns: ComparedColumns,
  shown: readonly number[],
  pairsOf: ReadonlyMap<number, { readonly pairs: number; readonly changed: number }>,
): Pick<Summary, 'categories' | 'cells'> {
  const places = new Map(shown.map((id, place) => [id, place]));
  const rest = shown.length;
  const cells = new Map<number, ComparedCell>();
  for (const [key, { pairs, changed }] of pairsOf) {
    const here = places.get(Math.floor(key / mostCategories)) ?? rest;
    const there = places.get(key % mostCategories) ?? rest;
    const known = cells.get(here * (rest + 1) + there) ?? { here, there, pairs: 0, changed: 0 };
    cells.set(here * (rest + 1) + there, {
      ...known,
      pairs: known.pairs + pairs,
      changed: known.changed + changed,
    });
  }
  const hasRest = [...cells.values()].some(({ here, there }) => here === rest || there === rest);
  const categories = shown.map((id): ComparedCategory => categoryOf(columns, id));
  return { categories: hasRest ? [...categories, { kind: 'rest' }] : categories, cells: [...cells.values()] };
}

function categoryOf({ categories }: ComparedColumns, id: number): ComparedCategory {
  switch (id) {
    case category.unlabeled:
      return { kind: 'unlabeled' };
    case category.failed:
      return { kind: 'failed' };
    case category.noClass:
      return { kind: 'noClass' };
    default:
      return { kind: 'classes', names: categories.namesOf(id) ?? [] };
  }
}
