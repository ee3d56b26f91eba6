import type { RowQuery } from '../manifest/arrangement.js';
import { type ManifestRow, shownText } from '../manifest/manifestRows.js';
import type { ManifestScan } from '../manifest/manifestScan.js';
import { keptSource } from '../manifest/sourceLists.js';
import type { Review } from './review.js';
import { keyOf, type ReviewedObject, readReviewed } from './reviewedObject.js';

type Scan = Pick<ManifestScan, 'text' | 'lines' | 'placeOf' | 'repeatedSources'>;

/** Lines that are read at once. */
const linesAtOnce = 2_000;

interface ObjectPlace {
  readonly line: number;
  readonly attribute: string;
  /** Of the row that was decided of. */
  readonly source: ManifestRow['source'] | undefined;
}

/**
 * The object that stands in a line, so that a decision of it follows it; `undefined` where it is another one by now: the
 * manifest may have been written anew since its rows were read.
 */
export async function objectAt(
  scan: Omit<Scan, 'lines'>,
  { line, attribute, source: shown }: ObjectPlace,
  signal: AbortSignal,
): Promise<ReviewedObject | undefined> {
  const { source: read, said } = readReviewed(await scan.text(line, signal), attribute);
  const source = read?.value ?? '';
  if (read?.kind !== shown?.kind || (read && shownText(read) !== shown?.value)) {
    return undefined;
  }
  // Most manifests repeat no source: then nothing has to be counted.
  const isSingle = source !== '' && (await scan.repeatedSources(signal)).repeats === 0;
  const occurrence = isSingle ? 0 : await scan.placeOf(ofSources([source]), line, signal);
  return { source, said, occurrence: occurrence ?? 0 };
}

/**
 * Tells the review where its objects are now: by source and, where several have it, in their order; only those whose
 * label says what it said. Returns whether any is somewhere else than before, or not in the manifest any more.
 */
export async function placeReview(scan: Pick<Scan, 'lines'>, review: Review, signal: AbortSignal): Promise<boolean> {
  const { attribute, objects } = review;
  if (attribute === undefined || objects.length === 0) {
    return false;
  }
  const query = ofSources([...new Set(objects.map(({ source }) => source))]);
  const counts = new Map<string, number>();
  const places = new Map<string, number>();
  for (let first = 0, total = 1; first < total; first += linesAtOnce) {
    const page = await scan.lines(query, first, linesAtOnce, signal);
    ({ total } = page);
    for (const { line, text } of page.lines) {
      const { source, said } = readReviewed(text, attribute);
      const counted = source ? keptSource(source) : '';
      const occurrence = counts.get(counted) ?? 0;
      counts.set(counted, occurrence + 1);
      places.set(keyOf({ source: source?.value ?? '', occurrence, said }), line);
    }
  }
  return review.place((object) => places.get(keyOf(object)));
}

function ofSources(sources: readonly string[]): RowQuery {
  return {
    attribute: undefined,
    filter: { classes: [], confidence: undefined, states: [], text: '', sources },
    sort: { by: 'line', isDescending: false },
  };
}
