import { isObject, type JsonObject } from '../json.js';
import type { RowQuery } from '../manifest/arrangement.js';
import { metadataSuffix } from '../manifest/lineReading.js';
import type { ManifestScan } from '../manifest/manifestScan.js';
import { otherClasses } from '../manifest/manifestSummary.js';
import { parseObject } from '../manifest/parseLine.js';

type Scan = Pick<ManifestScan, 'summary' | 'lines'>;

interface ClassIdsOptions {
  readonly attribute: string;
  /** Classes that need a number, whether a label has them or not. */
  readonly names: readonly string[];
}

/** Lines that are read at once. */
const linesAtOnce = 2_000;

/**
 * The number of each class: what a label of the manifest says, and for those that no label has the numbers that follow
 * the highest one.
 */
export async function readClassIds(
  scan: Scan,
  { attribute, names }: ClassIdsOptions,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, number>> {
  const ids = await idsOf(scan, { attribute, names }, signal);
  const unknown = new Set(names.filter((name) => !ids.has(name)));
  if (unknown.size > 0) {
    let next = (await highestId(scan, attribute, signal)) + 1;
    for (const name of unknown) {
      ids.set(name, next);
      next += 1;
    }
  }
  return ids;
}

/** Found by one line of each class. */
async function idsOf(
  scan: Scan,
  { attribute, names }: ClassIdsOptions,
  signal: AbortSignal,
): Promise<Map<string, number>> {
  const ids = new Map<string, number>();
  for (const name of new Set(names)) {
    const { lines } = await scan.lines(ofClasses(attribute, [name]), 0, 1, signal);
    const label = lines[0] && labelIn(lines[0].text, attribute);
    if (label?.className === name) {
      ids.set(name, label.id);
    }
  }
  return ids;
}

/** -1 where no label has a number. */
async function highestId(scan: Scan, attribute: string, signal: AbortSignal): Promise<number> {
  const { attributes } = await scan.summary(signal);
  const { classes = [], moreClasses = 0 } = attributes.find(({ name }) => name === attribute) ?? {};
  const names = classes.map(({ name }) => name);
  if (moreClasses === 0 && !names.includes(otherClasses)) {
    return Math.max(-1, ...(await idsOf(scan, { attribute, names }, signal)).values());
  }
  // The summary leaves out the least frequent of so many classes.
  let highest = -1;
  for (let first = 0, total = 1; first < total; first += linesAtOnce) {
    const page = await scan.lines(ofClasses(attribute, []), first, linesAtOnce, signal);
    ({ total } = page);
    for (const { text } of page.lines) {
      highest = Math.max(highest, labelIn(text, attribute)?.id ?? -1);
    }
  }
  return highest;
}

/** Of none: all lines. */
function ofClasses(attribute: string, classes: readonly string[]): RowQuery {
  const filter = { classes, confidence: undefined, states: [], text: '' };
  return { attribute, filter, sort: { by: 'line', isDescending: false } };
}

/** Ground Truth writes an integer; its documents print some as text. */
function labelIn(text: string, attribute: string): { readonly className: string; readonly id: number } | undefined {
  const object: JsonObject = parseObject(text) ?? {};
  const metadata = object[attribute + metadataSuffix];
  const className = isObject(metadata) ? metadata['class-name'] : undefined;
  const id = Number(object[attribute] ?? Number.NaN);
  return typeof className === 'string' && Number.isSafeInteger(id) && id >= 0 ? { className, id } : undefined;
}
