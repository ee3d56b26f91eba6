import { header } from '../http/incoming.js';
import type { Reply } from '../http/reply.js';
import { ServiceError } from '../http/serviceError.js';
import type { XmlContent } from '../http/xml.js';
import type { XmlElement } from '../http/xmlReader.js';
import type { BucketRecord, DeleteMarker, ObjectRecord } from '../store/records.js';
import { isVersionId } from '../store/versionId.js';
import { isDeleteMarker } from '../store/versionRecords.js';
import { ofVersion, requireAccess, requireWriteAccess } from './access.js';
import { checksumAlgorithms, checksumHeader } from './checksums.js';
import { bareEtag, checkWriteConditions } from './conditions.js';
import { invalidRequest, invalidVersionId, malformedXml, noSuchVersion, preconditionFailed } from './errors.js';
import { bucketAtCommit, noContent, requireBucket, xmlReply, type S3, type S3Request } from './s3.js';
import { xmlBody } from './smallBody.js';
import { markerHeaders } from './versionHeaders.js';

const deletion = 's3:DeleteObject';
const mostKeys = 1000;
const longestList = 4 * 1024 * 1024;

/** Deleting what is not there is no error. */
export async function deleteObject(s3: S3, request: S3Request): Promise<Reply> {
  const { store } = s3;
  const { key, headers, query } = request;
  const id = query.get('versionId') ?? undefined;
  if (id !== undefined && !isVersionId(id)) {
    throw invalidVersionId(id);
  }
  const { name } = requireWriteAccess(s3, request, id === undefined ? deletion : ofVersion(deletion));
  const deleted = await store.commit(() => {
    if (header(headers, 'if-match') !== undefined) {
      checkWriteConditions(request, objectOf(s3, name, { key, id }));
    }
    return deleteOne(s3, bucketAtCommit(s3, name), { key, id });
  });
  return { ...noContent, headers: deletionHeaders(deleted) };
}

/** Up to 1,000 keys in one commit; each succeeds or fails for itself. */
export async function deleteObjects(s3: S3, request: S3Request): Promise<Reply> {
  const bucket = requireBucket(s3, request);
  requireDigest(request);
  const root = await xmlBody(request, 'Delete', longestList);
  const entries = root.all('Object');
  if (entries.length === 0 || entries.length > mostKeys || entries.some((entry) => (entry.value('Key') ?? '') === '')) {
    throw malformedXml();
  }
  const isQuiet = root.value('Quiet') === 'true';
  const outcomes = await s3.store.commit(() => entries.map((entry) => deleteEntry(s3, request, bucket, entry)));
  return xmlReply('DeleteResult', {
    Deleted: isQuiet ? undefined : outcomes.flatMap(({ deleted }) => deleted ?? []),
    Error: outcomes.flatMap(({ error }) => error ?? []),
  });
}

interface Outcome {
  readonly deleted?: XmlContent;
  readonly error?: XmlContent;
}

function deleteEntry(s3: S3, request: S3Request, bucket: BucketRecord, entry: XmlElement): Outcome {
  const key = entry.value('Key') ?? '';
  const etag = entry.value('ETag');
  const id = entry.value('VersionId');
  try {
    if (id !== undefined && !isVersionId(id)) {
      throw noSuchVersion(key, id);
    }
    requireAccess(request, {
      action: id === undefined ? deletion : ofVersion(deletion),
      bucket,
      key,
      grant: { acl: bucket.settings.acl, permission: 'WRITE' },
    });
    if (etag !== undefined && objectOf(s3, bucket.name, { key, id })?.etag !== bareEtag(etag)) {
      throw preconditionFailed('ETag');
    }
    return { deleted: deletedXml(deleteOne(s3, bucketAtCommit(s3, bucket.name), { key, id })) };
  } catch (error) {
    if (error instanceof ServiceError) {
      return { error: { Key: key, VersionId: id, Code: error.code, Message: error.message } };
    }
    throw error;
  }
}

/** A key, or one version of it. */
interface Wanted {
  readonly key: string;
  readonly id: string | undefined;
}

interface Deletion extends Wanted {
  /** The delete marker that was made, or deleted. */
  readonly marker: DeleteMarker | undefined;
}

function deleteOne({ store, clock }: S3, bucket: BucketRecord, { key, id }: Wanted): Deletion {
  if (id === undefined) {
    return { key, id, marker: store.versions.delete(bucket, { key, modifiedAt: clock.now().getTime() }) };
  }
  const version = store.versions.deleteVersion(bucket.name, key, id);
  return { key, id, marker: version !== undefined && isDeleteMarker(version) ? version : undefined };
}

function objectOf({ store }: S3, bucket: string, { key, id }: Wanted): ObjectRecord | undefined {
  if (id === undefined) {
    return store.objects.find(bucket, key);
  }
  const version = store.versions.find(bucket, key, id);
  return version === undefined || isDeleteMarker(version) ? undefined : version;
}

/** A version that the request names is told back, whether it was there or not. */
function deletionHeaders({ id, marker }: Deletion): Readonly<Record<string, string>> {
  return { ...(id !== undefined && { 'x-amz-version-id': id }), ...(marker !== undefined && markerHeaders(marker)) };
}

function deletedXml({ key, id, marker }: Deletion): XmlContent {
  return {
    Key: key,
    VersionId: id,
    DeleteMarker: marker === undefined ? undefined : true,
    DeleteMarkerVersionId: marker?.version.id,
  };
}

/** A list that was damaged on the way must not delete anything. */
function requireDigest({ headers }: S3Request): void {
  const names = ['content-md5', 'x-amz-trailer', ...checksumAlgorithms.map(checksumHeader)];
  if (!names.some((name) => headers[name] !== undefined)) {
    throw invalidRequest('Missing required header for this request: Content-MD5 OR x-amz-checksum-*');
  }
}
