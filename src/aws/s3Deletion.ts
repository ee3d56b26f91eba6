import { DeleteObjectsCommand, type _Error as DeletionError, type S3Client } from '@aws-sdk/client-s3';
import { Failure } from '../core/failure.js';
import type { FailedDeletion } from '../core/lab/bucketContents.js';
import { overloads, type AwsCaller } from './errors.js';
import type { pause } from './pause.js';
import { persist } from './persist.js';

const keysPerDeletion = 1_000; // The most that DeleteObjects takes.

export interface S3Deletion {
  readonly client: S3Client;
  readonly call: AwsCaller;
  readonly wait: typeof pause;
}

/** An object, or that version of it alone. */
export interface Deleted {
  readonly key: string;
  readonly versionId?: string;
}

/** Resolves to those that were not deleted, with the reason. */
export async function deleteFrom(
  s3: S3Deletion,
  { bucket, objects }: { readonly bucket: string; readonly objects: readonly Deleted[] },
  signal: AbortSignal,
): Promise<readonly FailedDeletion[]> {
  const failed: FailedDeletion[] = [];
  for (let start = 0; start < objects.length; start += keysPerDeletion) {
    const errors = await deleteAtOnce(s3, bucket, objects.slice(start, start + keysPerDeletion), signal);
    failed.push(...errors.map(({ Key: key = '', Code: code = '', Message: reason = code }) => ({ key, code, reason })));
  }
  return failed;
}

/** S3 may fail for some of the keys in a reply that is a success: those are asked for again. */
async function deleteAtOnce(
  { client, call, wait }: S3Deletion,
  bucket: string,
  objects: readonly Deleted[],
  signal: AbortSignal,
): Promise<readonly DeletionError[]> {
  const final: DeletionError[] = [];
  const ofVersions = objects.some(({ versionId }) => versionId !== undefined);
  const action = { action: ofVersions ? 's3:DeleteObjectVersion' : 's3:DeleteObject', resource: bucket };
  let left = objects;
  await persist(
    async () => {
      const Objects = left.map(({ key: Key, versionId: VersionId }) =>
        VersionId === undefined ? { Key } : { Key, VersionId },
      );
      const command = new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects, Quiet: true } });
      const { Errors = [] } = await call(action, signal, (options) => client.send(command, options));
      final.push(...Errors.filter(({ Code = '' }) => !overloads.has(Code)));
      const passing = Errors.filter(({ Code = '' }) => overloads.has(Code));
      left = passing.flatMap(({ Key: key, VersionId: versionId }) =>
        key === undefined ? [] : [{ key, ...(versionId !== undefined && { versionId }) }],
      );
      const [first] = passing;
      if (first) {
        const { Code: name = '', Message: reason = name } = first;
        throw new Failure('aws.overloaded', { action: action.action, name, reason });
      }
    },
    wait,
    signal,
  );
  return final;
}
