import { ComparedManifests } from '../../../../src/core/compare/comparedManifests.js';
import type {
  ComparedAttributes,
  ComparedFilter,
  ComparedRow,
  ComparisonResult,
} from '../../../../src/core/compare/manifestComparison.js';
import type { JsonObject } from '../../../../src/core/json.js';
import { never, scanned } from '../manifest/scanning.js';

export interface Compared {
  readonly result: ComparisonResult;
  readonly rows: (filter: ComparedFilter) => Promise<readonly ComparedRow[]>;
  readonly ofHere: (filter: ComparedFilter) => Promise<number>;
  readonly placeOf: (filter: ComparedFilter, line: number) => number | undefined;
}

/** Compares two manifests, each a text or the objects of its lines; without a second one, the first with itself. */
export async function compared(
  here: string | readonly JsonObject[],
  there: string | readonly JsonObject[] | undefined,
  attributes: Partial<ComparedAttributes> = {},
): Promise<Compared> {
  const own = await scanned(textOf(here));
  const manifests = new ComparedManifests(own, there === undefined ? own : await scanned(textOf(there)));
  const chosen = { here: undefined, there: undefined, ...attributes };
  const result = await manifests.compare(chosen, () => undefined, never);
  return {
    result,
    ofHere: async (filter) => (await manifests.rows(filter, 0, 1, never)).ofHere,
    placeOf: (filter, line) => manifests.placeOf(filter, line),
    rows: async (filter) => (await manifests.rows(filter, 0, 10_000, never)).rows,
  };
}

function textOf(manifest: string | readonly JsonObject[]): string {
  return typeof manifest === 'string' ? manifest : manifest.map((line) => `${JSON.stringify(line)}\n`).join('');
}

/** The numbers of a comparison, as a case writes them. */
export function counts({ same, changed, onlyHere, onlyThere }: ComparisonResult) {
  return { same, changed, onlyHere, onlyThere };
}
