import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { afterPrefix } from './keyOrder.js';
import type { ObjectDetails, ObjectRecord } from './records.js';

const schema = `
  CREATE TABLE IF NOT EXISTS s3_object (
    bucket TEXT NOT NULL REFERENCES s3_bucket (name),
    key TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    etag TEXT NOT NULL,
    modified_at INTEGER NOT NULL,
    details TEXT NOT NULL,
    PRIMARY KEY (bucket, key)
  ) STRICT, WITHOUT ROWID;
`;

/** Longer than the 1,024 bytes that a key may have, and of the last character. */
export const afterAllKeys = '\u{10FFFF}'.repeat(257);

export interface ObjectQuery {
  readonly bucket: string;
  readonly prefix: string;
  /** Only keys after this one. */
  readonly after?: string;
  /** Only keys from this one on. */
  readonly from?: string;
}

/**
 * The index of the objects, in the order of S3: of each key the current version, unless that is a delete marker. What
 * changes one is called inside a commit.
 */
export class ObjectRecords {
  readonly #find: StatementSync;
  readonly #list: StatementSync;
  readonly #put: StatementSync;
  readonly #delete: StatementSync;
  readonly #any: StatementSync;

  constructor(database: DatabaseSync) {
    database.exec(schema);
    this.#find = database.prepare('SELECT * FROM s3_object WHERE bucket = ? AND key = ?');
    this.#list = database.prepare(
      'SELECT * FROM s3_object WHERE bucket = ?1 AND key >= max(?2, ?3) AND key <> ?3 AND key < ?4 ORDER BY key',
    );
    this.#put = database.prepare(
      'INSERT OR REPLACE INTO s3_object (bucket, key, bytes, etag, modified_at, details) VALUES (?, ?, ?, ?, ?, ?)',
    );
    this.#delete = database.prepare('DELETE FROM s3_object WHERE bucket = ? AND key = ?');
    this.#any = database.prepare('SELECT 1 FROM s3_object WHERE bucket = ? LIMIT 1');
  }

  find(bucket: string, key: string): ObjectRecord | undefined {
    const row = this.#find.get(bucket, key);
    return row === undefined ? undefined : objectOf(row);
  }

  /** Reads a row when it is asked for, and none beyond: to be used at once, before the next listing. */
  *list({ bucket, prefix, after, from }: ObjectQuery): Generator<ObjectRecord, void> {
    // One bound at each end, so that SQLite reads what is listed and not a row more. No key is empty, so that "after
    // nothing" lets all through.
    const end = afterPrefix(prefix) ?? afterAllKeys;
    for (const row of this.#list.iterate(bucket, from ?? prefix, after ?? '', end)) {
      yield objectOf(row);
    }
  }

  hasAny(bucket: string): boolean {
    return this.#any.get(bucket) !== undefined;
  }

  put(bucket: string, { key, bytes, etag, modifiedAt, ...details }: ObjectRecord): void {
    this.#put.run(bucket, key, bytes, etag, modifiedAt, JSON.stringify(details));
  }

  delete(bucket: string, key: string): void {
    this.#delete.run(bucket, key);
  }
}

export type Row = ReturnType<StatementSync['all']>[number];

export function objectOf(row: Row): ObjectRecord {
  return {
    ...(JSON.parse(String(row['details'])) as ObjectDetails),
    key: String(row['key']),
    bytes: Number(row['bytes']),
    etag: String(row['etag']),
    modifiedAt: Number(row['modified_at']),
  };
}
