import type { ChecksumAlgorithm } from '../s3/checksums.js';
import type { Blob } from './blobFiles.js';

// What the index keeps of buckets, objects and uploads. All of it is plain data that goes through JSON.

export interface BucketRecord {
  readonly name: string;
  readonly region: string;
  /** Milliseconds since 1970, as everywhere in the records. */
  readonly createdAt: number;
  readonly settings: BucketSettings;
}

export interface BucketSettings {
  readonly acl: Acl;
  readonly ownership?: ObjectOwnership;
  readonly publicAccessBlock?: PublicAccessBlock;
  readonly corsRules?: readonly CorsRule[];
  readonly policy?: string;
  readonly tags?: Tags;
  /** Not there: versions have never been kept. Once they were, the bucket never comes back to that. */
  readonly versioning?: Versioning;
}

export type Versioning = 'Enabled' | 'Suspended';

export type ObjectOwnership = 'BucketOwnerEnforced' | 'BucketOwnerPreferred' | 'ObjectWriter';

interface PublicAccessBlock {
  readonly BlockPublicAcls: boolean;
  readonly IgnorePublicAcls: boolean;
  readonly BlockPublicPolicy: boolean;
  readonly RestrictPublicBuckets: boolean;
}

export interface CorsRule {
  readonly id?: string;
  readonly allowedOrigins: readonly string[];
  readonly allowedMethods: readonly string[];
  readonly allowedHeaders: readonly string[];
  readonly exposeHeaders: readonly string[];
  readonly maxAgeSeconds?: number;
}

/** Grants in their order. The owner of everything is the one account; it is a grantee like any other. */
export type Acl = readonly Grant[];

export interface Grant {
  /** The account's canonical id, or a group's URI. */
  readonly grantee: { readonly id: string } | { readonly group: string };
  readonly permission: Permission;
}

export type Permission = 'READ' | 'WRITE' | 'READ_ACP' | 'WRITE_ACP' | 'FULL_CONTROL';

/** In the order in which they were given. */
export type Tags = readonly { readonly key: string; readonly value: string }[];

export interface ObjectRecord extends ObjectDetails {
  readonly key: string;
  readonly bytes: number;
  /** Without quotes. */
  readonly etag: string;
  readonly modifiedAt: number;
}

export interface ObjectDetails extends ObjectAttributes {
  readonly blobs: readonly Blob[];
  /** Of an object that was made since its bucket keeps versions. */
  readonly version?: VersionMark;
  readonly checksum?: Checksum;
  /** Of an object that was uploaded in parts; the upload's id lets a repeated completion succeed. */
  readonly uploadId?: string;
  readonly parts?: readonly ObjectPart[];
}

export interface VersionMark {
  /** `null`, as on AWS, of what was made while versioning was suspended. */
  readonly id: string;
  /** Greater than that of any older version of the key; above 0, which is the rank of what has no mark. */
  readonly rank: number;
}

/** What hides an object that was deleted without naming a version. */
export interface DeleteMarker {
  readonly isDeleteMarker: true;
  readonly key: string;
  readonly modifiedAt: number;
  readonly version: VersionMark;
}

export type VersionRecord = ObjectRecord | DeleteMarker;

export interface ObjectPart {
  readonly number: number;
  readonly bytes: number;
  readonly checksum?: string;
}

/** What comes with the request that makes an object. */
export interface ObjectAttributes {
  /** `content-type` and the like, by lower-case name, given back as they came. */
  readonly headers: Readonly<Record<string, string>>;
  /** Without `x-amz-meta-`. */
  readonly metadata: Readonly<Record<string, string>>;
  readonly acl: Acl;
  readonly tags?: Tags;
}

export interface Checksum {
  readonly algorithm: ChecksumAlgorithm;
  /** Base64; of a composite one, with `-<parts>` at the end. */
  readonly value: string;
  readonly type: ChecksumType;
}

type ChecksumType = 'FULL_OBJECT' | 'COMPOSITE';

export interface UploadRecord extends ObjectAttributes {
  readonly id: string;
  readonly key: string;
  readonly startedAt: number;
  readonly checksum?: { readonly algorithm: ChecksumAlgorithm; readonly type: ChecksumType };
}

export interface PartRecord {
  readonly number: number;
  readonly etag: string;
  readonly modifiedAt: number;
  readonly blob: Blob;
  readonly checksum?: string;
}
