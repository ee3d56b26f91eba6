import { labObjects } from '../../core/lab/labResources.js';
import type { LabRecord } from './ledger.js';

const firstBatch = 100;
/** So much of what is recorded may be on its way. */
const share = 1 / 4;

/** Which objects of a bucket an upload has made, or may have made. */
export interface UploadRecord {
  /** To be awaited: writes down at once what is going to be made. */
  begin(keys: readonly string[]): Promise<void>;
  /** It is asked for: whether or not that is heard of, it may be there. */
  writing(key: string): void;
  add(key: string): void;
  /** Resolves when the ledger has just what was made, or asked for. */
  finish(): Promise<void>;
}

/**
 * Writes objects down before they are asked for, as far as it is known then that they are not there yet; others while
 * the upload goes on. The ledger is written as a whole each time, so that those come in batches, which grow: an
 * extension host that dies meanwhile knows of all but the last.
 */
export function recordUpload(record: Pick<LabRecord, 'add' | 'entries' | 'remove'>, bucket: string): UploadRecord {
  let recorded = 0;
  let pending: string[] = [];
  let last: Promise<void> = Promise.resolve();
  /** Written down, and not asked for yet. */
  const begun = new Set<string>();
  const asked = new Set<string>();
  const flush = () => {
    const keys = pending;
    pending = [];
    recorded += keys.length;
    last = last.then(() => record.add(labObjects(bucket, keys)));
    last.catch(() => undefined); // Whoever waits for the end is told.
  };
  return {
    async begin(keys) {
      const known = recordedKeys(record, bucket);
      const fresh = keys.filter((key) => !known.has(key));
      await record.add(labObjects(bucket, fresh));
      for (const key of fresh) {
        begun.add(key);
      }
    },
    writing(key) {
      if (begun.delete(key)) {
        asked.add(key);
      }
    },
    add(key) {
      if (asked.has(key)) {
        return;
      }
      pending.push(key);
      if (pending.length >= Math.max(firstBatch, recorded * share)) {
        flush();
      }
    },
    async finish() {
      flush();
      await last;
      for (const never of labObjects(bucket, [...begun])) {
        await record.remove(never);
      }
    },
  };
}

function recordedKeys(record: Pick<LabRecord, 'entries'>, bucket: string): ReadonlySet<string> {
  return new Set(
    record
      .entries()
      .flatMap(({ resource: it }) =>
        it.kind === 'objects' && it.bucket === bucket ? it.names.map((name) => it.folder + name) : [],
      ),
  );
}
