import { accessDenied } from '../http/signatureRefusals.js';
import type { ServiceError } from '../http/serviceError.js';
import type { Acl, BucketRecord, DeleteMarker, ObjectRecord, Permission } from '../store/records.js';
import { isVersionId } from '../store/versionId.js';
import { isDeleteMarker } from '../store/versionRecords.js';
import { allUsers, isPublic } from './acl.js';
import { aclsNotSupported, invalidVersionId, methodNotAllowed, noSuchKey, noSuchVersion } from './errors.js';
import { evaluatePolicy, isPublicPolicy, parsePolicy } from './policy.js';
import { httpTime, requireBucket, type S3, type S3Request } from './s3.js';
import { markerHeaders } from './versionHeaders.js';

/** What somebody wants to do, and the grant in an ACL that lets anybody do it, where one can. */
export interface Attempt {
  /** `s3:GetObject`: the word of bucket policies. */
  readonly action: string;
  readonly bucket: BucketRecord;
  readonly key?: string;
  readonly grant?: { readonly acl: Acl; readonly permission: Permission };
}

export function requireAccess(request: S3Request, attempt: Attempt): void {
  if (!isAllowed(request, attempt)) {
    throw accessDenied();
  }
}

/** The request's bucket, if the caller may do `action` with it. */
export function requireBucketAccess(s3: S3, request: S3Request, action: string, permission?: Permission): BucketRecord {
  const bucket = requireBucket(s3, request);
  requireAccess(request, {
    action,
    bucket,
    ...(permission !== undefined && { grant: { acl: bucket.settings.acl, permission } }),
  });
  return bucket;
}

/** The request's bucket, if the caller may write the request's key. */
export function requireWriteAccess(s3: S3, request: S3Request, action: string): BucketRecord {
  const bucket = requireBucket(s3, request);
  const grant = { acl: bucket.settings.acl, permission: 'WRITE' } as const;
  requireAccess(request, { action, bucket, key: request.key, grant });
  return bucket;
}

/** The request's object, if the caller may do `action` with it. Who may not list is not told that there is none. */
export function requireObject(s3: S3, request: S3Request, action: string, permission?: Permission): FoundObject {
  const versionId = request.query.get('versionId') ?? undefined;
  const wanted = { bucket: requireBucket(s3, request), key: request.key, action, versionId };
  return requireObjectIn(s3, request, wanted, permission);
}

export interface FoundObject {
  readonly bucket: BucketRecord;
  readonly object: ObjectRecord;
}

/** The current version where no other is named. */
export function requireObjectIn(
  { store }: S3,
  request: S3Request,
  { bucket, key, action, versionId }: WantedObject,
  permission?: Permission,
): FoundObject {
  if (versionId !== undefined && !isVersionId(versionId)) {
    throw invalidVersionId(versionId);
  }
  const object =
    versionId === undefined ? store.objects.find(bucket.name, key) : store.versions.find(bucket.name, key, versionId);
  if (object === undefined) {
    const grant = { acl: bucket.settings.acl, permission: 'READ' } as const;
    requireAccess(request, { action: 's3:ListBucket', bucket, grant });
    throw versionId === undefined ? hiddenOrMissing(store, bucket, key) : noSuchVersion(key, versionId);
  }
  const grant = permission === undefined || isDeleteMarker(object) ? {} : { grant: { acl: object.acl, permission } };
  requireAccess(request, { action: versionId === undefined ? action : ofVersion(action), bucket, key, ...grant });
  if (isDeleteMarker(object)) {
    throw isMarker(request, object);
  }
  return { bucket, object };
}

export interface WantedObject {
  readonly bucket: BucketRecord;
  readonly key: string;
  readonly action: string;
  readonly versionId: string | undefined;
}

/** What a bucket's policy calls the same where a version is named: `s3:GetObjectVersionAcl` and the like. */
export function ofVersion(action: string): string {
  return action.replace(/Object/u, 'ObjectVersion');
}

function hiddenOrMissing({ versions }: S3['store'], { name, settings }: BucketRecord, key: string): ServiceError {
  const marker = settings.versioning === undefined ? undefined : versions.hidingMarker(name, key);
  return noSuchKey(key, marker === undefined ? {} : markerHeaders(marker));
}

/** There is nothing to be read of a delete marker. */
function isMarker({ method }: S3Request, marker: DeleteMarker): ServiceError {
  const headers = { ...markerHeaders(marker), allow: 'DELETE', 'last-modified': httpTime(marker.modifiedAt) };
  return methodNotAllowed({ Method: method, ResourceType: 'DeleteMarker' }, headers);
}

/** Refuses an ACL that the bucket does not take: none where ACLs are off, no public one where these are blocked. */
export function checkAclIsAllowed({ settings }: BucketRecord, acl: Acl): void {
  if (settings.ownership === 'BucketOwnerEnforced') {
    throw aclsNotSupported();
  }
  if (settings.publicAccessBlock?.BlockPublicAcls === true && isPublic(acl)) {
    throw accessDenied();
  }
}

function isAllowed(request: S3Request, { action, bucket, key, grant }: Attempt): boolean {
  const { policy: text, publicAccessBlock, ownership } = bucket.settings;
  const policy = text === undefined ? undefined : parsePolicy(text, bucket.name);
  const resource = `arn:aws:s3:::${bucket.name}${key === undefined ? '' : `/${key}`}`;
  const verdict = policy === undefined ? undefined : evaluatePolicy(policy, { request, action, resource });
  if (request.isOwner) {
    // The owner can always mend a policy that locks everybody out.
    return verdict !== 'Deny' || action.endsWith('BucketPolicy');
  }
  if (verdict === 'Deny') {
    return false;
  }
  const isRestricted = publicAccessBlock?.RestrictPublicBuckets === true;
  if (verdict === 'Allow' && policy !== undefined && !(isRestricted && isPublicPolicy(policy))) {
    return true;
  }
  if (ownership === 'BucketOwnerEnforced' || publicAccessBlock?.IgnorePublicAcls === true || grant === undefined) {
    return false;
  }
  return grant.acl.some(
    ({ grantee, permission }) =>
      'group' in grantee &&
      grantee.group === allUsers &&
      (permission === grant.permission || permission === 'FULL_CONTROL'),
  );
}
