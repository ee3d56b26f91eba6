import type { JsonObject } from '../../src/core/json.js';
import { readLine } from '../../src/core/manifest/lineReading.js';
import type { ManifestRow } from '../../src/core/manifest/manifestRows.js';
import { parseObject } from '../../src/core/manifest/parseLine.js';
import type { Client } from '../../src/protocol/channel.js';
import type { ManifestEditor, Picture } from '../../src/protocol/manifestEditor.js';
import { copy } from './copiedBytes.js';
import { type ObjectList, readObjects } from './objectList.js';
import { ObjectMasks } from './objectMasks.js';

/** A line, and what it says where it is JSON. */
export interface LoadedLine {
  readonly line: number;
  readonly text: string;
  readonly object: JsonObject | undefined;
}

/** What a line's labels are drawn on. The page may have loaded the next line already while it is still shown. */
export interface ShownObject {
  readonly content: ShownContent;
  readonly object: JsonObject | undefined;
  readonly masks: ObjectMasks;
}

/** Why there is no picture. */
export type MissingContent = Extract<Picture, { readonly kind: 'missing' }>;

export type ShownContent =
  | { readonly kind: 'picture'; readonly url: string }
  | MissingContent
  | { readonly kind: 'text'; readonly text: string };

/** `undefined` where the list has no such object, since the manifest has become shorter. */
export async function loadLine(
  client: Client<ManifestEditor>,
  { list, place }: { readonly list: ObjectList; readonly place: number },
  signal: AbortSignal,
): Promise<LoadedLine | undefined> {
  const [row] = await readObjects(client, list, { first: place, count: 1 }, signal);
  if (row === undefined) {
    return undefined;
  }
  const { line } = row;
  const text = await client.call('line.read', { line }, signal);
  const object = parseObject(text);
  // A comparison counts the lines of what it has read.
  if (list.kind === 'compared' && !isOf(object, row)) {
    throw new Error('This manifest has changed since it was compared. Go back to the comparison, and compare again.');
  }
  return { line, text, object };
}

function isOf(object: JsonObject | undefined, { source }: ManifestRow): boolean {
  return source?.kind !== 'object' || (object !== undefined && readLine(object).source?.value === source.value);
}

/** Loads what is shown of the line; `release` it when it no longer is. */
export async function loadObject(
  client: Client<ManifestEditor>,
  { loaded: { line, object }, onMask }: { readonly loaded: LoadedLine; readonly onMask: () => void },
  signal: AbortSignal,
): Promise<ShownObject> {
  const content = await loadContent(client, { line, object }, signal);
  signal.throwIfAborted();
  return { content, object, masks: new ObjectMasks(client, { line, object }, onMask) };
}

async function loadContent(
  client: Client<ManifestEditor>,
  { line, object }: Pick<LoadedLine, 'line' | 'object'>,
  signal: AbortSignal,
): Promise<ShownContent> {
  const source = object && readLine(object).source;
  if (!source) {
    return { kind: 'missing', cause: 'notAPicture', reason: 'This line names no picture.' };
  }
  if (source.kind === 'text') {
    return { kind: 'text', text: source.value };
  }
  const picture = await client.call('picture.read', { line, source: source.value }, signal);
  signal.throwIfAborted(); // Nobody would release the address.
  return picture.kind === 'missing'
    ? picture
    : {
        kind: 'picture',
        url: URL.createObjectURL(new Blob([copy(picture.bytes)], { type: picture.contentType })),
      };
}

export function release({ content, masks }: ShownObject): void {
  masks.dispose();
  if (content.kind === 'picture') {
    URL.revokeObjectURL(content.url);
  }
}
