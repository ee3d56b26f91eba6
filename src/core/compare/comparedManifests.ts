import type { ManifestDocument } from '../manifest/manifestDocument.js';
import { type ManifestRow, rowOf } from '../manifest/manifestRows.js';
import { hashLongTexts } from './longTexts.js';
import type {
  ComparedAttributes,
  ComparedFilter,
  ComparedPage,
  ComparedRow,
  ComparedSide,
  ComparisonResult,
} from './manifestComparison.js';
import { compareLines } from './comparedLines.js';
import { type ComparedColumns, statusName, statusOf } from './comparedColumns.js';
import { hasObject, objectCount } from './manifestLines.js';
import { pairBySource, pairWithItself, type SourcePairs, unpaired } from './sourcePairs.js';
import { summarizeComparison } from './comparisonSummary.js';

/** Two manifests that were read, or one twice: compared by any of their label attributes, and listed by what came out. */
export class ComparedManifests {
  readonly #here: ManifestDocument;
  readonly #there: ManifestDocument;
  #pairs: SourcePairs | undefined;
  #columns: ComparedColumns | undefined;
  #attributes: ComparedAttributes = { here: undefined, there: undefined };
  /** The last list: pages of it are asked for again and again. */
  #listed: { readonly key: string; readonly entries: Uint32Array; readonly ofHere: number } | undefined;

  constructor(here: ManifestDocument, there: ManifestDocument) {
    this.#here = here;
    this.#there = there;
  }

  async compare(
    attributes: ComparedAttributes,
    onPart: (part: number) => void,
    signal: AbortSignal,
  ): Promise<ComparisonResult> {
    this.#pairs ??= await this.#pair(signal);
    const chosen = {
      here: chosenAttribute(this.#here, attributes.here),
      there: chosenAttribute(this.#there, attributes.there),
    };
    const input = { here: this.#here, there: this.#there, pairs: this.#pairs, attributes: chosen };
    const columns = await compareLines(input, onPart, signal);
    this.#attributes = chosen;
    this.#columns = columns;
    this.#listed = undefined;
    const { duplicatesHere, duplicatesThere } = this.#pairs;
    return {
      here: sideOf(this.#here, chosen.here, duplicatesHere),
      there: sideOf(this.#there, chosen.there, duplicatesThere),
      ...summarizeComparison(columns, this.#pairs),
    };
  }

  async rows(filter: ComparedFilter, first: number, count: number, signal: AbortSignal): Promise<ComparedPage> {
    const columns = this.#columns;
    const pairs = this.#pairs;
    if (!columns || !pairs) {
      return { total: 0, ofHere: 0, rows: [] };
    }
    const { entries, ofHere } = this.#list(columns, pairs, filter);
    const wanted = entries.subarray(first, first + count);
    const hereLines = this.#here.columns.lines;
    const here = Int32Array.from(wanted, (entry) => (entry < hereLines ? entry : unpaired));
    const there = Int32Array.from(wanted, (entry) =>
      entry < hereLines ? (pairs.thereOf[entry] ?? unpaired) : entry - hereLines,
    );
    const [hereRows, thereRows] = await Promise.all([
      readRows(this.#here, here, this.#attributes.here, signal),
      readRows(this.#there, there, this.#attributes.there, signal),
    ]);
    const rows = Array.from(wanted, (entry, place): ComparedRow => {
      const [own, other] = [hereRows[place], thereRows[place]];
      const status = statusName(statusOf(columns, entry));
      return { status, ...(own && { here: own }), ...(other && { there: other }) };
    });
    return { total: entries.length, ofHere, rows };
  }

  /** Where a line of this manifest is among the rows; `undefined` where it is not one of them. */
  placeOf(filter: ComparedFilter, line: number): number | undefined {
    if (!this.#columns || !this.#pairs) {
      return undefined;
    }
    const { entries, ofHere } = this.#list(this.#columns, this.#pairs, filter);
    const place = entries.subarray(0, ofHere).indexOf(line);
    return place === -1 ? undefined : place;
  }

  /** A line of the manifest that is compared with. */
  textThere(line: number, signal: AbortSignal): Promise<string> {
    return this.#there.readText(line, signal);
  }

  async #pair(signal: AbortSignal): Promise<SourcePairs> {
    if (this.#here === this.#there) {
      return pairWithItself(this.#here.columns);
    }
    const [here, there] = [this.#here, this.#there];
    return pairBySource(
      { columns: here.columns, longTexts: await hashLongTexts(here, signal) },
      { columns: there.columns, longTexts: await hashLongTexts(there, signal) },
    );
  }

  #list(columns: ComparedColumns, pairs: SourcePairs, filter: ComparedFilter) {
    const key = JSON.stringify(filter);
    if (this.#listed?.key !== key) {
      const entries = columns.find(filter, pairs);
      const firstThere = entries.findIndex((entry) => entry >= columns.hereLines);
      this.#listed = { key, entries, ofHere: firstThere === -1 ? entries.length : firstThere };
    }
    return this.#listed;
  }
}

/** The one that is named, where it is there; else the one that was added last: a chained job's own. */
function chosenAttribute({ columns }: ManifestDocument, name: string | undefined): string | undefined {
  const names = columns.attributes.map((attribute) => attribute.name);
  return name !== undefined && names.includes(name) ? name : names.at(-1);
}

function sideOf(document: ManifestDocument, attribute: string | undefined, duplicates: number): ComparedSide {
  return {
    ...objectCount(document.columns),
    attribute,
    attributes: document.columns.attributes.map(({ name }) => name),
    duplicates,
    brokenLines: document.problems.broken,
  };
}

/** The row of each line; `undefined` for what is no line. */
async function readRows(
  document: ManifestDocument,
  lines: Int32Array,
  attribute: string | undefined,
  signal: AbortSignal,
): Promise<readonly (ManifestRow | undefined)[]> {
  const wanted = Uint32Array.from(lines.filter((line) => line !== unpaired && hasObject(document.columns, line)));
  const objects = await document.readObjects(wanted, signal);
  let next = 0;
  return Array.from(lines, (line) => (line === wanted[next] ? rowOf(line, objects[next++], attribute) : undefined));
}
