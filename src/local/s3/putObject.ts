import type { Reply } from '../http/reply.js';
import type { ObjectRecord } from '../store/records.js';
import { requireWriteAccess } from './access.js';
import { checksumHeaders } from './checksumFields.js';
import { checkWriteConditions } from './conditions.js';
import { requestedAttributes } from './objectAttributes.js';
import { receiveBytes } from './receiveBytes.js';
import { bucketAtCommit, type S3, type S3Request } from './s3.js';
import { madeVersionHeaders } from './versionHeaders.js';

export async function putObject(s3: S3, request: S3Request): Promise<Reply> {
  const { store } = s3;
  const { key } = request;
  const bucket = requireWriteAccess(s3, request, 's3:PutObject');
  const attributes = requestedAttributes(s3, request, bucket);
  checkWriteConditions(request, store.objects.find(bucket.name, key)); // And again in the commit; this saves the upload.
  const { blob, etag, checksum } = await receiveBytes(s3, request);
  const object: ObjectRecord = {
    ...attributes,
    key,
    bytes: blob.bytes,
    etag,
    modifiedAt: s3.clock.now().getTime(),
    blobs: [blob],
    ...(checksum !== undefined && { checksum: { ...checksum, type: 'FULL_OBJECT' } }),
  };
  const version = await store.commitBlob(blob, () => {
    const found = bucketAtCommit(s3, bucket.name);
    checkWriteConditions(request, store.objects.find(bucket.name, key));
    return store.versions.put(found, object);
  });
  return {
    status: 200,
    headers: { etag: `"${etag}"`, ...checksumHeaders(object.checksum), ...madeVersionHeaders(version) },
  };
}
