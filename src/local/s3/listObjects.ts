import type { Reply } from '../http/reply.js';
import type { XmlContent } from '../http/xml.js';
import { afterPrefix } from '../store/keyOrder.js';
import type { ObjectRecord } from '../store/records.js';
import type { S3Store } from '../store/s3Store.js';
import { requireBucketAccess } from './access.js';
import { invalidArgument } from './errors.js';
import { integerParameter, keyEncoding } from './parameters.js';
import { isoTime, xmlReply, type S3, type S3Request } from './s3.js';

const mostKeys = 1000;

/** ListObjects, and ListObjectsV2 where `list-type=2`. */
export function listObjects(s3: S3, request: S3Request): Reply {
  const { query } = request;
  const { name: bucket } = requireBucketAccess(s3, request, 's3:ListBucket', 'READ');
  const listType = query.get('list-type');
  if (listType !== null && listType !== '2') {
    throw invalidArgument('Invalid List Type', 'list-type', listType);
  }
  const isV2 = listType === '2';
  const encode = keyEncoding(query);
  const prefix = query.get('prefix') ?? '';
  const delimiter = query.get('delimiter') ?? '';
  const limit = Math.min(integerParameter(query, 'max-keys') ?? mostKeys, mostKeys);
  const after = isV2 ? startOfV2(query) : (query.get('marker') ?? '');
  const showsOwner = !isV2 || query.get('fetch-owner') === 'true';

  const page = listPage(s3.store, { bucket, prefix, delimiter, after, limit });
  const common = {
    Name: bucket,
    Prefix: encode(prefix),
    Delimiter: delimiter === '' ? undefined : encode(delimiter),
    MaxKeys: limit,
    EncodingType: query.get('encoding-type') ?? undefined,
    IsTruncated: page.last !== undefined,
    Contents: page.objects.map((object) => ({
      Key: encode(object.key),
      ...listedObject(object),
      Owner: showsOwner ? { ID: s3.ownerId } : undefined,
    })),
    CommonPrefixes: page.prefixes.map((folder) => ({ Prefix: encode(folder) })),
  };
  return xmlReply('ListBucketResult', {
    ...common,
    ...(isV2
      ? {
          KeyCount: page.objects.length + page.prefixes.length,
          ContinuationToken: query.get('continuation-token') ?? undefined,
          NextContinuationToken: page.last === undefined ? undefined : tokenOf(page.last),
          StartAfter: query.has('start-after') ? encode(query.get('start-after') ?? '') : undefined,
        }
      : {
          Marker: encode(after),
          NextMarker: delimiter === '' || page.last === undefined ? undefined : encode(page.last),
        }),
  });
}

export function listedObject({ modifiedAt, etag, bytes, checksum, headers }: ObjectRecord): {
  readonly [element: string]: XmlContent;
} {
  return {
    LastModified: isoTime(modifiedAt),
    ETag: `"${etag}"`,
    ChecksumAlgorithm: checksum?.algorithm.toUpperCase(),
    ChecksumType: checksum?.type,
    Size: bytes,
    StorageClass: headers['x-amz-storage-class'] ?? 'STANDARD',
  };
}

export interface ListQuery {
  readonly bucket: string;
  readonly prefix: string;
  readonly delimiter: string;
  readonly after: string;
  readonly limit: number;
}

export interface ListPage {
  readonly objects: readonly ObjectRecord[];
  readonly prefixes: readonly string[];
  /** The last key or common prefix of the page, where there is more after it. */
  readonly last?: string;
}

/** One page. What lies below a common prefix is skipped, not read, so that a listing of folders costs per folder. */
export function listPage({ objects }: S3Store, { bucket, prefix, delimiter, after, limit }: ListQuery): ListPage {
  const found: ObjectRecord[] = [];
  const prefixes: string[] = [];
  let last: string | undefined;
  let start = limit === 0 ? undefined : startAfter(prefix, delimiter, after);
  while (start !== undefined) {
    const batch = objects.list({ bucket, prefix, ...start, limit: limit + 1 - found.length - prefixes.length });
    start = undefined;
    for (const object of batch) {
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

function commonPrefix(key: string, prefix: string, delimiter: string): string | undefined {
  const end = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
  return end < 0 ? undefined : key.slice(0, end + delimiter.length);
}

/** A token is the last key or prefix in disguise; the digit is the form's version. */
function tokenOf(last: string): string {
  return `1${Buffer.from(last).toString('base64url')}`;
}

function startOfV2(query: URLSearchParams): string {
  const token = query.get('continuation-token') ?? '';
  if (token === '') {
    return query.get('start-after') ?? '';
  }
  const [, encoded] = /^1([\w-]+)$/u.exec(token) ?? [];
  if (encoded === undefined) {
    throw invalidArgument('The continuation token provided is incorrect', 'continuation-token', token);
  }
  return Buffer.from(encoded, 'base64url').toString();
}
