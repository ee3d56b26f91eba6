import { header } from '../http/incoming.js';
import type { Reply } from '../http/reply.js';
import type { XmlContent } from '../http/xml.js';
import type { ObjectPart, ObjectRecord } from '../store/records.js';
import { requireObject } from './access.js';
import { checksumXml } from './checksumFields.js';
import { checksumElement } from './checksums.js';
import { invalidArgument, invalidRequest } from './errors.js';
import { httpTime, xmlReply, type S3, type S3Request } from './s3.js';
import { readVersionHeaders } from './versionHeaders.js';

const mostParts = 1000;

/** Each attribute that a client can ask for. */
const attributes = new Map<string, (object: ObjectRecord, request: S3Request) => XmlContent>([
  ['ETag', ({ etag }) => etag],
  ['Checksum', ({ checksum }) => (checksum === undefined ? undefined : checksumXml(checksum))],
  ['ObjectParts', objectParts],
  ['StorageClass', ({ headers }) => headers['x-amz-storage-class'] ?? 'STANDARD'],
  ['ObjectSize', ({ bytes }) => bytes],
]);

export function getObjectAttributes(s3: S3, request: S3Request): Reply {
  const { bucket, object } = requireObject(s3, request, 's3:GetObjectAttributes', 'READ');
  const names = (header(request.headers, 'x-amz-object-attributes') ?? '').split(',').map((name) => name.trim());
  const content = names.map((name): [string, XmlContent] => {
    const read = attributes.get(name);
    if (read === undefined) {
      throw name === ''
        ? invalidRequest('Missing required header for this request: x-amz-object-attributes')
        : invalidArgument('Invalid attribute name specified.', 'x-amz-object-attributes', name);
    }
    return [name, read(object, request)];
  });
  const reply = xmlReply('GetObjectAttributesResponse', Object.fromEntries(content));
  const versionHeaders = readVersionHeaders(bucket, object);
  return {
    ...reply,
    headers: { ...reply.headers, 'last-modified': httpTime(object.modifiedAt), ...versionHeaders },
  };
}

function objectParts({ parts, checksum }: ObjectRecord, { headers }: S3Request): XmlContent {
  if (parts === undefined) {
    return undefined;
  }
  const limit = Math.min(Number(header(headers, 'x-amz-max-parts') ?? mostParts), mostParts);
  const marker = Number(header(headers, 'x-amz-part-number-marker') ?? 0);
  const rest = parts.filter(({ number }) => number > marker);
  const page = rest.slice(0, limit);
  return {
    PartsCount: parts.length,
    PartNumberMarker: marker,
    NextPartNumberMarker: page.at(-1)?.number ?? 0,
    MaxParts: limit,
    IsTruncated: page.length < rest.length,
    Part: page.map((part) => partXml(part, checksum)),
  };
}

function partXml({ number, bytes, checksum: value }: ObjectPart, checksum: ObjectRecord['checksum']): XmlContent {
  return {
    PartNumber: number,
    Size: bytes,
    ...(checksum !== undefined && { [checksumElement(checksum.algorithm)]: value }),
  };
}
