import type { Reply } from '../http/reply.js';
import { ServiceError } from '../http/serviceError.js';
import { accessDenied } from '../http/signatureRefusals.js';
import type { BucketRecord } from '../store/records.js';
import { requireBucketAccess } from './access.js';
import { integerParameter } from './parameters.js';
import { bucketAtCommit, isoTime, noContent, xmlReply, type S3, type S3Request } from './s3.js';

const mostBuckets = 10_000;

export function listBuckets({ store, ownerId }: S3, { query, isOwner }: S3Request): Reply {
  if (!isOwner) {
    throw accessDenied();
  }
  const prefix = query.get('prefix') ?? '';
  const after = query.get('continuation-token') ?? '';
  const limit = Math.min(integerParameter(query, 'max-buckets') ?? mostBuckets, mostBuckets);
  const all = store.buckets.list().filter(({ name }) => name.startsWith(prefix) && name > after);
  const page = all.slice(0, limit);
  const isPaged = query.has('max-buckets') || prefix !== '';
  return xmlReply('ListAllMyBucketsResult', {
    Owner: { ID: ownerId },
    Buckets: {
      Bucket: page.map(({ name, region, createdAt }) => ({
        Name: name,
        CreationDate: isoTime(createdAt),
        BucketRegion: isPaged ? region : undefined,
      })),
    },
    ContinuationToken: page.length < all.length ? page.at(-1)?.name : undefined,
    Prefix: prefix === '' ? undefined : prefix,
  });
}

export function headBucket(s3: S3, request: S3Request): Reply {
  const { region } = requireBucketAccess(s3, request, 's3:ListBucket', 'READ');
  return { status: 200, headers: { 'x-amz-bucket-region': region } };
}

export function getBucketLocation(s3: S3, request: S3Request): Reply {
  const { region } = requireBucketAccess(s3, request, 's3:GetBucketLocation');
  // The first region has no name here.
  return xmlReply('LocationConstraint', { '#text': region === 'us-east-1' ? '' : region });
}

export async function deleteBucket(s3: S3, request: S3Request): Promise<Reply> {
  const { name } = requireBucketAccess(s3, request, 's3:DeleteBucket');
  await s3.store.commit(() => {
    if (s3.store.versions.hasAny(name)) {
      throw bucketNotEmpty(bucketAtCommit(s3, name));
    }
    s3.store.uploads.list(name).forEach(({ id }) => s3.store.deleteUpload(id));
    s3.store.buckets.delete(name);
  });
  return noContent;
}

function bucketNotEmpty({ name, settings }: BucketRecord): ServiceError {
  const hint = settings.versioning === undefined ? '' : '. You must delete all versions in the bucket.';
  return new ServiceError('BucketNotEmpty', `The bucket you tried to delete is not empty${hint}`, 409, {
    BucketName: name,
  });
}
