import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { afterPrefix } from './keyOrder.js';
import { afterAllKeys, objectOf, type ObjectQuery, type Row } from './objectRecords.js';
import type { DeleteMarker, ObjectRecord, VersionRecord } from './records.js';

const schema = `
  CREATE TABLE IF NOT EXISTS s3_version (
    bucket TEXT NOT NULL REFERENCES s3_bucket (name),
    key TEXT NOT NULL,
    rank INTEGER NOT NULL,
    id TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    etag TEXT NOT NULL,
    modified_at INTEGER NOT NULL,
    details TEXT NOT NULL,
    PRIMARY KEY (bucket, key, rank DESC)
  ) STRICT, WITHOUT ROWID;
  CREATE UNIQUE INDEX IF NOT EXISTS s3_version_id ON s3_version (bucket, key, id);
`;

/** Above every rank: the current version comes first. */
const currentRank = Number.MAX_SAFE_INTEGER;

export interface VersionQuery extends ObjectQuery {
  /** Of the key `from`, only versions of a lower rank. */
  readonly below?: number;
}

/**
 * The versions that are not in the index of objects: what was current once, and delete markers. A bucket that has never
 * kept any has no row here. What changes one is called inside a commit.
 */
export class VersionRecords {
  readonly #find: StatementSync;
  readonly #newest: StatementSync;
  readonly #list: StatementSync;
  readonly #put: StatementSync;
  readonly #delete: StatementSync;
  readonly #any: StatementSync;

  constructor(database: DatabaseSync) {
    database.exec(schema);
    this.#find = database.prepare('SELECT * FROM s3_version WHERE bucket = ? AND key = ? AND id = ?');
    this.#newest = database.prepare('SELECT * FROM s3_version WHERE bucket = ? AND key = ? ORDER BY rank DESC LIMIT 1');
    // Both sides come in this order already: SQLite merges them, row by row.
    this.#list = database.prepare(`
      SELECT key, ${currentRank} AS rank, bytes, etag, modified_at, details FROM s3_object
      WHERE bucket = ?1 AND key >= max(?2, ?3) AND key <> ?4 AND key < ?5
      UNION ALL
      SELECT key, rank, bytes, etag, modified_at, details FROM s3_version
      WHERE bucket = ?1 AND key >= max(?2, ?3) AND key <> ?4 AND key < ?5 AND (key <> ?3 OR rank < ?6)
      ORDER BY key, rank DESC
    `);
    this.#put = database.prepare(`
      INSERT OR REPLACE INTO s3_version (bucket, key, rank, id, bytes, etag, modified_at, details)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)
    `);
    this.#delete = database.prepare('DELETE FROM s3_version WHERE bucket = ? AND key = ? AND id = ?');
    this.#any = database.prepare('SELECT 1 FROM s3_version WHERE bucket = ? LIMIT 1');
  }

  find(bucket: string, key: string, id: string): VersionRecord | undefined {
    const row = this.#find.get(bucket, key, id);
    return row === undefined ? undefined : versionOf(row);
  }

  newest(bucket: string, key: string): VersionRecord | undefined {
    const row = this.#newest.get(bucket, key);
    return row === undefined ? undefined : versionOf(row);
  }

  /**
   * Those of the index of objects as well: key by key, the newest first. Reads a row when it is asked for: to be used at
   * once, before the next listing.
   */
  *listAll({
    bucket,
    prefix,
    after = '',
    from = after,
    below = currentRank,
  }: VersionQuery): Generator<{ readonly record: VersionRecord; readonly isCurrent: boolean }, void> {
    const end = afterPrefix(prefix) ?? afterAllKeys;
    for (const row of this.#list.iterate(bucket, prefix, from, after, end, below)) {
      const record = versionOf(row);
      const isCurrent = Number(row['rank']) === currentRank;
      // It may be a newer one than that after which the listing goes on.
      if (!isCurrent || record.key !== from || rankOf(record) < below) {
        yield { record, isCurrent };
      }
    }
  }

  hasAny(bucket: string): boolean {
    return this.#any.get(bucket) !== undefined;
  }

  put(bucket: string, record: VersionRecord): void {
    const { key, modifiedAt, ...others } = record;
    const { bytes, etag, ...details } = 'isDeleteMarker' in others ? { bytes: 0, etag: '', ...others } : others;
    const [rank, id] = [rankOf(record), versionIdOf(record)];
    this.#put.run(bucket, key, rank, id, bytes, etag, modifiedAt, JSON.stringify(details));
  }

  delete(bucket: string, key: string, id: string): void {
    this.#delete.run(bucket, key, id);
  }
}

/** `null` of what was made while no versions were kept. */
export function versionIdOf({ version }: VersionRecord): string {
  return version?.id ?? 'null';
}

export function rankOf({ version }: VersionRecord): number {
  return version?.rank ?? 0;
}

export function isDeleteMarker(record: VersionRecord): record is DeleteMarker {
  return 'isDeleteMarker' in record;
}

function versionOf(row: Row): VersionRecord {
  const { isDeleteMarker: isMarker, ...record }: ObjectRecord & Partial<DeleteMarker> = objectOf(row);
  const { key, modifiedAt, version } = record;
  return isMarker === true && version !== undefined ? { isDeleteMarker: true, key, modifiedAt, version } : record;
}
