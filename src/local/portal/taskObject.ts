import { formatS3Uri, parseS3Uri, type S3Uri } from '../../core/s3Uri.js';
import { renderTemplate } from '../../core/templates/renderTemplate.js';
import { ServiceError } from '../http/serviceError.js';
import { type HandOutDependencies, template } from '../labeling/handOut.js';
import { Refusal } from '../labeling/refusal.js';
import { ownTask, portalTask } from '../labeling/taskRecords.js';
import type { Worker } from '../labeling/workers.js';
import type { ObjectStorage } from '../store/objectStorage.js';

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
  dependencies: HandOutDependencies & { readonly objects: ObjectStorage },
  worker: Worker,
  { taskId, uri }: { readonly taskId: string; readonly uri: string },
): Promise<TaskObject> {
  const { database, identity, objects } = dependencies;
  const wanted = parseS3Uri(uri);
  const { task, job } = ownTask(database, worker, taskId);
  const { taskInput } = portalTask(job, task, identity.accountId);
  const { assets } = renderTemplate(template(dependencies, worker, job.referenceCode), taskInput);
  if (wanted === undefined || !assets.some((asset) => isSame(asset, wanted))) {
    throw new Refusal('NotFound', "The task's template grants no access to this object.");
  }
  const { bucket, key } = wanted;
  const head = objects.head(bucket, key);
  if (head === undefined) {
    throw notThere(wanted, objects);
  }
  if (head.bytes > mostBytes) {
    throw new Refusal('InvalidRequest', `"${uri}" has ${head.bytes} bytes, more than a task can show.`);
  }
  try {
    return { bytes: await objects.read(bucket, key), contentType: head.contentType };
  } catch (error) {
    throw error instanceof ServiceError ? notThere(wanted, objects) : error; // It was deleted meanwhile.
  }
}

function isSame(one: S3Uri, other: S3Uri): boolean {
  return one.bucket === other.bucket && one.key === other.key;
}

function notThere(uri: S3Uri, objects: ObjectStorage): Refusal {
  const isBucketThere = objects.bucketExists(uri.bucket);
  return new Refusal(
    'NotFound',
    isBucketThere ? `There is no object "${formatS3Uri(uri)}".` : `The bucket "${uri.bucket}" was deleted.`,
  );
}
