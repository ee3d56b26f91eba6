import type { Bucket, LabelingJob, PrivateTeam, StoredObject, TeamMember } from '../../core/ports.js';
import type { S3Uri } from '../../core/s3Uri.js';

// The rows of the explorer's three trees, as data. A listing that failed is a row too, so that the rest stays usable.

/** What has objects under it. */
export type FolderNode =
  | { readonly kind: 'bucket'; readonly bucket: Bucket }
  | { readonly kind: 'folder'; readonly bucket: string; readonly prefix: string };

export type BucketNode =
  | FolderNode
  | { readonly kind: 'object'; readonly object: StoredObject }
  | { readonly kind: 'more'; readonly parent: FolderNode; readonly token: string }
  /** Nothing is there, or nothing that passes the filter. */
  | { readonly kind: 'empty'; readonly parent: FolderNode }
  | { readonly kind: 'problem'; readonly parent: BucketNode | undefined; readonly error: unknown };

export interface JobFolderNode {
  readonly kind: 'jobFolder';
  readonly job: LabelingJob;
  readonly uri: S3Uri;
}

export type LabelingJobNode =
  | { readonly kind: 'labelingJob'; readonly job: LabelingJob }
  | { readonly kind: 'jobFile'; readonly job: LabelingJob; readonly role: JobFileRole; readonly uri: S3Uri }
  | JobFolderNode
  | { readonly kind: 'more'; readonly parent: JobFolderNode; readonly token: string }
  | { readonly kind: 'problem'; readonly parent: LabelingJobNode | undefined; readonly error: unknown };

export type JobFileRole = 'inputManifest' | 'outputManifest' | 'template' | 'labelCategories' | 'workerResponse';

export type PrivateTeamNode =
  | { readonly kind: 'privateTeam'; readonly team: PrivateTeam }
  | { readonly kind: 'teamMember'; readonly team: PrivateTeam; readonly member: TeamMember }
  | { readonly kind: 'problem'; readonly parent: PrivateTeamNode | undefined; readonly error: unknown };
