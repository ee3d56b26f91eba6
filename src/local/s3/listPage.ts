import { afterPrefix } from '../store/keyOrder.js';
import type { ObjectQuery } from '../store/objectRecords.js';

export interface ListQuery {
  readonly bucket: string;
  readonly prefix: string;
  readonly delimiter: string;
  readonly after: string;
  readonly limit: number;
}

export interface ListPage<T> {
  readonly objects: readonly T[];
  readonly prefixes: readonly string[];
  /** The last key or common prefix of the page, where there is more after it. */
  readonly last?: string;
}

/** Objects, or versions of objects. */
interface Listing<T> {
  list(query: ObjectQuery): Iterable<T>;
}

/** One page. What lies below a common prefix is skipped, not read, so that a listing of folders costs per folder. */
export function listPage<T extends { readonly key: string }>(
  objects: Listing<T>,
  { bucket, prefix, delimiter, after, limit }: ListQuery,
): ListPage<T> {
  const found: T[] = [];
  const prefixes: string[] = [];
  let last: string | undefined;
  let start = limit === 0 ? undefined : startAfter(prefix, delimiter, after);
  while (start !== undefined) {
    const rest: Iterable<T> = objects.list({ bucket, prefix, ...start });
    start = undefined;
    for (const object of rest) {
      if (found.length + prefixes.length === limit) {
        return { objects: found, prefixes, ...(last !== undefined && { last }) };
      }
      const common = commonPrefix(object.key, prefix, delimiter);
      last = common ?? object.key;
      if (common === undefined) {
        found.push(object);
      } else {
        prefixes.push(common);
        start = startFrom(afterPrefix(common));
        break;
      }
    }
  }
  return { objects: found, prefixes };
}

type Start = { readonly after: string } | { readonly from: string };

/** After a common prefix of the page before, its whole folder is skipped. */
function startAfter(prefix: string, delimiter: string, after: string): Start | undefined {
  const isCommonPrefix = after.startsWith(prefix) && commonPrefix(after, prefix, delimiter) === after;
  return isCommonPrefix ? startFrom(afterPrefix(after)) : { after };
}

function startFrom(key: string | undefined): Start | undefined {
  return key === undefined ? undefined : { from: key };
}

/** The key up to the first delimiter after the prefix; `undefined` where there is none. */
export function commonPrefix(key: string, prefix: string, delimiter: string): string | undefined {
  const end = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
  return end < 0 ? undefined : key.slice(0, end + delimiter.length);
}
