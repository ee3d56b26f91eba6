import { randomInt } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';

/** What SQLite answers where somebody else has the lock. */
const sqliteBusy = 5;

/** For how long, and at which distance, the lock is tried: those that come together each get a part of it at first. */
const tries = 12;
const longestPauseMs = 60;

/**
 * Opens the records of a data folder. The lock is the operating system's and is held until the process ends, however it
 * ends; a second server on the same folder fails here with `SQLITE_BUSY`. A commit is on disk when it returns.
 */
export function openDatabase(file: string): DatabaseSync {
  for (let left = tries; ; left--) {
    try {
      return openLocked(file);
    } catch (error) {
      if (!isBusy(error) || left === 1) {
        throw error;
      }
      pause(randomInt(1, longestPauseMs));
    }
  }
}

export function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && error.errcode === sqliteBusy;
}

function openLocked(file: string): DatabaseSync {
  const database = new DatabaseSync(file);
  try {
    database.exec(`
      PRAGMA busy_timeout = 0;
      PRAGMA locking_mode = EXCLUSIVE;
      PRAGMA journal_mode = WAL;
      PRAGMA synchronous = FULL;
      PRAGMA foreign_keys = ON;
      BEGIN EXCLUSIVE;
      COMMIT;
    `);
    return database;
  } catch (error) {
    database.close(); // With whatever it has of the lock.
    throw error;
  }
}

/** Nothing else is to be done before the records are open. */
function pause(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

const inside = new WeakSet<DatabaseSync>();

/**
 * Runs `work` as one commit: all of it is kept or, where it throws, none. Within another it is a part of that one, which
 * commits or undoes both. Never asynchronous.
 */
export function inTransaction<T>(database: DatabaseSync, work: () => T): T {
  if (inside.has(database)) {
    return work();
  }
  database.exec('BEGIN IMMEDIATE');
  inside.add(database);
  try {
    const result = work();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    database.exec('ROLLBACK');
    throw error;
  } finally {
    inside.delete(database);
  }
}
