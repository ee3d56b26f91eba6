import { isObject } from '../json.js';
import { type LineSource, readLine } from '../manifest/lineReading.js';
import { parseLine } from '../manifest/parseLine.js';

/** What a decision is about, wherever it stands in the manifest. */
export interface ReviewedObject {
  /** Empty where the line has none. */
  readonly source: string;
  /** Which of the objects with this source, from 0, in the order of the file. */
  readonly occurrence: number;
  /** What the label said when it was decided of: once it says something else, the decision is not its. */
  readonly said: string;
}

/** A label that says something else is another one: what was decided of it before stays what it was. */
export function keyOf({ source, occurrence, said }: ReviewedObject): string {
  return JSON.stringify([source, occurrence, said]);
}

interface ReadObject {
  readonly source: LineSource | undefined;
  readonly said: string;
}

/** What a line tells of its object; its confidence and its date do not count: they are not what the label says. */
export function readReviewed(text: string, attribute: string): ReadObject {
  const parsed = parseLine(text);
  const object = parsed.kind === 'value' && isObject(parsed.value) ? parsed.value : undefined;
  if (!object) {
    return { source: undefined, said: '' };
  }
  const { source, labels } = readLine(object);
  const label = labels.find((one) => one.attribute === attribute);
  const value = Object.hasOwn(object, attribute) ? object[attribute] : undefined;
  const names = label?.classes.map(({ name }) => name) ?? [];
  // Of a single class its number does not matter: a manifest may be numbered anew.
  const isPlain = names.length === 1 && (typeof value === 'number' || typeof value === 'string');
  const said = label ? JSON.stringify(isPlain ? names : [names, value ?? null]) : '';
  return { source, said: shortened(said) };
}

const longestKept = 200;

/** Shapes may be long: of what is longer, its length and a hash (FNV-1a, 32 bits) stand for the rest. */
function shortened(text: string): string {
  if (text.length <= longestKept) {
    return text;
  }
  let hash = 0x811c_9dc5;
  for (let at = 0; at < text.length; at += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x0100_0193);
  }
  return `${text.slice(0, longestKept)}… ${text.length} ${hash >>> 0}`;
}
