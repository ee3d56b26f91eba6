import type { JsonObject, JsonValue } from '../../core/json.js';
import { FunctionFailure, type LabelingFunctions } from '../functions/labelingFunctions.js';
import type { ObjectStorages } from '../store/objectStorage.js';
import type { Job } from './jobRecords.js';

/**
 * Calls a function of the job. One that fails while the job's storage is away may have wanted to read it: the job then
 * waits for the storage (`StorageAway`), and calls it again.
 */
export async function callFunction(
  { functions, storages }: { readonly functions: LabelingFunctions; readonly storages: ObjectStorages },
  { storage }: Pick<Job, 'storage'>,
  { arn, event }: { readonly arn: string; readonly event: JsonObject },
): Promise<JsonValue> {
  try {
    return await functions.invoke(arn, event, storage);
  } catch (error) {
    throw (error instanceof FunctionFailure ? storages.problem(storage) : undefined) ?? error;
  }
}
