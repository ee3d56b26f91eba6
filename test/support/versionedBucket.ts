import assert from 'node:assert/strict';
import {
  CreateBucketCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  type BucketVersioningStatus,
  type ListObjectVersionsCommandOutput,
  type ObjectVersion,
  type S3Client,
} from '@aws-sdk/client-s3';
import { s3Suite, type S3Suite } from './s3.js';

interface ListedVersion {
  readonly id: string | undefined;
  readonly isMarker: boolean;
  readonly isLatest: boolean | undefined;
}

export interface VersionedSuite extends Omit<S3Suite, 'put'> {
  readonly at: (key: string) => { readonly Bucket: string; readonly Key: string };
  readonly setVersioning: (status: BucketVersioningStatus) => Promise<void>;
  /** Another bucket that keeps versions. */
  readonly makeBucket: (name: string) => Promise<void>;
  /** Resolves to the new version's id, where it has one. */
  readonly put: (key: string, text: string, metadata?: Readonly<Record<string, string>>) => Promise<string | undefined>;
  readonly read: (key: string, versionId?: string) => Promise<string | undefined>;
  /** Those that are there, without what is hidden. */
  readonly keys: (prefix: string) => Promise<readonly (string | undefined)[]>;
  /** Of one key, the newest first. */
  readonly versions: (key: string) => Promise<readonly ListedVersion[]>;
}

/** A server, a client and a bucket that keeps versions. Call it inside `describe`. */
export function versionedSuite(): VersionedSuite {
  const suite = s3Suite('versioned');
  const { bucket: Bucket } = suite;
  const at = (Key: string) => ({ Bucket, Key });
  const setVersioning = (status: BucketVersioningStatus) => enableVersions(suite.s3, Bucket, status);
  before(() => setVersioning('Enabled'));
  return {
    bucket: Bucket,
    get server() {
      return suite.server;
    },
    get s3() {
      return suite.s3;
    },
    at,
    setVersioning,
    makeBucket: async (name) => {
      await suite.s3.send(new CreateBucketCommand({ Bucket: name }));
      await enableVersions(suite.s3, name);
    },
    put: async (key, text, Metadata = {}) => {
      return (await suite.s3.send(new PutObjectCommand({ ...at(key), Body: text, Metadata }))).VersionId;
    },
    read: async (key, VersionId) => {
      const { Body } = await suite.s3.send(new GetObjectCommand({ ...at(key), VersionId }));
      return Body?.transformToString();
    },
    keys: async (Prefix) => {
      const { Contents = [] } = await suite.s3.send(new ListObjectsV2Command({ Bucket, Prefix }));
      return Contents.map(({ Key }) => Key);
    },
    versions: async (key) => {
      const page = await suite.s3.send(new ListObjectVersionsCommand({ Bucket, Prefix: key }));
      assert.ok([...(page.Versions ?? []), ...(page.DeleteMarkers ?? [])].every(({ Key }) => Key === key));
      return newestFirst(page);
    },
  };
}

export async function enableVersions(s3: S3Client, Bucket: string, Status: BucketVersioningStatus = 'Enabled') {
  await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status } }));
}

/** All versions, without delete markers, in pages of so many rows. */
export async function* readVersions(s3: S3Client, Bucket: string, MaxKeys: number): AsyncGenerator<ObjectVersion> {
  let page: ListObjectVersionsCommandOutput | undefined;
  do {
    page = await s3.send(
      new ListObjectVersionsCommand({
        Bucket,
        MaxKeys,
        KeyMarker: page?.NextKeyMarker,
        VersionIdMarker: page?.NextVersionIdMarker,
      }),
    );
    yield* page.Versions ?? [];
  } while (page.IsTruncated === true);
}

/** Clients have versions and delete markers apart: the latest first, the rest by their time. */
function newestFirst({ Versions = [], DeleteMarkers = [] }: ListObjectVersionsCommandOutput): readonly ListedVersion[] {
  const versions = Versions.map(({ VersionId: id, IsLatest: isLatest }) => ({ id, isMarker: false, isLatest }));
  const markers = DeleteMarkers.map(({ VersionId: id, IsLatest: isLatest }) => ({ id, isMarker: true, isLatest }));
  return [...versions, ...markers].toSorted((a, b) => Number(b.isLatest) - Number(a.isLatest));
}
