import { mkdir, open, rename, stat, truncate } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import type { Clock } from '../clock.js';
import type { Identity } from '../http/services.js';
import { query, run } from '../records.js';
import { inTransaction } from '../store/database.js';
import { syncFolder } from '../store/syncFolder.js';
import { eventRecord, type JobEventRow } from './eventRecords.js';

export interface EventLogDependencies {
  readonly database: DatabaseSync;
  readonly identity: Identity;
  readonly clock: Clock;
  /** Where the events go, one JSON object to a line; `<file>.1` has those before. */
  readonly file: string;
  /** A file of this size is put aside, and the one put aside before is gone: there is never more than twice as much. */
  readonly largestBytes?: number;
  readonly log: (line: string) => void;
}

const flushAfterMs = 250;
const retryAfterMs = 5_000;
const eventsAtOnce = 1_000;
const usualLargestBytes = 5_000_000;

/**
 * Writes the recorded events to a file, each once. A commit forgets what the file has on disk, and notes how long the
 * file was then: what a server that was killed wrote beyond that is cut off, and written again.
 */
export class EventLog {
  readonly #dependencies: EventLogDependencies;
  #timer: { dispose(): void } | undefined;
  #work: Promise<void> = Promise.resolve();
  #isTrusted = false;
  #isStopped = false;

  constructor(dependencies: EventLogDependencies) {
    this.#dependencies = dependencies;
  }

  /** There may be something to write; it is written soon, with what comes meanwhile. */
  wake(delayMs = flushAfterMs): void {
    if (this.#timer === undefined && !this.#isStopped) {
      this.#timer = this.#dependencies.clock.after(delayMs, () => {
        this.#timer = undefined;
        void this.flush();
      });
    }
  }

  /** Resolves when all that was recorded before is in the file. */
  async flush(): Promise<void> {
    this.#work = this.#work.then(async () => this.#writeAll());
    await this.#work;
  }

  /** Writes what is left, and then no more. */
  async stop(): Promise<void> {
    this.#timer?.dispose();
    this.#isStopped = true;
    await this.flush();
  }

  /** Never throws: labeling does not depend on its log. */
  async #writeAll(): Promise<void> {
    try {
      for (let rows = this.#next(); rows.length > 0; rows = this.#next()) {
        await this.#write(rows);
      }
    } catch (error) {
      this.#isTrusted = false;
      this.#dependencies.log(`could not write "${this.#dependencies.file}": ${String(error)}`);
      this.wake(retryAfterMs);
    }
  }

  #next(): readonly JobEventRow[] {
    return query<JobEventRow>(
      this.#dependencies.database,
      `SELECT labeling_events.*, name, reference_code,
         json_extract(request, '$.HumanTaskConfig.WorkteamArn') AS workteam_arn
       FROM labeling_events JOIN labeling_jobs ON labeling_jobs.id = job ORDER BY number LIMIT ?`,
    ).all(eventsAtOnce);
  }

  async #write(rows: readonly JobEventRow[]): Promise<void> {
    const { database, identity, file, largestBytes = usualLargestBytes } = this.#dependencies;
    if (!this.#isTrusted) {
      await this.#cutOff();
    }
    const lines = rows.map((row) => `${JSON.stringify(eventRecord(row, identity))}\n`);
    const bytes = await append(file, lines.join(''));
    inTransaction(database, () => {
      run(database, 'DELETE FROM labeling_events WHERE number <= ?', rows.at(-1)?.number ?? 0);
      setBytes(database, bytes);
    });
    if (bytes >= largestBytes) {
      await rename(file, `${file}.1`);
      await syncFolder(dirname(file)); // Else its old name might come back, and be cut off.
      setBytes(database, 0);
    }
  }

  async #cutOff(): Promise<void> {
    const { database, file } = this.#dependencies;
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    const noted = query<{ readonly bytes: number }>(database, 'SELECT bytes FROM labeling_event_log').one()?.bytes ?? 0;
    const bytes = await sizeOf(file);
    if (bytes > noted) {
      await truncate(file, noted);
    }
    // It is shorter where it was put aside just before the server ended, or where somebody has deleted it.
    setBytes(database, Math.min(bytes, noted));
    this.#isTrusted = true;
  }
}

/** Resolves to the file's length, once all of it is on disk. */
async function append(path: string, text: string): Promise<number> {
  const file = await open(path, 'a', 0o600);
  try {
    await file.appendFile(text);
    await file.sync();
    return (await file.stat()).size;
  } finally {
    await file.close();
  }
}

async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
      return 0;
    }
    throw error;
  }
}

function setBytes(database: DatabaseSync, bytes: number): void {
  inTransaction(database, () => {
    run(database, 'DELETE FROM labeling_event_log');
    run(database, 'INSERT INTO labeling_event_log (bytes) VALUES (?)', bytes);
  });
}
