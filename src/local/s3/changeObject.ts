import type { ObjectRecord } from '../store/records.js';
import { isDeleteMarker } from '../store/versionRecords.js';
import { noSuchKey, noSuchVersion } from './errors.js';
import type { S3, S3Request } from './s3.js';

/** Changes what is recorded of the request's object or version, as it is at the commit; its bytes stay. */
export async function changeObject(
  { store }: S3,
  { bucket, key, query }: S3Request,
  change: (object: ObjectRecord) => ObjectRecord,
): Promise<void> {
  const versionId = query.get('versionId');
  await store.commit(() => {
    const object = versionId === null ? store.objects.find(bucket, key) : store.versions.find(bucket, key, versionId);
    if (object === undefined || isDeleteMarker(object)) {
      throw versionId === null ? noSuchKey(key) : noSuchVersion(key, versionId);
    }
    store.versions.change(bucket, change(object));
  });
}
