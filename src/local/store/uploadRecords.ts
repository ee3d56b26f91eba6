import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { PartRecord, UploadRecord } from './records.js';

const schema = `
  CREATE TABLE IF NOT EXISTS s3_upload (
    id TEXT PRIMARY KEY,
    bucket TEXT NOT NULL REFERENCES s3_bucket (name),
    key TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    details TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS s3_upload_key ON s3_upload (bucket, key, started_at, id);
  CREATE TABLE IF NOT EXISTS s3_part (
    upload TEXT NOT NULL REFERENCES s3_upload (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    details TEXT NOT NULL,
    PRIMARY KEY (upload, number)
  ) STRICT, WITHOUT ROWID;
`;

/** Uploads in parts that are neither completed nor aborted. What changes one is called inside a commit. */
export class UploadRecords {
  readonly #find: StatementSync;
  readonly #list: StatementSync;
  readonly #insert: StatementSync;
  readonly #delete: StatementSync;
  readonly #findPart: StatementSync;
  readonly #parts: StatementSync;
  readonly #putPart: StatementSync;

  constructor(database: DatabaseSync) {
    database.exec(schema);
    this.#find = database.prepare('SELECT * FROM s3_upload WHERE id = ? AND bucket = ? AND key = ?');
    this.#list = database.prepare('SELECT * FROM s3_upload WHERE bucket = ? ORDER BY key, started_at, id');
    this.#insert = database.prepare(
      'INSERT INTO s3_upload (id, bucket, key, started_at, details) VALUES (?, ?, ?, ?, ?)',
    );
    this.#delete = database.prepare('DELETE FROM s3_upload WHERE id = ?');
    this.#findPart = database.prepare('SELECT number, details FROM s3_part WHERE upload = ? AND number = ?');
    this.#parts = database.prepare('SELECT number, details FROM s3_part WHERE upload = ? ORDER BY number');
    this.#putPart = database.prepare('INSERT OR REPLACE INTO s3_part (upload, number, details) VALUES (?, ?, ?)');
  }

  find(bucket: string, key: string, id: string): UploadRecord | undefined {
    const row = this.#find.get(id, bucket, key);
    return row === undefined ? undefined : uploadOf(row);
  }

  list(bucket: string): readonly UploadRecord[] {
    return this.#list.all(bucket).map(uploadOf);
  }

  insert(bucket: string, { id, key, startedAt, ...details }: UploadRecord): void {
    this.#insert.run(id, bucket, key, startedAt, JSON.stringify(details));
  }

  /** With its parts. */
  delete(id: string): void {
    this.#delete.run(id);
  }

  findPart(upload: string, number: number): PartRecord | undefined {
    const row = this.#findPart.get(upload, number);
    return row === undefined ? undefined : partOf(row);
  }

  parts(upload: string): readonly PartRecord[] {
    return this.#parts.all(upload).map(partOf);
  }

  putPart(upload: string, { number, ...details }: PartRecord): void {
    this.#putPart.run(upload, number, JSON.stringify(details));
  }
}

type Row = ReturnType<StatementSync['all']>[number];

function uploadOf(row: Row): UploadRecord {
  return {
    ...(JSON.parse(String(row['details'])) as Omit<UploadRecord, 'id' | 'key' | 'startedAt'>),
    id: String(row['id']),
    key: String(row['key']),
    startedAt: Number(row['started_at']),
  };
}

function partOf(row: Row): PartRecord {
  return {
    ...(JSON.parse(String(row['details'])) as Omit<PartRecord, 'number'>),
    number: Number(row['number']),
  };
}
