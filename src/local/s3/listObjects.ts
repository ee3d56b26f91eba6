import type { Reply } from '../http/reply.js';
import type { XmlContent } from '../http/xml.js';
import type { ObjectRecord } from '../store/records.js';
import { requireBucketAccess } from './access.js';
import { invalidArgument } from './errors.js';
import { listPage } from './listPage.js';
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

  const page = listPage(s3.store.objects, { bucket, prefix, delimiter, after, limit });
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
