import { formatS3Uri, parseS3Uri, type S3Uri } from '../../core/s3Uri.js';
import { renderTemplate } from '../../core/templates/renderTemplate.js';
import { ServiceError } from '../http/serviceError.js';
import { type HandOutDependencies, template } from '../labeling/handOut.js';
import { Refusal } from '../labeling/refusal.js';
import { ownTask, portalTask } from '../labeling/taskRecords.js';
import type { Worker } from '../labeling/workers.js';
import { StorageAway } from '../remote/storageAway.js';
import type { ObjectPart, ObjectStorage, ObjectStorages } from '../store/objectStorage.js';

export interface TaskObject {
  readonly bytes: Uint8Array;
  readonly contentType: string;
}

/** What Ground Truth takes as a picture. */
const mostBytes = 40 * 1_024 * 1_024;

/**
 * An object that the worker's task shows. A worker may read what the task's template grants, and nothing else: as on
 * AWS, where `grant_read_access` makes an address for that one object.
 */
export async function readTaskObject(
  dependencies: HandOutDependencies & { readonly storages: ObjectStorages },
  worker: Worker,
  { taskId, uri }: { readonly taskId: string; readonly uri: string },
): Promise<TaskObject> {
  const { database, identity, storages } = dependencies;
  const wanted = parseS3Uri(uri);
  const { task, job } = ownTask(database, worker, taskId);
  const { taskInput } = portalTask(job, task, identity.accountId);
  const { assets } = renderTemplate(template(dependencies, worker, job.referenceCode), taskInput);
  if (wanted === undefined || !assets.some((asset) => isSame(asset, wanted))) {
    throw new Refusal('NotFound', "The task's template grants no access to this object.");
  }
  const { bucket, key } = wanted;
  const objects = storages.of(job.storage);
  let part: ObjectPart;
  try {
    part = await objects.read(bucket, key, { offset: 0, length: mostBytes });
  } catch (error) {
    throw await inWords(error, wanted, objects);
  }
  const { bytes, totalBytes, contentType } = part;
  if (totalBytes > mostBytes) {
    throw new Refusal('InvalidRequest', `"${uri}" has ${totalBytes} bytes, more than a task can show.`);
  }
  return { bytes, contentType };
}

async function inWords(error: unknown, uri: S3Uri, objects: ObjectStorage): Promise<unknown> {
  if (error instanceof StorageAway) {
    return new Refusal(
      'NotFound',
      `"${formatS3Uri(uri)}" cannot be read just now: the storage that it is in cannot be used. Answers are kept all the same. Tell whoever created the job, and reload this page in a while.`,
    );
  }
  return error instanceof ServiceError ? notThere(uri, objects) : error;
}

function isSame(one: S3Uri, other: S3Uri): boolean {
  return one.bucket === other.bucket && one.key === other.key;
}

async function notThere(uri: S3Uri, objects: ObjectStorage): Promise<Refusal> {
  const isBucketThere = (await objects.findBucket(uri.bucket)) !== undefined;
  return new Refusal(
    'NotFound',
    isBucketThere ? `There is no object "${formatS3Uri(uri)}".` : `The bucket "${uri.bucket}" was deleted.`,
  );
}
