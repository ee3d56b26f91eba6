import { GetBucketTaggingCommand, PutBucketTaggingCommand, type S3Client, type Tag } from '@aws-sdk/client-s3';
import { Failure } from '../core/failure.js';
import type { Tags } from '../core/lab/labTags.js';
import { type AwsCaller, isRefusal } from './errors.js';

export function tagList(tags: Tags): Tag[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}

export interface TaggedMaking<T> {
  readonly tags: Tags;
  /** What the caller must be allowed to do, beside making it, so that it can have tags. */
  readonly action: string;
  readonly make: (tags: Tags) => Promise<T>;
}

/**
 * Makes something with its tags, in one request, so that it is never without them. Where AWS denies that, it is made
 * without: whoever may not tag may still make it. `denied` is then the action.
 */
export async function madeWithTags<T>({
  tags,
  action,
  make,
}: TaggedMaking<T>): Promise<{ readonly made: T; readonly denied?: string }> {
  try {
    return { made: await make(tags) };
  } catch (error) {
    if (Object.keys(tags).length === 0 || !Failure.is(error, 'aws.accessDenied')) {
      throw error;
    }
    return { made: await make({}), denied: action };
  }
}

/**
 * Adds to a bucket's tags. PutBucketTagging replaces all of them, so that who may not read them may not add to them
 * either. Resolves to the action that is denied.
 */
export async function tagBucket(
  { client, call }: { readonly client: S3Client; readonly call: AwsCaller },
  { bucket, tags }: { readonly bucket: string; readonly tags: Tags },
  signal: AbortSignal,
): Promise<string | undefined> {
  try {
    const there = await tagsOf(client, call, bucket, signal);
    const left = there.filter(({ Key = '' }) => tags[Key] === undefined);
    if (
      there.length - left.length === Object.keys(tags).length &&
      there.every(({ Key = '', Value }) => (tags[Key] ?? Value) === Value)
    ) {
      return undefined;
    }
    const command = new PutBucketTaggingCommand({ Bucket: bucket, Tagging: { TagSet: [...left, ...tagList(tags)] } });
    await call({ action: 's3:PutBucketTagging', resource: bucket }, signal, (options) => client.send(command, options));
    return undefined;
  } catch (error) {
    if (Failure.is(error, 'aws.accessDenied')) {
      return error.details.action;
    }
    throw error;
  }
}

async function tagsOf(client: S3Client, call: AwsCaller, bucket: string, signal: AbortSignal): Promise<readonly Tag[]> {
  try {
    const { TagSet = [] } = await call({ action: 's3:GetBucketTagging', resource: bucket }, signal, (options) =>
      client.send(new GetBucketTaggingCommand({ Bucket: bucket }), options),
    );
    return TagSet;
  } catch (error) {
    if (isRefusal(error, 'NoSuchTagSet')) {
      return [];
    }
    throw error;
  }
}
