import { Failure } from '../../core/failure.js';
import { keeping } from '../../core/lab/labKeeper.js';
import { labObjects } from '../../core/lab/labResources.js';
import type { ObjectStore, WriteObject } from '../../core/ports.js';
import type { S3Uri } from '../../core/s3Uri.js';
import type { Lab } from './ledger.js';

/**
 * Writes an object, which is in the ledger before it is there. One that was there before is written over and stays
 * whoever's it was: it must not go with the lab. So must one of which nobody here may know.
 */
export async function writeMade(
  { services: { objects }, record }: Lab,
  uri: S3Uri,
  { body, options }: { readonly body: Uint8Array; readonly options: WriteObject },
  signal: AbortSignal,
): Promise<void> {
  const write = () => objects.writeObject(uri, body, options, signal);
  await ((await mayBeThere(objects, uri, signal)) ? write() : keepingObject(record, uri, write));
}

/** Makes an object that was not there before. */
export async function keepingObject<T>(record: Lab['record'], uri: S3Uri, make: () => Promise<T>): Promise<T> {
  const [resource] = labObjects(uri.bucket, [uri.key]);
  return resource === undefined ? make() : keeping(record, resource, make);
}

async function mayBeThere(objects: ObjectStore, uri: S3Uri, signal: AbortSignal): Promise<boolean> {
  try {
    return (await objects.headObject(uri, signal)) !== undefined;
  } catch (error) {
    if (Failure.is(error, 'aws.accessDenied')) {
      return true;
    }
    throw error;
  }
}
