import { createHash } from 'node:crypto';
import type { PublicChange } from '../../src/core/doctor/probes.js';
import { Failure } from '../../src/core/failure.js';
import type { BucketContents, ListVersions, ObjectVersion, VersionPage } from '../../src/core/lab/bucketContents.js';
import type { Tags } from '../../src/core/lab/labTags.js';
import type {
  Bucket,
  ListObjects,
  ObjectBody,
  ObjectHead,
  ObjectPage,
  ObjectStore,
  PublicObject,
  ReadChangedObject,
  ReadObject,
  StepOutcome,
  WriteObject,
} from '../../src/core/ports.js';
import { formatS3Uri, type S3Uri } from '../../src/core/s3Uri.js';

interface MemoryObject extends ObjectHead {
  readonly body: Uint8Array;
}

const mostPerPage = 1_000;

/** The `ObjectStore` port over a map; it passes the same contract tests as S3. */
export class MemoryObjectStore implements ObjectStore, BucketContents {
  readonly #buckets = new Map<string, { readonly createdAt: Date; readonly objects: Map<string, MemoryObject> }>();

  async listBuckets(signal: AbortSignal): Promise<readonly Bucket[]> {
    signal.throwIfAborted();
    return [...this.#buckets].map(([name, { createdAt }]) => ({ name, createdAt }));
  }

  async createBucket(bucket: string, signal: AbortSignal): Promise<StepOutcome> {
    signal.throwIfAborted();
    if (this.#buckets.has(bucket)) {
      return 'found';
    }
    this.#buckets.set(bucket, { createdAt: new Date(), objects: new Map() });
    return 'made';
  }

  async tagBucket(bucket: string, _: Tags, signal: AbortSignal): Promise<undefined> {
    signal.throwIfAborted();
    this.#objects(bucket); // Nobody here asks for its tags.
  }

  async deleteBucket(bucket: string, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (this.#objects(bucket).size > 0) {
      throw new Failure('aws.refused', { action: 's3:DeleteBucket', name: 'BucketNotEmpty', reason: 'not empty' });
    }
    this.#buckets.delete(bucket);
  }

  async listObjects(request: ListObjects, signal: AbortSignal): Promise<ObjectPage> {
    signal.throwIfAborted();
    const { bucket, prefix = '', isFolder = false, pageSize = mostPerPage, token = '' } = request;
    const keys = [...this.#objects(bucket).keys()].filter((key) => key.startsWith(prefix)).toSorted(byBytes);
    const rows = [...new Set(keys.map((key) => (isFolder ? rowOf(key, prefix) : key)))].filter((row) => row > token);
    const page = rows.slice(0, Math.min(pageSize, mostPerPage));
    const last = page.at(-1);
    const isFolderRow = (row: string) => isFolder && row.endsWith('/') && row !== prefix;
    return {
      folders: page.filter(isFolderRow),
      objects: page
        .filter((row) => !isFolderRow(row))
        .map((key) => {
          const { bytes, etag, modifiedAt = new Date(0) } = this.#find({ bucket, key });
          return { bucket, key, bytes, etag, modifiedAt };
        }),
      ...(page.length < rows.length && last !== undefined && { nextToken: last }),
    };
  }

  async headObject({ bucket, key }: S3Uri, signal: AbortSignal): Promise<ObjectHead | undefined> {
    signal.throwIfAborted();
    const object = this.#objects(bucket).get(key);
    if (!object) {
      return undefined;
    }
    const { body: _, ...head } = object;
    return head;
  }

  async readObject(uri: S3Uri, { range, ifMatch }: ReadObject, signal: AbortSignal): Promise<ObjectBody> {
    signal.throwIfAborted();
    const { body, etag, contentType } = this.#find(uri);
    if (ifMatch !== undefined && ifMatch !== etag) {
      throw new Failure('object.changed', { uri: formatS3Uri(uri) });
    }
    const bytes = range ? body.slice(range.offset, range.offset + range.bytes) : body.slice();
    return { bytes, etag, totalBytes: body.length, ...(contentType !== undefined && { contentType }) };
  }

  async readChangedObject(
    uri: S3Uri,
    { range, etag }: ReadChangedObject,
    signal: AbortSignal,
  ): Promise<ObjectBody | undefined> {
    const body = await this.readObject(uri, range ? { range } : {}, signal);
    return body.etag === etag ? undefined : body;
  }

  async writeObject(
    { bucket, key }: S3Uri,
    body: Uint8Array,
    { contentType = 'application/octet-stream', metadata = {}, ifMatch, isNew }: WriteObject,
    signal: AbortSignal,
  ): Promise<void> {
    signal.throwIfAborted();
    const uri = { bucket, key };
    if (isNew && this.#objects(bucket).has(key)) {
      throw new Failure('object.changed', { uri: formatS3Uri(uri) });
    }
    if (ifMatch !== undefined && this.#find(uri).etag !== ifMatch) {
      throw new Failure('object.changed', { uri: formatS3Uri(uri) });
    }
    const etag = `"${createHash('md5').update(body).digest('hex')}"`;
    const head = { bytes: body.length, etag, contentType, metadata, modifiedAt: new Date() };
    this.#objects(bucket).set(key, { ...head, body: body.slice() });
  }

  async deleteObjects(bucket: string, keys: readonly string[], signal: AbortSignal) {
    signal.throwIfAborted();
    const objects = this.#objects(bucket);
    for (const key of keys) {
      objects.delete(key);
    }
    return [];
  }

  /** Nothing stands in the way here, until a test says so. */
  blocked: PublicChange | undefined;

  async publicChange(bucket: string, signal: AbortSignal): Promise<PublicChange | undefined> {
    signal.throwIfAborted();
    this.#objects(bucket);
    return this.blocked;
  }

  async isVersioned(bucket: string, signal: AbortSignal): Promise<boolean> {
    signal.throwIfAborted();
    this.#objects(bucket);
    return false;
  }

  /** As S3 lists a bucket that has never kept versions. */
  async listVersions({ bucket, token }: ListVersions, signal: AbortSignal): Promise<VersionPage> {
    const page = await this.listObjects({ bucket, ...(token && { token: token.key }) }, signal);
    const { nextToken: key } = page;
    return {
      versions: page.objects.map((object) => ({ key: object.key, versionId: 'null' })),
      ...(key !== undefined && { nextToken: { key, versionId: 'null' } }),
    };
  }

  async deleteVersions(bucket: string, versions: readonly ObjectVersion[], signal: AbortSignal) {
    return this.deleteObjects(
      bucket,
      versions.map(({ key }) => key),
      signal,
    );
  }

  async abortUploads(bucket: string, signal: AbortSignal): Promise<number> {
    signal.throwIfAborted();
    this.#objects(bucket);
    return 0;
  }

  async makePublic(uris: readonly S3Uri[], signal: AbortSignal): Promise<readonly PublicObject[]> {
    signal.throwIfAborted();
    return uris.map((uri) => {
      this.#find(uri);
      return { ...uri, url: `https://${uri.bucket}.s3.us-east-1.amazonaws.com/${encodeURI(uri.key)}` };
    });
  }

  async allowLabelingPages(bucket: string, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    this.#objects(bucket); // There is no browser here to be allowed anything; the bucket must exist all the same.
  }

  #objects(bucket: string): Map<string, MemoryObject> {
    const found = this.#buckets.get(bucket);
    if (!found) {
      throw new Failure('bucket.notFound', { bucket });
    }
    return found.objects;
  }

  #find(uri: S3Uri): MemoryObject {
    const object = this.#objects(uri.bucket).get(uri.key);
    if (!object) {
      throw new Failure('object.notFound', { uri: formatS3Uri(uri) });
    }
    return object;
  }
}

/** The key, or the folder that it is in, seen from `prefix`. */
function rowOf(key: string, prefix: string): string {
  const slash = key.indexOf('/', prefix.length);
  return slash === -1 ? key : key.slice(0, slash + 1);
}

function byBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
