import {
  CreateBucketCommand,
  DeleteBucketCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type BucketLocationConstraint,
  type GetObjectCommandInput,
  type S3Client,
} from '@aws-sdk/client-s3';
import type { PublicChange } from '../core/doctor/probes.js';
import { Failure } from '../core/failure.js';
import type { FailedDeletion } from '../core/lab/bucketContents.js';
import type { Tags } from '../core/lab/labTags.js';
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
  StoredObject,
  WriteObject,
} from '../core/ports.js';
import type { S3Uri } from '../core/s3Uri.js';
import { isNotModified, isRefusal, type AwsCaller, wasRepeated } from './errors.js';
import { mostBytesInOnePiece, writeInParts } from './multipartUpload.js';
import type { pause } from './pause.js';
import { persist } from './persist.js';
import { allowPageOrigins, allowPublicAcls, publicChange, publish } from './s3Access.js';
import { readBody } from './s3Body.js';
import { deleteFrom } from './s3Deletion.js';
import { tagBucket } from './tags.js';
import { isMd5Of, writeCondition } from './writeCondition.js';

export interface S3ObjectStoreOptions {
  readonly call: AwsCaller;
  readonly region: string;
  readonly wait: typeof pause;
  /** Known, where the keys may not list them. */
  readonly buckets?: readonly string[];
  /** Where a browser finds a public object. */
  readonly addressOf: (uri: S3Uri) => string;
}

export class S3ObjectStore implements ObjectStore {
  readonly #client: S3Client;
  readonly #call: AwsCaller;
  readonly #options: S3ObjectStoreOptions;

  constructor(client: S3Client, options: S3ObjectStoreOptions) {
    this.#client = client;
    this.#call = options.call;
    this.#options = options;
  }

