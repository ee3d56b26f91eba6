import { header } from '../http/incoming.js';
import type { Reply } from '../http/reply.js';
import { ServiceError } from '../http/serviceError.js';
import { accessDenied } from '../http/signatureRefusals.js';
import { readXml } from '../http/xmlReader.js';
import type { BucketSettings, ObjectOwnership } from '../store/records.js';
import { aclFromHeaders, isPublic, privateAcl } from './acl.js';
import { ownershipBlocksAcls, parseOwnership } from './bucketOwnership.js';
import { invalidArgument, malformedXml, notImplemented } from './errors.js';
import type { S3, S3Request } from './s3.js';
import { smallBody } from './smallBody.js';

const reservedName = /^(?:xn--|sthree-|amzn-s3-demo-)|(?:-s3alias|--ol-s3|\.mrap|--x-s3|--table-s3)$/u;
const ipAddress = /^\d+\.\d+\.\d+\.\d+$/u;
const wellFormedName = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/u;
const regionName = /^[a-z]{2}(?:-[a-z]+)+-\d$/u;

/** A region that has been there from the beginning answers in its own ways. */
const firstRegion = 'us-east-1';

/** Makes a bucket that is as private as a new one on AWS: all public access blocked, ACLs off. */
export async function createBucket(s3: S3, request: S3Request): Promise<Reply> {
  const { bucket: name, isOwner } = request;
  if (!isOwner) {
    throw accessDenied();
  }
  if (!isBucketName(name)) {
    throw new ServiceError('InvalidBucketName', 'The specified bucket is not valid.', 400, { BucketName: name });
  }
  const region = await requestedRegion(request);
  const settings = requestedSettings(s3, request);
  await s3.store.commit(() => {
    const existing = s3.store.buckets.find(name);
    if (existing === undefined) {
      s3.store.buckets.insert({ name, region, createdAt: s3.clock.now().getTime(), settings });
    } else if (existing.region !== firstRegion || region !== firstRegion) {
      throw new ServiceError(
        'BucketAlreadyOwnedByYou',
        'Your previous request to create the named bucket succeeded and you already own it.',
        409,
        { BucketName: name },
      );
    }
  });
  return { status: 200, headers: { location: `/${name}` } };
}

function isBucketName(name: string): boolean {
  return wellFormedName.test(name) && !name.includes('..') && !ipAddress.test(name) && !reservedName.test(name);
}

async function requestedRegion(request: S3Request): Promise<string> {
  const text = await smallBody(request);
  if (text.trim() === '') {
    return firstRegion;
  }
  const root = readXml(text);
  if (root?.name !== 'CreateBucketConfiguration') {
    throw malformedXml();
  }
  const location = root.value('LocationConstraint') ?? firstRegion;
  const region = location === 'EU' ? 'eu-west-1' : location;
  if (!regionName.test(region)) {
    throw new ServiceError('InvalidLocationConstraint', 'The specified location-constraint is not valid', 400, {
      LocationConstraint: location,
    });
  }
  return region;
}

function requestedSettings({ ownerId }: S3, request: S3Request): BucketSettings {
  if (header(request.headers, 'x-amz-bucket-object-lock-enabled')?.toLowerCase() === 'true') {
    throw notImplemented();
  }
  const ownership = requestedOwnership(request);
  const acl = aclFromHeaders(request, ownerId) ?? privateAcl(ownerId);
  if (ownership === 'BucketOwnerEnforced' && acl.length > 1) {
    throw ownershipBlocksAcls();
  }
  if (isPublic(acl)) {
    throw accessDenied(); // Public ACLs are blocked in a new bucket, whatever its ownership.
  }
  return {
    acl,
    ownership,
    publicAccessBlock: {
      BlockPublicAcls: true,
      IgnorePublicAcls: true,
      BlockPublicPolicy: true,
      RestrictPublicBuckets: true,
    },
  };
}

function requestedOwnership({ headers }: S3Request): ObjectOwnership {
  const name = header(headers, 'x-amz-object-ownership') ?? 'BucketOwnerEnforced';
  const ownership = parseOwnership(name);
  if (ownership === undefined) {
    throw invalidArgument(`Invalid x-amz-object-ownership header: ${name}`, 'x-amz-object-ownership', name);
  }
  return ownership;
}
