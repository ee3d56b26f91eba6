import { ServiceError } from './http/serviceError.js';

/** One page of a list. A token is the place of the next item; it is opaque to the client. */
export interface Slice<Item> {
  readonly items: readonly Item[];
  readonly nextToken?: string;
}

export function pageOf<Item>(
  items: readonly Item[],
  { token, size, errorCode }: { readonly token: string | undefined; readonly size: number; readonly errorCode: string },
): Slice<Item> {
  const start = token === undefined ? 0 : decode(token, errorCode);
  const end = start + size;
  const page = items.slice(start, end);
  return end < items.length ? { items: page, nextToken: encode(end) } : { items: page };
}

function encode(place: number): string {
  return Buffer.from(`item:${place}`).toString('base64url');
}

function decode(token: string, errorCode: string): number {
  const [, place] = /^item:([0-9]{1,9})$/u.exec(Buffer.from(token, 'base64url').toString()) ?? [];
  if (place === undefined) {
    throw new ServiceError(errorCode, 'The pagination token is not one that this service gave out.');
  }
  return Number(place);
}
