import { labObjects } from '../../core/lab/labResources.js';
import type { LabRecord } from './ledger.js';

const firstBatch = 100;
/** So much of what is recorded may be on its way. */
const share = 1 / 4;

/** Which objects of a bucket an upload has made. */
export interface UploadRecord {
  add(key: string): void;
  /** Resolves when all of them are in the ledger. */
  finish(): Promise<void>;
}

/**
 * Writes objects down while others are still being uploaded. The ledger is written as a whole each time, so that they
 * come in batches, which grow: an extension host that dies meanwhile knows of all but the last.
 */
export function recordUpload(record: Pick<LabRecord, 'add'>, bucket: string): UploadRecord {
  let recorded = 0;
  let pending: string[] = [];
  let last: Promise<void> = Promise.resolve();
  const flush = () => {
    const keys = pending;
    pending = [];
    recorded += keys.length;
    last = last.then(() => record.add(labObjects(bucket, keys)));
    last.catch(() => undefined); // Whoever waits for the end is told.
  };
  return {
    add(key) {
      pending.push(key);
      if (pending.length >= Math.max(firstBatch, recorded * share)) {
        flush();
      }
    },
    finish() {
      flush();
      return last;
    },
  };
}
