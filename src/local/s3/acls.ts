import type { Reply } from '../http/reply.js';
import { ServiceError } from '../http/serviceError.js';
import { readXml } from '../http/xmlReader.js';
import type { Acl } from '../store/records.js';
import { checkAclIsAllowed, requireBucketAccess, requireObject } from './access.js';
import { aclFromHeaders, aclFromXml, aclToXml } from './acl.js';
import { changeSettings } from './bucketSettings.js';
import { changeObject } from './changeObject.js';
import { emptyOk, xmlReply, type S3, type S3Request } from './s3.js';
import { smallBody } from './smallBody.js';

export function getBucketAcl(s3: S3, request: S3Request): Reply {
  const { settings } = requireBucketAccess(s3, request, 's3:GetBucketAcl', 'READ_ACP');
  return xmlReply('AccessControlPolicy', aclToXml(settings.acl, s3.ownerId));
}

export async function putBucketAcl(s3: S3, request: S3Request): Promise<Reply> {
  const bucket = requireBucketAccess(s3, request, 's3:PutBucketAcl', 'WRITE_ACP');
  const acl = await requestedAcl(s3, request);
  checkAclIsAllowed(bucket, acl);
  await changeSettings(s3, request, (settings) => ({ ...settings, acl }));
  return emptyOk;
}

export function getObjectAcl(s3: S3, request: S3Request): Reply {
  const { object } = requireObject(s3, request, 's3:GetObjectAcl', 'READ_ACP');
  return xmlReply('AccessControlPolicy', aclToXml(object.acl, s3.ownerId));
}

export async function putObjectAcl(s3: S3, request: S3Request): Promise<Reply> {
  const { bucket } = requireObject(s3, request, 's3:PutObjectAcl', 'WRITE_ACP');
  const acl = await requestedAcl(s3, request);
  checkAclIsAllowed(bucket, acl);
  await changeObject(s3, request, (object) => ({ ...object, acl }));
  return emptyOk;
}

/** By headers, or by the body. */
async function requestedAcl({ ownerId }: S3, request: S3Request): Promise<Acl> {
  const body = await smallBody(request);
  const acl = aclFromHeaders(request, ownerId);
  if (acl !== undefined) {
    return acl;
  }
  if (body === '') {
    throw new ServiceError('MissingSecurityHeader', 'Your request was missing a required header.');
  }
  return aclFromXml(readXml(body), ownerId);
}
