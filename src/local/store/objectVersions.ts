import type { BlobFiles } from './blobFiles.js';
import type { ObjectRecords } from './objectRecords.js';
import type { BucketRecord, DeleteMarker, ObjectRecord, VersionMark, VersionRecord } from './records.js';
import { newVersionId, rankInVersionId } from './versionId.js';
import { isDeleteMarker, rankOf, versionIdOf, type VersionQuery, type VersionRecords } from './versionRecords.js';

export interface ListedVersion {
  readonly key: string;
  readonly record: VersionRecord;
  readonly isLatest: boolean;
}

/** Where an object of that key is to be, or no longer. */
type Change = Pick<ObjectRecord, 'key' | 'modifiedAt'>;

/**
 * Objects and their versions, by the rules of S3. The current version of a key is in the index of objects, as in a bucket
 * that keeps no versions; the others, and delete markers, are noncurrent records. So the newest of these is a delete
 * marker wherever the index has no object. What changes something is part of a commit.
 *
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/Versioning.html
 */
export class ObjectVersions {
  readonly #objects: ObjectRecords;
  readonly #noncurrent: VersionRecords;
  readonly #blobs: Pick<BlobFiles, 'release'>;

  constructor({
    objects,
    noncurrent,
    blobs,
  }: {
    readonly objects: ObjectRecords;
    readonly noncurrent: VersionRecords;
    readonly blobs: Pick<BlobFiles, 'release'>;
  }) {
    this.#objects = objects;
    this.#noncurrent = noncurrent;
    this.#blobs = blobs;
  }

  /** Makes the object the current version of its key; `record.blobs` are kept already. Gives the mark that it got. */
  put(bucket: BucketRecord, record: ObjectRecord): VersionMark | undefined {
    const version = this.#makeRoom(bucket, record);
    this.#objects.put(bucket.name, version === undefined ? record : { ...record, version });
    return version;
  }

  /** Deletes the object, or hides it behind a delete marker, which is given back. */
  delete(bucket: BucketRecord, { key, modifiedAt }: Change): DeleteMarker | undefined {
    const version = this.#makeRoom(bucket, { key, modifiedAt });
    this.#objects.delete(bucket.name, key);
    if (version === undefined) {
      return undefined;
    }
    const marker: DeleteMarker = { isDeleteMarker: true, key, modifiedAt, version };
    this.#noncurrent.put(bucket.name, marker);
    return marker;
  }

  /** Deletes that version for good; the one before it may become the current one. `undefined` where there is none. */
  deleteVersion(bucket: string, key: string, id: string): VersionRecord | undefined {
    const version = this.find(bucket, key, id);
    if (version === undefined) {
      return undefined;
    }
    if (this.#isCurrent(bucket, version)) {
      this.#objects.delete(bucket, key);
    } else {
      this.#noncurrent.delete(bucket, key, id);
    }
    this.#release(version);
    this.#promote(bucket, key);
    return version;
  }

  /** Changes what is recorded of a version; its bytes stay. */
  change(bucket: string, record: ObjectRecord): void {
    if (this.#isCurrent(bucket, record)) {
      this.#objects.put(bucket, record);
    } else {
      this.#noncurrent.put(bucket, record);
    }
  }

  find(bucket: string, key: string, id: string): VersionRecord | undefined {
    const current = this.#objects.find(bucket, key);
    return current !== undefined && versionIdOf(current) === id ? current : this.#noncurrent.find(bucket, key, id);
  }

  /** What hides the key's versions, where they are hidden. */
  hidingMarker(bucket: string, key: string): DeleteMarker | undefined {
    const newest = this.#noncurrent.newest(bucket, key);
    const isHidden = newest !== undefined && isDeleteMarker(newest) && this.#objects.find(bucket, key) === undefined;
    return isHidden ? newest : undefined;
  }

  hasAny(bucket: string): boolean {
    return this.#objects.hasAny(bucket) || this.#noncurrent.hasAny(bucket);
  }

  /** The rank of a version that may be gone; `undefined` where nobody can tell. */
  rankOf(bucket: string, key: string, id: string): number | undefined {
    const version = this.find(bucket, key, id);
    return version === undefined ? rankInVersionId(id) : rankOf(version);
  }

  /** Key by key, the newest first; reads a row when it is asked for: to be used at once, before the next listing. */
  *list(query: VersionQuery): Generator<ListedVersion, void> {
    let before: string | undefined;
    for (const { record, isCurrent } of this.#noncurrent.listAll(query)) {
      const { key } = record;
      yield { key, record, isLatest: isCurrent || (key !== before && this.#isHiding(query.bucket, record)) };
      before = key;
    }
  }

  /** The mark of what comes, and what was current is kept as an older version, or goes, as the bucket has it. */
  #makeRoom({ name, settings: { versioning } }: BucketRecord, { key, modifiedAt }: Change): VersionMark | undefined {
    const current = this.#objects.find(name, key);
    if (versioning === undefined) {
      this.#release(current);
      return undefined;
    }
    const newest = current ?? this.#noncurrent.newest(name, key);
    if (current !== undefined) {
      this.#noncurrent.put(name, current);
    }
    if (versioning === 'Suspended') {
      // There is one version without an id of its own at most.
      this.#release(this.#noncurrent.find(name, key, 'null'));
      this.#noncurrent.delete(name, key, 'null');
    }
    // A later one has a higher rank, also where the clock was put back.
    const rank = Math.max(modifiedAt * 1000, 1, newest === undefined ? 0 : rankOf(newest) + 1);
    return { id: versioning === 'Enabled' ? newVersionId(rank) : 'null', rank };
  }

  /** Where the key has no current object, and its newest version is one, it is that again. */
  #promote(bucket: string, key: string): void {
    const newest = this.#noncurrent.newest(bucket, key);
    if (newest !== undefined && !isDeleteMarker(newest) && this.#objects.find(bucket, key) === undefined) {
      this.#noncurrent.delete(bucket, key, versionIdOf(newest));
      this.#objects.put(bucket, newest);
    }
  }

  #isCurrent(bucket: string, version: VersionRecord): boolean {
    const current = isDeleteMarker(version) ? undefined : this.#objects.find(bucket, version.key);
    return current !== undefined && versionIdOf(current) === versionIdOf(version);
  }

  #isHiding(bucket: string, version: VersionRecord): boolean {
    return isDeleteMarker(version) && this.hidingMarker(bucket, version.key)?.version.rank === version.version.rank;
  }

  #release(version: VersionRecord | undefined): void {
    if (version !== undefined && !isDeleteMarker(version)) {
      version.blobs.forEach(({ name }) => this.#blobs.release(name));
    }
  }
}
