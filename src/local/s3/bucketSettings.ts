import type { BucketSettings } from '../store/records.js';
import { noSuchBucket } from './errors.js';
import type { S3, S3Request } from './s3.js';

/** Changes the request's bucket; `change` sees its settings as they are at the commit, and may refuse. */
export async function changeSettings(
  { store }: S3,
  { bucket }: S3Request,
  change: (settings: BucketSettings) => BucketSettings,
): Promise<void> {
  await store.commit(() => {
    const current = store.buckets.find(bucket);
    if (current === undefined) {
      throw noSuchBucket(bucket);
    }
    store.buckets.change(bucket, change(current.settings));
  });
}

/** A setting that is not there is not the same as one that is off. */
export function withoutSetting(settings: BucketSettings, name: Exclude<keyof BucketSettings, 'acl'>): BucketSettings {
  const { [name]: _, ...others } = settings;
  return { ...others, acl: settings.acl };
}
