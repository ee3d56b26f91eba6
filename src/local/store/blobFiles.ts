import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rm, rmdir, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { inTransaction } from './database.js';
import { Pins } from './pins.js';
import { syncFolder } from './syncFolder.js';

/** Bytes on disk: `name` is `<folder>/<number>`, never made from a key and never used twice. */
export interface Blob {
  readonly name: string;
  readonly bytes: number;
}

/** Both ends included, as in a Range header. */
export interface ByteRange {
  readonly first: number;
  readonly last: number;
}

const usualBlobsPerFolder = 10_000;
const readBytes = 256 * 1024;
/** Objects up to this size are read by one call; a stream costs more than it saves. */
const wholeReadBytes = 1024 * 1024;

const schema = `
  CREATE TABLE IF NOT EXISTS s3_blob_folder (number INTEGER PRIMARY KEY AUTOINCREMENT) STRICT;
  CREATE TABLE IF NOT EXISTS s3_blob (
    name TEXT PRIMARY KEY,
    is_doomed INTEGER NOT NULL DEFAULT 0
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS s3_doomed_blob ON s3_blob (name) WHERE is_doomed = 1;
`;

/**
 * The files that hold the bytes of objects. A file counts from the commit that calls `keep` for it, and no more from
 * the commit that calls `release`; what a killed server leaves between the two is swept at the next start. That is
 * also why files need no temporary names: nobody looks at one before a commit has named it.
 *
 * Every start begins a folder of its own (`s3_blob_folder` lists the ones not yet swept), so that a start looks through
 * the files of the last run only.
 */
export class BlobFiles {
  readonly #root: string;
  readonly #blobsPerFolder: number;
  readonly #database: DatabaseSync;
  readonly #keep: StatementSync;
  readonly #release: StatementSync;
  readonly #doomed: StatementSync;
  readonly #forget: StatementSync;
  readonly #pins = new Pins();
  #folder = 0;
  #count = 0;
  readonly #unsyncedFolders = new Set<string>();
  readonly #deleted: string[] = [];
  #nextFolder: Promise<void> | undefined;
  #sweeping: Promise<void> | undefined;
  #mustSweepAgain = false;

  private constructor(root: string, database: DatabaseSync, blobsPerFolder: number) {
    this.#root = root;
    this.#blobsPerFolder = blobsPerFolder;
    this.#database = database;
    this.#keep = database.prepare('INSERT INTO s3_blob (name) VALUES (?)');
    this.#release = database.prepare('UPDATE s3_blob SET is_doomed = 1 WHERE name = ?');
    this.#doomed = database.prepare('SELECT name FROM s3_blob WHERE is_doomed = 1');
    this.#forget = database.prepare('DELETE FROM s3_blob WHERE name = ?');
  }

  static async open(root: string, database: DatabaseSync, blobsPerFolder = usualBlobsPerFolder): Promise<BlobFiles> {
    database.exec(schema);
    await mkdir(root, { recursive: true });
    await syncFolder(dirname(root));
    const files = new BlobFiles(root, database, blobsPerFolder);
    await files.#sweepLastRun();
    await files.#beginFolder();
    return files;
  }

