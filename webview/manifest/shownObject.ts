import type { RowQuery } from '../../src/core/manifest/arrangement.js';
import { isObject, type JsonObject } from '../../src/core/json.js';
import { parseLine } from '../../src/core/manifest/parseLine.js';
import type { Client } from '../../src/protocol/channel.js';
import type { ManifestEditor } from '../../src/protocol/manifestEditor.js';
import { ObjectMasks } from './objectMasks.js';
import { copy } from './thumbnails.js';

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

type ShownContent =
  | { readonly kind: 'picture'; readonly url: string }
  | { readonly kind: 'missing'; readonly reason: string }
  | { readonly kind: 'text'; readonly text: string };

/** `undefined` where the query has no such row, since the manifest has become shorter. */
export async function loadLine(
  client: Client<ManifestEditor>,
  { query, place }: { readonly query: RowQuery; readonly place: number },
  signal: AbortSignal,
): Promise<LoadedLine | undefined> {
  const { rows } = await client.call('rows.read', { query, first: place, count: 1 }, signal);
  const line = rows[0]?.line;
  if (line === undefined) {
    return undefined;
  }
  const text = await client.call('line.read', { line }, signal);
  const parsed = parseLine(text);
  return { line, text, object: parsed.kind === 'value' && isObject(parsed.value) ? parsed.value : undefined };
}

/** Loads what is shown of the line; `release` it when it no longer is. */
export async function loadObject(
  client: Client<ManifestEditor>,
  { loaded: { line, object }, onMask }: { readonly loaded: LoadedLine; readonly onMask: () => void },
  signal: AbortSignal,
): Promise<ShownObject> {
  const content = await loadContent(client, { line, object }, signal);
  signal.throwIfAborted();
  return { content, object, masks: new ObjectMasks(client, line, onMask) };
}

async function loadContent(
  client: Client<ManifestEditor>,
  { line, object }: Pick<LoadedLine, 'line' | 'object'>,
  signal: AbortSignal,
): Promise<ShownContent> {
  const text = object?.['source'];
  if (typeof object?.['source-ref'] !== 'string' && typeof text === 'string') {
    return { kind: 'text', text };
  }
  const picture = await client.call('picture.read', { line }, signal);
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
