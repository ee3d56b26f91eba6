import type { ObjectRecord } from '../store/records.js';
import { noSuchKey } from './errors.js';
import type { S3, S3Request } from './s3.js';

/** Changes what is recorded of the request's object, as it is at the commit; its bytes stay. */
export async function changeObject(
  { store }: S3,
  { bucket, key }: S3Request,
  change: (object: ObjectRecord) => ObjectRecord,
): Promise<void> {
  await store.commit(() => {
    const object = store.objects.find(bucket, key);
    if (object === undefined) {
      throw noSuchKey(key);
    }
    store.replaceObject(bucket, change(object));
  });
}
