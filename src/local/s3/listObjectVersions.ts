import type { Reply } from '../http/reply.js';
import type { XmlContent } from '../http/xml.js';
import type { ObjectQuery } from '../store/objectRecords.js';
import type { ListedVersion } from '../store/objectVersions.js';
import { isVersionId } from '../store/versionId.js';
import { isDeleteMarker, versionIdOf } from '../store/versionRecords.js';
import { requireBucketAccess } from './access.js';
import { invalidArgument, invalidVersionId } from './errors.js';
import { listedObject } from './listObjects.js';
import { listPage } from './listPage.js';
import { integerParameter, keyEncoding } from './parameters.js';
import { isoTime, xmlReply, type S3, type S3Request } from './s3.js';

const mostKeys = 1000;

/** Versions and delete markers. What was made while no versions were kept is its own latest one, called `null`. */
export function listObjectVersions(s3: S3, request: S3Request): Reply {
  const { query } = request;
  const { name: bucket } = requireBucketAccess(s3, request, 's3:ListBucketVersions', 'READ');
  const encode = keyEncoding(query);
  const prefix = query.get('prefix') ?? '';
  const delimiter = query.get('delimiter') ?? '';
  const marker = requestedMarker(query);
  const limit = Math.min(integerParameter(query, 'max-keys') ?? mostKeys, mostKeys);
  const list = listing(s3, bucket, marker);
  const { objects, prefixes, last } = listPage({ list }, { bucket, prefix, delimiter, after: marker.key, limit });
  const lastVersion = objects.at(-1);
  return xmlReply('ListVersionsResult', {
    Name: bucket,
    Prefix: encode(prefix),
    Delimiter: delimiter === '' ? undefined : encode(delimiter),
    KeyMarker: encode(marker.key),
    VersionIdMarker: marker.id,
    MaxKeys: limit,
    EncodingType: query.get('encoding-type') ?? undefined,
    IsTruncated: last !== undefined,
    NextKeyMarker: last === undefined ? undefined : encode(last),
    // A page that ends with a common prefix has no version at its end.
    NextVersionIdMarker:
      lastVersion === undefined || lastVersion.key !== last ? undefined : versionIdOf(lastVersion.record),
    Version: objects.flatMap((listed) => versionXml(listed, encode(listed.key), s3.ownerId)),
    DeleteMarker: objects.flatMap((listed) => markerXml(listed, encode(listed.key), s3.ownerId)),
    CommonPrefixes: prefixes.map((folder) => ({ Prefix: encode(folder) })),
  });
}

interface Marker {
  readonly key: string;
  readonly id: string;
}

function requestedMarker(query: URLSearchParams): Marker {
  const key = query.get('key-marker') ?? '';
  const id = query.get('version-id-marker') ?? '';
  if (id !== '' && key === '') {
    throw invalidArgument('A version-id marker cannot be specified without a key marker.', 'version-id-marker', id);
  }
  if (id !== '' && !isVersionId(id)) {
    throw invalidVersionId(id);
  }
  return { key, id };
}

/**
 * After a version, the older ones of its key come first. Where it is gone and nobody can tell how old it was, all of the
 * key come again: better twice than not at all.
 */
function listing({ store }: S3, bucket: string, { key, id }: Marker): (query: ObjectQuery) => Iterable<ListedVersion> {
  if (id === '') {
    return (query) => store.versions.list(query);
  }
  const below = store.versions.rankOf(bucket, key, id);
  return ({ after, ...query }) =>
    store.versions.list({
      ...query,
      ...(after !== undefined && { from: after, ...(below !== undefined && { below }) }),
    });
}

function versionXml({ record, isLatest }: ListedVersion, key: string, ownerId: string): readonly XmlContent[] {
  return isDeleteMarker(record)
    ? []
    : [
        {
          Key: key,
          VersionId: versionIdOf(record),
          IsLatest: isLatest,
          ...listedObject(record),
          Owner: { ID: ownerId },
        },
      ];
}

function markerXml({ record, isLatest }: ListedVersion, key: string, ownerId: string): readonly XmlContent[] {
  return isDeleteMarker(record)
    ? [
        {
          Key: key,
          VersionId: versionIdOf(record),
          IsLatest: isLatest,
          LastModified: isoTime(record.modifiedAt),
          Owner: { ID: ownerId },
        },
      ]
    : [];
}
