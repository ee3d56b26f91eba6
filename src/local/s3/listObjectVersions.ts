import type { Reply } from '../http/reply.js';
import type { XmlContent } from '../http/xml.js';
import type { ObjectRecord } from '../store/records.js';
import { requireBucketAccess } from './access.js';
import { listedObject } from './listObjects.js';
import { listPage } from './listPage.js';
import { integerParameter, keyEncoding } from './parameters.js';
import { xmlReply, type S3, type S3Request } from './s3.js';

const mostKeys = 1000;

/** Versions are not kept, so that every object is its own latest one, called `null` as on AWS. */
export function listObjectVersions(s3: S3, request: S3Request): Reply {
  const { query } = request;
  const { name: bucket } = requireBucketAccess(s3, request, 's3:ListBucketVersions', 'READ');
  const encode = keyEncoding(query);
  const prefix = query.get('prefix') ?? '';
  const delimiter = query.get('delimiter') ?? '';
  const after = query.get('key-marker') ?? '';
  const limit = Math.min(integerParameter(query, 'max-keys') ?? mostKeys, mostKeys);
  const { objects, prefixes, last } = listPage(s3.store.objects, { bucket, prefix, delimiter, after, limit });
  return xmlReply('ListVersionsResult', {
    Name: bucket,
    Prefix: encode(prefix),
    Delimiter: delimiter === '' ? undefined : encode(delimiter),
    KeyMarker: encode(after),
    VersionIdMarker: query.get('version-id-marker') ?? '',
    MaxKeys: limit,
    EncodingType: query.get('encoding-type') ?? undefined,
    IsTruncated: last !== undefined,
    NextKeyMarker: last === undefined ? undefined : encode(last),
    NextVersionIdMarker: last === undefined ? undefined : 'null',
    Version: objects.map((object) => versionXml(object, encode(object.key), s3.ownerId)),
    CommonPrefixes: prefixes.map((folder) => ({ Prefix: encode(folder) })),
  });
}

function versionXml(object: ObjectRecord, key: string, ownerId: string): XmlContent {
  return { Key: key, VersionId: 'null', IsLatest: true, ...listedObject(object), Owner: { ID: ownerId } };
}
