import type { StorageAway } from '../remote/storageAway.js';

/** Objects, as the labeling engine sees them, wherever they lie. Keys are raw. */
export interface ObjectStorage {
  /** `undefined` where there is no such bucket. */
  findBucket(bucket: string): Promise<StorageBucket | undefined>;
  /**
   * The whole object, or the `length` bytes from `offset`, fewer where it ends before. Throws `ServiceError` with
   * `NoSuchKey` or `NoSuchBucket` where there is none.
   */
  read(bucket: string, key: string, range?: ObjectRange): Promise<ObjectPart>;
  /** The object as it comes, in pieces; throws as `read` does. */
  stream(bucket: string, key: string): AsyncIterable<Uint8Array>;
  /** Replaces the object as a whole: a reader sees the old one or the new one. Kept for good when it resolves. */
  write(
    bucket: string,
    key: string,
    body: Uint8Array | AsyncIterable<Uint8Array>,
    options: { readonly contentType: string },
  ): Promise<void>;
}

export interface StorageBucket {
  /** None: labeling jobs of any region may use it. */
  readonly region?: string;
}

/** In bytes. */
export interface ObjectRange {
  readonly offset: number;
  readonly length: number;
}

export interface ObjectPart {
  readonly bytes: Uint8Array;
  /** Of the whole object. */
  readonly totalBytes: number;
  readonly contentType: string;
}

/** With it begins the session token of each storage elsewhere. */
export const storagePrefix = 'storage-';

/** The object storages that labeling jobs read from and write to, each by its session token; its own has none. */
export interface ObjectStorages {
  has(storage: string): boolean;
  /** Throws where there is no such storage. */
  of(storage: string | undefined): ObjectStorage;
  /** What keeps all of the storage from being used, as far as is known. */
  problem(storage: string | undefined): StorageAway | undefined;
}
