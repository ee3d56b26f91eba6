import { DatabaseSync } from 'node:sqlite';

/**
 * Opens the records of a data folder. The lock is the operating system's and is held until the process ends, however it
 * ends; a second server on the same folder fails here with `SQLITE_BUSY`. A commit is on disk when it returns.
 */
export function openDatabase(file: string): DatabaseSync {
  const database = new DatabaseSync(file);
  database.exec(`
    PRAGMA locking_mode = EXCLUSIVE;
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA foreign_keys = ON;
    PRAGMA busy_timeout = 0;
    BEGIN EXCLUSIVE;
    COMMIT;
  `);
  return database;
}

/** Runs `work` as one commit: all of it is kept or, where it throws, none. Never nested, never asynchronous. */
export function inTransaction<T>(database: DatabaseSync, work: () => T): T {
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    database.exec('ROLLBACK');
    throw error;
  }
}
