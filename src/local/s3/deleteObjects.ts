import { header } from '../http/incoming.js';
import type { Reply } from '../http/reply.js';
import { ServiceError } from '../http/serviceError.js';
import type { XmlContent } from '../http/xml.js';
import type { XmlElement } from '../http/xmlReader.js';
import type { BucketRecord } from '../store/records.js';
import { requireAccess, requireWriteAccess } from './access.js';
import { checksumAlgorithms, checksumHeader } from './checksums.js';
import { bareEtag, checkWriteConditions } from './conditions.js';
import { invalidRequest, malformedXml, noSuchVersion, preconditionFailed } from './errors.js';
import { noContent, requireBucket, xmlReply, type S3, type S3Request } from './s3.js';
import { xmlBody } from './smallBody.js';

const mostKeys = 1000;
const longestList = 4 * 1024 * 1024;

/** Deleting what is not there is no error. */
export async function deleteObject(s3: S3, request: S3Request): Promise<Reply> {
  const { name } = requireWriteAccess(s3, request, 's3:DeleteObject');
  await s3.store.commit(() => {
    if (header(request.headers, 'if-match') !== undefined) {
      checkWriteConditions(request, s3.store.objects.find(name, request.key));
    }
    s3.store.deleteObject(name, request.key);
  });
  return noContent;
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
  const versionId = entry.value('VersionId');
  try {
    if (versionId !== undefined && versionId !== 'null') {
      throw noSuchVersion(versionId); // No others are kept.
    }
    requireAccess(request, {
      action: 's3:DeleteObject',
      bucket,
      key,
      grant: { acl: bucket.settings.acl, permission: 'WRITE' },
    });
    if (etag !== undefined && s3.store.objects.find(bucket.name, key)?.etag !== bareEtag(etag)) {
      throw preconditionFailed('ETag');
    }
    s3.store.deleteObject(bucket.name, key);
    return { deleted: { Key: key, VersionId: versionId } };
  } catch (error) {
    if (error instanceof ServiceError) {
      return { error: { Key: key, VersionId: versionId, Code: error.code, Message: error.message } };
    }
    throw error;
  }
}

/** A list that was damaged on the way must not delete anything. */
function requireDigest({ headers }: S3Request): void {
  const names = ['content-md5', 'x-amz-trailer', ...checksumAlgorithms.map(checksumHeader)];
  if (!names.some((name) => headers[name] !== undefined)) {
    throw invalidRequest('Missing required header for this request: Content-MD5 OR x-amz-checksum-*');
  }
}
