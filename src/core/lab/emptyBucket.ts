import { Failure } from '../failure.js';
import type { Services } from '../ports.js';
import type { FailedDeletion, ObjectVersion } from './bucketContents.js';

const keysPerStep = 1_000;

export interface Emptying {
  readonly services: Pick<Services, 'objects' | 'bucketContents'>;
  readonly bucket: string;
  /** Told after each step of how many objects, versions and delete markers are gone. */
  readonly onDeleted: (count: number) => void;
}

/**
 * Deletes all that is in the bucket: objects, their older versions, delete markers, and uploads in parts that were never
 * finished. Each step is for good, so that a run that was cut short goes on where it was. What cannot be deleted is
 * passed over, and told at the end.
 */
export async function emptyBucket(emptying: Emptying, signal: AbortSignal): Promise<void> {
  const { services, bucket } = emptying;
  const { bucketContents } = services;
  const count = new Count(emptying);
  // Without versions, the permission to delete objects is enough; of an unknown bucket, more than objects is looked for.
  const isVersioned = await bucketContents.isVersioned(bucket, signal);
  await (isVersioned === false ? deleteObjects(emptying, count, signal) : deleteVersions(emptying, count, signal));
  count.throwIfAnyIsLeft();
  await abortUploads(emptying, signal);
}

async function deleteObjects({ services, bucket }: Emptying, count: Count, signal: AbortSignal): Promise<void> {
  let token: string | undefined;
  do {
    const page = await services.objects.listObjects(
      { bucket, pageSize: keysPerStep, ...(token !== undefined && { token }) },
      signal,
    );
    const keys = page.objects.map(({ key }) => key);
    const failed = keys.length === 0 ? [] : await services.objects.deleteObjects(bucket, keys, signal);
    count.add(keys.length, failed);
    token = page.nextToken;
  } while (token !== undefined);
}

async function deleteVersions(emptying: Emptying, count: Count, signal: AbortSignal): Promise<void> {
  const { services, bucket } = emptying;
  let token: ObjectVersion | undefined;
  do {
    const page = await services.bucketContents.listVersions({ bucket, ...(token && { token }) }, signal);
    const { versions } = page;
    const failed = versions.length === 0 ? [] : await services.bucketContents.deleteVersions(bucket, versions, signal);
    count.add(versions.length, failed);
    token = page.nextToken;
  } while (token !== undefined);
}

async function abortUploads({ services, bucket }: Emptying, signal: AbortSignal): Promise<void> {
  try {
    await services.bucketContents.abortUploads(bucket, signal);
  } catch (error) {
    // They go with the bucket as well: not being allowed to look for them is no reason to keep it.
    if (!Failure.is(error, 'aws.accessDenied')) {
      throw error;
    }
  }
}

/** What is gone, and what could not be deleted. */
class Count {
  readonly #emptying: Emptying;
  #deleted = 0;
  #left = 0;
  #first: FailedDeletion | undefined;

  constructor(emptying: Emptying) {
    this.#emptying = emptying;
  }

  add(asked: number, failed: readonly FailedDeletion[]): void {
    this.#deleted += asked - failed.length;
    this.#left += failed.length;
    this.#first ??= failed[0];
    this.#emptying.onDeleted(this.#deleted);
    if (asked > 0 && failed.length === asked) {
      this.throwIfAnyIsLeft(); // A million others would not go either.
    }
  }

  throwIfAnyIsLeft(): void {
    if (this.#first) {
      const { key, code, reason } = this.#first;
      throw new Failure('bucket.notEmptied', {
        bucket: this.#emptying.bucket,
        left: this.#left,
        key,
        reason: reason === code ? code : `${code}: ${reason}`,
      });
    }
  }
}
