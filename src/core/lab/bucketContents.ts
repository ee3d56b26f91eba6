/** All that a bucket holds and has to lose before it can be deleted: more than what a listing of its objects shows. */
export interface BucketContents {
  /** Whether the bucket keeps versions, or has kept them; `undefined` where the caller may not ask. */
  isVersioned(bucket: string, signal: AbortSignal): Promise<boolean | undefined>;
  /** One page of versions and delete markers, key by key, the newest first; where they were deleted, goes on behind. */
  listVersions(request: ListVersions, signal: AbortSignal): Promise<VersionPage>;
  /** Up to any number, for good; resolves to those that were not deleted. A delete marker is a version, too. */
  deleteVersions(
    bucket: string,
    versions: readonly ObjectVersion[],
    signal: AbortSignal,
  ): Promise<readonly FailedDeletion[]>;
  /** Takes back what was begun to be uploaded in parts and is not finished; resolves to how many that were. */
  abortUploads(bucket: string, signal: AbortSignal): Promise<number>;
}

export interface ListVersions {
  readonly bucket: string;
  /** The last one that was listed. */
  readonly token?: ObjectVersion;
}

export interface VersionPage {
  readonly versions: readonly ObjectVersion[];
  readonly nextToken?: ObjectVersion;
}

export interface ObjectVersion {
  readonly key: string;
  readonly versionId: string;
}

export interface FailedDeletion {
  readonly key: string;
  /** S3's error code. */
  readonly code: string;
  readonly reason: string;
}
