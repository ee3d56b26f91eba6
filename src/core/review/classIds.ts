import { isObject } from '../json.js';
import { metadataSuffix } from '../manifest/lineReading.js';
import type { ManifestScan } from '../manifest/manifestScan.js';
import { parseLine } from '../manifest/parseLine.js';

interface ClassIdsOptions {
  readonly attribute: string | undefined;
  /** Classes that need a number, whether a label has them or not. */
  readonly names: readonly string[];
}

/**
 * The number of each class: what the labels of the manifest say, found by one line of each class, and for those that no
 * label has the numbers that follow.
 */
export async function readClassIds(
  scan: Pick<ManifestScan, 'summary' | 'lines'>,
  { attribute, names }: ClassIdsOptions,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, number>> {
  const ids = new Map<string, number>();
  const { attributes } = await scan.summary(signal);
  const classes = attributes.find(({ name }) => name === attribute)?.classes ?? [];
  for (const { name } of classes) {
    const filter = { classes: [name], confidence: undefined, states: [], text: '' };
    const query = { attribute, filter, sort: { by: 'line', isDescending: false } } as const;
    const { lines } = await scan.lines(query, 0, 1, signal);
    const id = lines[0] && idIn(lines[0].text, attribute ?? '', name);
    if (id !== undefined) {
      ids.set(name, id);
    }
  }
  let next = Math.max(-1, ...ids.values()) + 1;
  for (const name of new Set(names)) {
    if (!ids.has(name)) {
      ids.set(name, next);
      next += 1;
    }
  }
  return ids;
}

/** Ground Truth writes an integer; its documents print some as text. */
function idIn(text: string, attribute: string, className: string): number | undefined {
  const parsed = parseLine(text);
  const object = parsed.kind === 'value' && isObject(parsed.value) ? parsed.value : {};
  const metadata = object[attribute + metadataSuffix];
  const id = Number(object[attribute] ?? Number.NaN);
  const isOfClass = isObject(metadata) && metadata['class-name'] === className;
  return isOfClass && Number.isSafeInteger(id) && id >= 0 ? id : undefined;
}
