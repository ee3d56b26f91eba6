import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { BucketRecord, BucketSettings } from './records.js';

const schema = `
  CREATE TABLE IF NOT EXISTS s3_bucket (
    name TEXT PRIMARY KEY,
    region TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    settings TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
`;

/** The buckets. What changes one is called inside a commit. */
export class BucketRecords {
  readonly #find: StatementSync;
  readonly #list: StatementSync;
  readonly #insert: StatementSync;
  readonly #change: StatementSync;
  readonly #delete: StatementSync;

  constructor(database: DatabaseSync) {
    database.exec(schema);
    this.#find = database.prepare('SELECT * FROM s3_bucket WHERE name = ?');
    this.#list = database.prepare('SELECT * FROM s3_bucket ORDER BY name');
    this.#insert = database.prepare('INSERT INTO s3_bucket (name, region, created_at, settings) VALUES (?, ?, ?, ?)');
    this.#change = database.prepare('UPDATE s3_bucket SET settings = ? WHERE name = ?');
    this.#delete = database.prepare('DELETE FROM s3_bucket WHERE name = ?');
  }

  find(name: string): BucketRecord | undefined {
    const row = this.#find.get(name);
    return row === undefined ? undefined : bucketOf(row);
  }

  list(): readonly BucketRecord[] {
    return this.#list.all().map(bucketOf);
  }

  insert({ name, region, createdAt, settings }: BucketRecord): void {
    this.#insert.run(name, region, createdAt, JSON.stringify(settings));
  }

  change(name: string, settings: BucketSettings): void {
    this.#change.run(JSON.stringify(settings), name);
  }

  delete(name: string): void {
    this.#delete.run(name);
  }
}

type Row = ReturnType<StatementSync['all']>[number];

function bucketOf(row: Row): BucketRecord {
  return {
    name: String(row['name']),
    region: String(row['region']),
    createdAt: Number(row['created_at']),
    settings: JSON.parse(String(row['settings'])) as BucketSettings,
  };
}
