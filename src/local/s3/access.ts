import { accessDenied } from '../http/signatureRefusals.js';
import type { Acl, BucketRecord, ObjectRecord, Permission } from '../store/records.js';
import { allUsers, isPublic } from './acl.js';
import { aclsNotSupported, noSuchKey } from './errors.js';
import { evaluatePolicy, isPublicPolicy, parsePolicy } from './policy.js';
import { requireBucket, type S3, type S3Request } from './s3.js';

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
export function requireObject(s3: S3, request: S3Request, action: string, permission?: Permission): ObjectRecord {
  return requireObjectIn(s3, request, { bucket: requireBucket(s3, request), key: request.key, action }, permission);
}

export function requireObjectIn(
  { store }: S3,
  request: S3Request,
  { bucket, key, action }: { readonly bucket: BucketRecord; readonly key: string; readonly action: string },
  permission?: Permission,
): ObjectRecord {
  const object = store.objects.find(bucket.name, key);
  if (object === undefined) {
    const grant = { acl: bucket.settings.acl, permission: 'READ' } as const;
    requireAccess(request, { action: 's3:ListBucket', bucket, grant });
    throw noSuchKey(key);
  }
  const grant = permission === undefined ? {} : { grant: { acl: object.acl, permission } };
  requireAccess(request, { action, bucket, key, ...grant });
  return object;
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
