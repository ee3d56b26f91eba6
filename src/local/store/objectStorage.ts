/** The objects, as the engine behind the S3 face sees them. Keys are raw. */
export interface ObjectStorage {
  bucketExists(bucket: string): boolean;
  /** `undefined` where there is no such bucket. */
  bucketRegion(bucket: string): string | undefined;
  head(bucket: string, key: string): ObjectInfo | undefined;
  /** The whole object, or the `length` bytes from `offset`; throws `ServiceError('NoSuchKey')` where there is none. */
  read(bucket: string, key: string, range?: { readonly offset: number; readonly length: number }): Promise<Uint8Array>;
  /** The object as it comes from disk, in pieces. */
  stream(bucket: string, key: string): AsyncIterable<Uint8Array>;
  /** Replaces the object as a whole: a reader sees the old one or the new one. On disk when it resolves. */
  write(
    bucket: string,
    key: string,
    body: Uint8Array | AsyncIterable<Uint8Array>,
    options: { readonly contentType: string },
  ): Promise<void>;
}

export interface ObjectInfo {
  readonly key: string;
  readonly bytes: number;
  /** With its quotes, as the header has it. */
  readonly etag: string;
  readonly modifiedAt: Date;
  readonly contentType: string;
}
