import { createHash } from 'node:crypto';
import { ServiceError } from './http/serviceError.js';

/** One page of a list. A token names the items on both sides of the page's end; it is opaque to the client. */
export interface Slice<Item> {
  readonly items: readonly Item[];
  readonly nextToken?: string;
}

interface PageRequest<Item> {
  readonly token: string | undefined;
  readonly size: number;
  /** What tells an item from the others and never changes. */
  readonly keyOf: (item: Item) => string;
  readonly errorCode: string;
  /** What the list is of. A token is good for the list that gave it, and refused with another. */
  readonly list?: string;
}

/** The page after the one that gave the token, also where items have come or gone meanwhile. */
export function pageOf<Item>(
  items: readonly Item[],
  { token, size, keyOf, errorCode, list = '' }: PageRequest<Item>,
): Slice<Item> {
  const start =
    token === undefined
      ? 0
      : placeOf(
          items.map((item) => shortened(keyOf(item))),
          decode(token, { errorCode, list }),
        );
  const end = start + size;
  const page = items.slice(start, end);
  const [last, next] = [items[end - 1], items[end]];
  if (last === undefined || next === undefined) {
    return { items: page };
  }
  const mark = { place: end, last: shortened(keyOf(last)), next: shortened(keyOf(next)), list: shortened(list) };
  return { items: page, nextToken: encode(mark) };
}

interface Mark {
  readonly place: number;
  readonly last: string;
  readonly next: string;
  readonly list: string;
}

function placeOf(keys: readonly string[], { place, last, next }: Mark): number {
  const nextPlace = keys.indexOf(next);
  if (nextPlace >= 0) {
    return nextPlace;
  }
  const lastPlace = keys.indexOf(last);
  // Where both are gone, what came after them has moved up by the one that was before the place.
  return lastPlace >= 0 ? lastPlace + 1 : place - 1;
}

/** So that a token stays short, however long the keys are. */
function shortened(key: string): string {
  return createHash('sha256').update(key).digest('base64url').slice(0, 16);
}

function encode({ place, last, next, list }: Mark): string {
  return Buffer.from(JSON.stringify([place, last, next, list])).toString('base64url');
}

function decode(
  token: string,
  { errorCode, list: asked }: { readonly errorCode: string; readonly list: string },
): Mark {
  let mark: unknown;
  try {
    mark = JSON.parse(Buffer.from(token, 'base64url').toString());
  } catch {
    mark = undefined; // Refused below.
  }
  const [place, last, next, list]: readonly unknown[] = Array.isArray(mark) ? mark : [];
  if (typeof place !== 'number' || !(place >= 1) || typeof last !== 'string' || typeof next !== 'string') {
    throw new ServiceError(errorCode, 'The pagination token is not one that this service gave out.');
  }
  if (list !== shortened(asked)) {
    throw new ServiceError(
      errorCode,
      'The pagination token is of another list: ask for the next page as for the first.',
    );
  }
  return { place: Math.floor(place), last, next, list };
}
