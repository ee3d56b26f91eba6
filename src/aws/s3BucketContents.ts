import {
  AbortMultipartUploadCommand,
  GetBucketVersioningCommand,
  ListMultipartUploadsCommand,
  ListObjectVersionsCommand,
  type ListMultipartUploadsCommandOutput,
} from '@aws-sdk/client-s3';
import { Failure } from '../core/failure.js';
import type {
  BucketContents,
  FailedDeletion,
  ListVersions,
  ObjectVersion,
  VersionPage,
} from '../core/lab/bucketContents.js';
import { ignoring } from './errors.js';
import { deleteFrom, type S3Deletion } from './s3Deletion.js';

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/delete-bucket.html: what must go before a bucket can. */
export class S3BucketContents implements BucketContents {
  readonly #s3: S3Deletion;

  constructor(s3: S3Deletion) {
    this.#s3 = s3;
  }

  async isVersioned(bucket: string, signal: AbortSignal): Promise<boolean | undefined> {
    const { client, call } = this.#s3;
    try {
      const { Status: status } = await call({ action: 's3:GetBucketVersioning', resource: bucket }, signal, (options) =>
        client.send(new GetBucketVersioningCommand({ Bucket: bucket }), options),
      );
      return status !== undefined; // Suspended, it keeps those it has.
    } catch (error) {
      if (Failure.is(error, 'aws.accessDenied')) {
        return undefined;
      }
      throw error;
    }
  }

  async listVersions({ bucket, token }: ListVersions, signal: AbortSignal): Promise<VersionPage> {
    const { client, call } = this.#s3;
    const command = new ListObjectVersionsCommand({
      Bucket: bucket,
      KeyMarker: token?.key,
      VersionIdMarker: token?.versionId,
    });
    const page = await call({ action: 's3:ListBucketVersions', resource: bucket }, signal, (options) =>
      client.send(command, options),
    );
    const { IsTruncated: isTruncated = false, NextKeyMarker: key, NextVersionIdMarker: versionId = '' } = page;
    const versions = [...(page.Versions ?? []), ...(page.DeleteMarkers ?? [])].flatMap(({ Key, VersionId = 'null' }) =>
      Key === undefined ? [] : [{ key: Key, versionId: VersionId }],
    );
    return { versions, ...(isTruncated && key !== undefined && { nextToken: { key, versionId } }) };
  }

  async deleteVersions(
    bucket: string,
    versions: readonly ObjectVersion[],
    signal: AbortSignal,
  ): Promise<readonly FailedDeletion[]> {
    return deleteFrom(this.#s3, { bucket, objects: versions }, signal);
  }

  async abortUploads(bucket: string, signal: AbortSignal): Promise<number> {
    let aborted = 0;
    let page: ListMultipartUploadsCommandOutput | undefined;
    do {
      page = await this.#listUploads(bucket, page, signal);
      for (const { Key: key = '', UploadId: id = '' } of page.Uploads ?? []) {
        await this.#abortUpload({ bucket, key, id }, signal);
        aborted += 1;
      }
    } while (page.IsTruncated === true);
    return aborted;
  }

  async #listUploads(bucket: string, before: ListMultipartUploadsCommandOutput | undefined, signal: AbortSignal) {
    const { client, call } = this.#s3;
    const command = new ListMultipartUploadsCommand({
      Bucket: bucket,
      KeyMarker: before?.NextKeyMarker,
      UploadIdMarker: before?.NextUploadIdMarker,
    });
    return call({ action: 's3:ListBucketMultipartUploads', resource: bucket }, signal, (options) =>
      client.send(command, options),
    );
  }

  async #abortUpload(
    { bucket, key, id }: { readonly bucket: string; readonly key: string; readonly id: string },
    signal: AbortSignal,
  ): Promise<void> {
    const { client, call } = this.#s3;
    const command = new AbortMultipartUploadCommand({ Bucket: bucket, Key: key, UploadId: id });
    await ignoring(['NoSuchUpload'], () =>
      call({ action: 's3:AbortMultipartUpload', resource: `${bucket}/${key}` }, signal, (options) =>
        client.send(command, options),
      ),
    );
  }
}