  /** A new file, open for writing. The caller closes it, or hands it to `discard`. */
  async create(): Promise<{ readonly name: string; readonly file: FileHandle }> {
    if (this.#count >= this.#blobsPerFolder) {
      this.#nextFolder ??= this.#beginFolder();
      await this.#nextFolder;
    }
    const name = `${this.#folder}/${this.#count++}`;
    return { name, file: await open(this.#path(name), 'wx', 0o600) };
  }

  /** Puts the bytes on disk; the folder's entry follows in `syncFolders`. */
  async finish(name: string, file: FileHandle): Promise<void> {
    await file.datasync();
    await file.close();
    this.#unsyncedFolders.add(folderOf(name));
  }

  async discard(name: string): Promise<void> {
    await rm(this.#path(name), { force: true });
  }

  /** Part of a commit: from it on, the file stays. */
  keep(name: string): void {
    this.#keep.run(name);
  }

  /** Part of a commit: from it on, the file is rubbish. */
  release(name: string): void {
    this.#release.run(name);
  }

  /** Puts the names of all files finished so far on disk. */
  async syncFolders(): Promise<void> {
    const folders = [...this.#unsyncedFolders];
    this.#unsyncedFolders.clear(); // Before the wait: what is finished meanwhile needs another one.
    try {
      await Promise.all(folders.map((folder) => syncFolder(join(this.#root, folder))));
    } catch (error) {
      folders.forEach((folder) => this.#unsyncedFolders.add(folder));
      throw error;
    }
  }

  /** Part of a commit: forgets what has been deleted since the last one. */
  forgetDeleted(): void {
    this.#deleted.splice(0).forEach((name) => this.#forget.run(name));
  }

  /** Deletes released files, but for those that are being read. */
  async sweep(): Promise<void> {
    this.#mustSweepAgain = true;
    this.#sweeping ??= this.#sweepAll();
    await this.#sweeping;
  }

  /** Resolves when nothing is being deleted. */
  async idle(): Promise<void> {
    await this.#sweeping;
  }

  /**
   * The bytes of `blobs`, one after the other, or a range of them. They stay on disk from this call on until all is
   * read or `return` is called, whoever deletes the object meanwhile.
   */
  read(blobs: readonly Blob[], range: ByteRange): AsyncIterableIterator<Uint8Array> {
    const letGo = this.#pins.hold(blobs.map(({ name }) => name));
    const bytes = this.#readAll(blobs, range, letGo);
    return {
      [Symbol.asyncIterator]() {
        return this;
      },
      next: () => bytes.next(),
      async return() {
        await bytes.return(undefined);
        letGo(); // The generator's own `finally` is not run where its reading has never begun.
        return { done: true, value: undefined };
      },
    };
  }

  async *#readAll(blobs: readonly Blob[], range: ByteRange, onEnd: () => void): AsyncGenerator<Uint8Array, undefined> {
    try {
      let start = 0;
      for (const { name, bytes } of blobs) {
        const first = Math.max(range.first - start, 0);
        const last = Math.min(range.last - start, bytes - 1);
        if (first <= last) {
          yield* this.#readFile(name, { first, last });
        }
        start += bytes;
      }
    } finally {
      onEnd();
    }
  }

  async #sweepAll(): Promise<void> {
    try {
      while (this.#mustSweepAgain) {
        this.#mustSweepAgain = false;
        await this.#deleteDoomed();
      }
    } finally {
      this.#sweeping = undefined;
    }
  }

  async #deleteDoomed(): Promise<void> {
    const known = new Set(this.#deleted);
    const errors: unknown[] = [];
    for (const { name } of this.#doomed.all()) {
      const file = String(name);
      if (!this.#pins.isHeld(file) && !known.has(file)) {
        try {
          await this.discard(file);
          this.#deleted.push(file);
        } catch (error) {
          errors.push(error); // The next sweep tries again; the other files need not wait for it.
        }
      }
    }
    if (errors.length > 0) {
      throw new AggregateError(errors, `${errors.length} files could not be deleted: ${String(errors[0])}`);
    }
  }

  async *#readFile(name: string, { first, last }: ByteRange): AsyncGenerator<Uint8Array> {
    const path = this.#path(name);
    if (last - first < wholeReadBytes) {
      yield await readPart(path, first, last - first + 1);
      return;
    }
    for await (const chunk of createReadStream(path, { start: first, end: last, highWaterMark: readBytes })) {
      yield chunk as Uint8Array;
    }
  }

  async #beginFolder(): Promise<void> {
    const { lastInsertRowid } = this.#database.prepare('INSERT INTO s3_blob_folder DEFAULT VALUES').run();
    const folder = Number(lastInsertRowid);
    await mkdir(join(this.#root, String(folder)));
    await syncFolder(this.#root);
    this.#folder = folder;
    this.#count = 0;
    this.#nextFolder = undefined;
  }

  async #sweepLastRun(): Promise<void> {
    await this.sweep();
    inTransaction(this.#database, () => this.forgetDeleted());
    const isKept = this.#database.prepare('SELECT 1 FROM s3_blob WHERE name = ?');
    for (const { number } of this.#database.prepare('SELECT number FROM s3_blob_folder').all()) {
      const folder = String(number);
      const left = await readdir(join(this.#root, folder)).catch((): string[] => []); // Never made: killed before.
      const rubbish = left.filter((file) => isKept.get(`${folder}/${file}`) === undefined);
      await Promise.all(rubbish.map((file) => this.discard(`${folder}/${file}`)));
      if (left.length === rubbish.length) {
        await rmdir(join(this.#root, folder)).catch(() => undefined); // An empty folder more does no harm.
      }
    }
    this.#database.exec('DELETE FROM s3_blob_folder');
  }

  #path(name: string): string {
    return join(this.#root, name);
  }
}

function folderOf(name: string): string {
  return name.slice(0, name.indexOf('/'));
}

async function readPart(path: string, position: number, length: number): Promise<Uint8Array> {
  const file = await open(path, 'r');
  try {
    const buffer = Buffer.allocUnsafe(length);
    let done = 0;
    while (done < length) {
      const { bytesRead } = await file.read(buffer, done, length - done, position + done);
      if (bytesRead === 0) {
        throw new Error(`the file "${path}" is shorter than its record says`);
      }
      done += bytesRead;
    }
    return buffer;
  } finally {
    await file.close();
  }
}
