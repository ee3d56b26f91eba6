import { header } from '../http/incoming.js';
import type { Reply } from '../http/reply.js';
import { ServiceError } from '../http/serviceError.js';
import type { ByteRange } from '../store/blobFiles.js';
import type { ObjectRecord } from '../store/records.js';
import { requireObject } from './access.js';
import { checksumHeaders } from './checksumFields.js';
import { isNotModified } from './conditions.js';
import { invalidArgument, invalidRequest } from './errors.js';
import { latin1 } from './objectAttributes.js';
import { integerParameter } from './parameters.js';
import { httpTime, type S3, type S3Request } from './s3.js';
import { readVersionHeaders } from './versionHeaders.js';

/** What a presigned address may ask to be answered with. */
const overridableHeaders: ReadonlySet<string> = new Set([
  'cache-control',
  'content-disposition',
  'content-encoding',
  'content-language',
  'content-type',
  'expires',
]);

/** GetObject, and HeadObject: the same answer without the body. */
export function getObject(s3: S3, request: S3Request): Reply {
  const { bucket, object } = requireObject(s3, request, 's3:GetObject', 'READ');
  const validators = {
    etag: `"${object.etag}"`,
    'last-modified': httpTime(object.modifiedAt),
    ...readVersionHeaders(bucket, object),
  };
  if (isNotModified(request, object)) {
    return { status: 304, headers: validators };
  }
  const part = requestedPart(request, object);
  const range = requestedRange(request, object.bytes) ?? part?.range;
  const { first, last } = range ?? { first: 0, last: object.bytes - 1 };
  const isWhole = range === undefined;
  const headers = {
    ...validators,
    ...object.headers,
    ...metadataHeaders(object),
    ...(isWhole && wantsChecksum(request) && checksumHeaders(object.checksum)),
    ...overrides(request),
    ...part?.headers,
    ...(!isWhole && { 'content-range': `bytes ${first}-${last}/${object.bytes}` }),
    'accept-ranges': 'bytes',
    'content-length': String(last - first + 1),
  };
  const hasBody = request.method !== 'HEAD' && last >= first;
  return {
    status: isWhole ? 200 : 206,
    headers,
    ...(hasBody && { body: s3.store.blobs.read(object.blobs, { first, last }) }),
  };
}

function wantsChecksum({ headers }: S3Request): boolean {
  return header(headers, 'x-amz-checksum-mode')?.toUpperCase() === 'ENABLED';
}

function metadataHeaders({ metadata, tags }: ObjectRecord): Readonly<Record<string, string>> {
  const entries = Object.entries(metadata).map(([name, value]) => [`x-amz-meta-${name}`, latin1(value)]);
  return {
    ...Object.fromEntries(entries),
    ...(tags !== undefined && tags.length > 0 && { 'x-amz-tagging-count': String(tags.length) }),
  };
}

function overrides({ query, isOwner }: S3Request): Readonly<Record<string, string>> {
  const asked = [...query].filter(([name]) => name.startsWith('response-'));
  if (asked.length > 0 && !isOwner) {
    throw invalidRequest('Request specific response headers cannot be used for anonymous GET requests.');
  }
  const unfit = asked.find(([, value]) => !isHeaderText(value));
  if (unfit !== undefined) {
    throw invalidArgument('Header value cannot be represented using ISO-8859-1.', ...unfit);
  }
  const named = asked.map(([name, value]): [string, string] => [name.slice('response-'.length), value]);
  return Object.fromEntries(named.filter(([name]) => overridableHeaders.has(name)));
}

/** Latin-1 without control characters but the tab. */
function isHeaderText(text: string): boolean {
  return /^[\t\x20-\x7e\x80-\xff]*$/u.test(text);
}

/** A range that makes no sense is ignored, one beyond the end is refused. */
function requestedRange({ headers }: S3Request, bytes: number): ByteRange | undefined {
  const [, from = '', to = ''] = /^bytes=(\d*)-(\d*)$/u.exec(headers.range ?? '') ?? [];
  if (from === '' && to === '') {
    return undefined;
  }
  if (from !== '' && to !== '' && Number(to) < Number(from)) {
    return undefined;
  }
  const first = from === '' ? Math.max(0, bytes - Number(to)) : Number(from);
  const last = from === '' || to === '' ? bytes - 1 : Math.min(Number(to), bytes - 1);
  if (first >= bytes || (from === '' && Number(to) === 0)) {
    throw new ServiceError('InvalidRange', 'The requested range is not satisfiable', 416, {
      RangeRequested: headers.range ?? '',
      ActualObjectSize: bytes,
    });
  }
  return { first, last };
}

/** `partNumber=`: the bytes of one part of an object that was uploaded in parts; part 1 of any other is all of it. */
function requestedPart(
  request: S3Request,
  { parts, bytes, checksum }: ObjectRecord,
): { readonly range?: ByteRange; readonly headers: Readonly<Record<string, string>> } | undefined {
  const number = integerParameter(request.query, 'partNumber');
  if (number === undefined) {
    return undefined;
  }
  if (number < 1) {
    throw invalidArgument(
      'Part number must be an integer between 1 and 10000, inclusive',
      'partNumber',
      String(number),
    );
  }
  const part = parts?.[number - 1];
  if (part === undefined) {
    if (parts === undefined && number === 1) {
      return bytes === 0 ? { headers: {} } : { range: { first: 0, last: bytes - 1 }, headers: {} };
    }
    throw new ServiceError('InvalidPartNumber', 'The requested partnumber is not satisfiable', 416, {
      PartNumberRequested: number,
      ActualPartCount: parts?.length ?? 1,
    });
  }
  const first = (parts ?? []).slice(0, number - 1).reduce((sum, { bytes: size }) => sum + size, 0);
  const isChecked = wantsChecksum(request) && checksum !== undefined && part.checksum !== undefined;
  return {
    range: { first, last: first + part.bytes - 1 },
    headers: {
      'x-amz-mp-parts-count': String(parts?.length ?? 1),
      ...(isChecked && checksumHeaders({ ...checksum, value: part.checksum })),
    },
  };
}
