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
  const { statuses } = columns;
  for (let entry = 0; entry < statuses.length; entry++) {
    const value = statuses[entry] ?? 0;
    counts[value] = (counts[value] ?? 0) + 1;
  }
  const cells = countCells(columns, pairs);
  const perCategory = new Float64Array(columns.categories.count);
  for (const { here, there, pairs: count } of cells) {
    perCategory[here] = (perCategory[here] ?? 0) + count;
    perCategory[there] = (perCategory[there] ?? 0) + count;
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
    ...shownCells(columns, shown, cells),
  };
}

/** A table with so many places is small; there are hardly ever more. */
const mostPlaces = 1 << 18;

/** How many pairs say what here and what there, by the numbers of their categories, in the order of their lines. */
function countCells({ statuses, here, there, categories }: ComparedColumns, { thereOf }: SourcePairs) {
  const { count } = categories;
  const cells: { readonly here: number; readonly there: number; pairs: number; changed: number }[] = [];
  const places = count * count <= mostPlaces ? placesInTable(count * count) : placesInMap();
  for (let line = 0; line < thereOf.length; line++) {
    const pair = thereOf[line] ?? unpaired;
    const value = statuses[line];
    if (pair === unpaired || (value !== status.same && value !== status.changed)) {
      continue;
    }
    const own = here[line] ?? 0;
    const other = there[pair] ?? 0;
    const key = own * count + other;
    const cell = cells[places.get(key)];
    if (cell) {
      cell.pairs += 1;
      cell.changed += value === status.changed ? 1 : 0;
    } else {
      places.set(key, cells.length);
      cells.push({ here: own, there: other, pairs: 1, changed: value === status.changed ? 1 : 0 });
    }
  }
  return cells;
}

interface Places {
  /** The place of what has this key; -1 where it has none yet. */
  get(key: number): number;
  set(key: number, place: number): void;
}

function placesInTable(keys: number): Places {
  const table = new Int32Array(keys).fill(-1);
  return { get: (key) => table[key] ?? -1, set: (key, place) => void (table[key] = place) };
}

function placesInMap(): Places {
  const map = new Map<number, number>();
  return { get: (key) => map.get(key) ?? -1, set: (key, place) => void map.set(key, place) };
}

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

function shownCells(
  columns: ComparedColumns,
  shown: readonly number[],
  counted: readonly ComparedCell[],
): Pick<Summary, 'categories' | 'cells'> {
  const places = new Map(shown.map((id, place) => [id, place]));
  const rest = shown.length;
  const cells = new Map<number, ComparedCell>();
  for (const { pairs, changed, ...ids } of counted) {
    const here = places.get(ids.here) ?? rest;
    const there = places.get(ids.there) ?? rest;
    const known = cells.get(here * (rest + 1) + there) ?? { here, there, pairs: 0, changed: 0 };
    cells.set(here * (rest + 1) + there, { ...known, pairs: known.pairs + pairs, changed: known.changed + changed });
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