  async listBuckets(signal: AbortSignal): Promise<readonly Bucket[]> {
    if (this.#options.buckets) {
      return this.#options.buckets.map((name) => ({ name }));
    }
    const { Buckets = [] } = await this.#call({ action: 's3:ListAllMyBuckets', resource: '*' }, signal, (options) =>
      this.#client.send(new ListBucketsCommand({}), options),
    );
    return Buckets.flatMap(({ Name: name, CreationDate: createdAt }) =>
      name === undefined ? [] : [{ name, ...(createdAt && { createdAt }) }],
    );
  }

  async createBucket(bucket: string, signal: AbortSignal): Promise<StepOutcome> {
    const { region } = this.#options;
    // us-east-1 is where a bucket goes without a constraint, and is refused as one.
    const configuration =
      region === 'us-east-1'
        ? {}
        : { CreateBucketConfiguration: { LocationConstraint: region as BucketLocationConstraint } };
    try {
      await this.#call({ action: 's3:CreateBucket', resource: bucket }, signal, (options) =>
        this.#client.send(new CreateBucketCommand({ Bucket: bucket, ...configuration }), options),
      );
      return 'made';
    } catch (error) {
      if (!isRefusal(error, 'BucketAlreadyOwnedByYou')) {
        throw error;
      }
      return wasRepeated(error) ? 'made' : 'found';
    }
  }

  async tagBucket(bucket: string, tags: Tags, signal: AbortSignal): Promise<string | undefined> {
    return tagBucket({ client: this.#client, call: this.#call }, { bucket, tags }, signal);
  }

  async deleteBucket(bucket: string, signal: AbortSignal): Promise<void> {
    await this.#call({ action: 's3:DeleteBucket', resource: bucket }, signal, (options) =>
      this.#client.send(new DeleteBucketCommand({ Bucket: bucket }), options),
    );
  }

  async listObjects(request: ListObjects, signal: AbortSignal): Promise<ObjectPage> {
    const { bucket, prefix, isFolder, pageSize, token } = request;
    const command = new ListObjectsV2Command({
      Bucket: bucket,
      Prefix: prefix,
      Delimiter: isFolder === true ? '/' : undefined,
      MaxKeys: pageSize,
      ContinuationToken: token,
    });
    const page = await this.#call({ action: 's3:ListBucket', resource: bucket }, signal, (options) =>
      this.#client.send(command, options),
    );
    return {
      folders: (page.CommonPrefixes ?? []).flatMap(({ Prefix }) => Prefix ?? []),
      objects: (page.Contents ?? []).flatMap(({ Key: key, Size: bytes = 0, LastModified, ETag }): StoredObject[] =>
        key === undefined
          ? []
          : [{ bucket, key, bytes, ...(LastModified && { modifiedAt: LastModified }), ...(ETag && { etag: ETag }) }],
      ),
      ...(page.NextContinuationToken !== undefined && { nextToken: page.NextContinuationToken }),
    };
  }

  async headObject(uri: S3Uri, signal: AbortSignal): Promise<ObjectHead | undefined> {
    try {
      const head = await this.#call(objectAction('s3:GetObject', uri), signal, (options) =>
        this.#client.send(new HeadObjectCommand({ Bucket: uri.bucket, Key: uri.key }), options),
      );
      return {
        bytes: head.ContentLength ?? 0,
        etag: head.ETag ?? '',
        ...(head.ContentType !== undefined && { contentType: head.ContentType }),
        ...(head.LastModified && { modifiedAt: head.LastModified }),
        metadata: head.Metadata ?? {},
      };
    } catch (error) {
      if (Failure.is(error, 'object.notFound')) {
        return undefined;
      }
      throw await this.#reasonFor(uri, error, signal);
    }
  }

  async readObject(uri: S3Uri, { range, ifMatch }: ReadObject, signal: AbortSignal): Promise<ObjectBody> {
    return this.#readBody(uri, { IfMatch: ifMatch, ...rangeOf(range) }, signal);
  }

  async readChangedObject(
    uri: S3Uri,
    { range, etag }: ReadChangedObject,
    signal: AbortSignal,
  ): Promise<ObjectBody | undefined> {
    try {
      return await this.#readBody(uri, { IfNoneMatch: etag, ...rangeOf(range) }, signal);
    } catch (error) {
      if (isNotModified(error)) {
        return undefined;
      }
      throw error;
    }
  }

  async #readBody(
    uri: S3Uri,
    how: Pick<GetObjectCommandInput, 'IfMatch' | 'IfNoneMatch' | 'Range'>,
    signal: AbortSignal,
  ): Promise<ObjectBody> {
    const command = new GetObjectCommand({ Bucket: uri.bucket, Key: uri.key, ...how });
    try {
      // The SDK asks again until a reply begins; that one broke off in its middle is seen here.
      return await persist(
        () =>
          this.#call(objectAction('s3:GetObject', uri), signal, async (options) =>
            readBody(await this.#client.send(command, options)),
          ),
        this.#options.wait,
        signal,
      );
    } catch (error) {
      if (isRefusal(error, 'InvalidRange')) {
        return this.#emptyBody(uri, signal);
      }
      throw error;
    }
  }

  async writeObject(uri: S3Uri, body: Uint8Array, options: WriteObject, signal: AbortSignal): Promise<void> {
    if (body.length > mostBytesInOnePiece) {
      const { wait } = this.#options;
      return writeInParts({ client: this.#client, call: this.#call, wait }, { uri, body, options }, signal);
    }
    const { contentType, metadata } = options;
    const command = new PutObjectCommand({
      Bucket: uri.bucket,
      Key: uri.key,
      Body: body,
      ContentType: contentType,
      Metadata: metadata && { ...metadata },
      ...writeCondition(options),
    });
    try {
      await this.#call(objectAction('s3:PutObject', uri), signal, (sending) => this.#client.send(command, sending));
    } catch (error) {
      // Where a reply was lost, the SDK asked again, and met what it had written itself.
      if (!Failure.is(error, 'object.changed') || !(await this.#holds(uri, body, signal))) {
        throw error;
      }
    }
  }

  /** By its ETag, which is the MD5 of what was written in one piece; where encryption makes another, by its bytes. */
  async #holds(uri: S3Uri, body: Uint8Array, signal: AbortSignal): Promise<boolean> {
    const head = await this.headObject(uri, signal);
    if (head?.bytes !== body.length) {
      return false;
    }
    return isMd5Of(head.etag, body) || Buffer.compare((await this.readObject(uri, {}, signal)).bytes, body) === 0;
  }

  async deleteObjects(
    bucket: string,
    keys: readonly string[],
    signal: AbortSignal,
  ): Promise<readonly FailedDeletion[]> {
    const { call, wait } = this.#options;
    const objects = keys.map((key) => ({ key }));
    return deleteFrom({ client: this.#client, call, wait }, { bucket, objects }, signal);
  }

  async publicChange(bucket: string, signal: AbortSignal): Promise<PublicChange | undefined> {
    return publicChange(this.#client, this.#call, bucket, signal);
  }

  async makePublic(uris: readonly S3Uri[], signal: AbortSignal): Promise<readonly PublicObject[]> {
    for (const bucket of new Set(uris.map((uri) => uri.bucket))) {
      await allowPublicAcls(this.#client, this.#call, bucket, signal);
    }
    for (const uri of uris) {
      await publish(this.#client, this.#call, uri, signal);
    }
    return uris.map(({ bucket, key }) => ({ bucket, key, url: this.#options.addressOf({ bucket, key }) }));
  }

  async allowLabelingPages(bucket: string, signal: AbortSignal): Promise<void> {
    await allowPageOrigins(this.#client, this.#call, { bucket, region: this.#options.region }, signal);
  }

  /** The reply to a HEAD has no body that says why: the same question as a GET has one. */
  async #reasonFor(uri: S3Uri, refusal: unknown, signal: AbortSignal): Promise<unknown> {
    if (!Failure.is(refusal, 'aws.accessDenied') && !Failure.is(refusal, 'aws.refused')) {
      return refusal;
    }
    try {
      await this.readObject(uri, { range: { offset: 0, bytes: 1 } }, signal);
      return refusal;
    } catch (error) {
      return error;
    }
  }

  // A range that starts where the object ends has no bytes; S3 calls that an error, a reader of pieces does not.
  async #emptyBody(uri: S3Uri, signal: AbortSignal): Promise<ObjectBody> {
    const head = await this.headObject(uri, signal);
    if (!head) {
      throw new Failure('object.notFound', { uri: `s3://${uri.bucket}/${uri.key}` });
    }
    const { etag, bytes, contentType } = head;
    return { bytes: new Uint8Array(), etag, totalBytes: bytes, ...(contentType !== undefined && { contentType }) };
  }
}

function rangeOf(range: ReadObject['range']): { readonly Range?: string } {
  return range ? { Range: `bytes=${range.offset}-${range.offset + range.bytes - 1}` } : {};
}

function objectAction(action: string, { bucket, key }: S3Uri) {
  return { action, resource: `${bucket}/${key}` };
}
