import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { BlobFiles, type Blob } from './blobFiles.js';
import { BucketRecords } from './bucketRecords.js';
import { GroupCommit } from './groupCommit.js';
import { ObjectRecords } from './objectRecords.js';
import { ObjectVersions } from './objectVersions.js';
import { UploadRecords } from './uploadRecords.js';
import { VersionRecords } from './versionRecords.js';

/** The records and the files of S3, and the commits that change both as one. */
export class S3Store {
  readonly buckets: BucketRecords;
  readonly objects: ObjectRecords;
  /** The way to change objects, and to what they were before. */
  readonly versions: ObjectVersions;
  readonly uploads: UploadRecords;
  readonly blobs: BlobFiles;
  readonly #commits: GroupCommit;
  readonly #log: (line: string) => void;

  private constructor(database: DatabaseSync, blobs: BlobFiles, log: (line: string) => void) {
    this.buckets = new BucketRecords(database);
    this.objects = new ObjectRecords(database);
    const { objects } = this;
    this.versions = new ObjectVersions({ objects, noncurrent: new VersionRecords(database), blobs });
    this.uploads = new UploadRecords(database);
    this.blobs = blobs;
    this.#commits = new GroupCommit(database, () => blobs.syncFolders());
    this.#log = log;
  }

  static async open(dataFolder: string, database: DatabaseSync, log: (line: string) => void): Promise<S3Store> {
    const blobs = await BlobFiles.open(join(dataFolder, 'objects'), database);
    return new S3Store(database, blobs, log);
  }

  /** Resolves when nothing is being written or deleted any more; nobody must ask for anything meanwhile. */
  async settle(): Promise<void> {
    await this.#commits.idle();
    await this.blobs.idle();
  }

  /** Runs `change` as part of a commit; it is on disk when the promise resolves. Files that it released go then. */
  async commit<T>(change: () => T): Promise<T> {
    const result = await this.#commits.run(() => {
      this.blobs.forgetDeleted();
      return change();
    });
    this.blobs.sweep().catch((error: unknown) => this.#log(`could not delete released files: ${String(error)}`));
    return result;
  }

  /** Part of a commit: drops the upload with its parts, but for the files that live on in an object. */
  deleteUpload(id: string, living: ReadonlySet<string> = new Set()): void {
    const names = this.uploads.parts(id).map(({ blob }) => blob.name);
    names.filter((name) => !living.has(name)).forEach((name) => this.blobs.release(name));
    this.uploads.delete(id);
  }

  /** Commits what makes use of a new file; where that fails, the file is deleted. */
  async commitBlob<T>(blob: Blob, change: () => T): Promise<T> {
    try {
      return await this.commit(() => {
        this.blobs.keep(blob.name);
        return change();
      });
    } catch (error) {
      await this.blobs.discard(blob.name);
      throw error;
    }
  }
}
