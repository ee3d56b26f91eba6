import type { Reply } from '../http/reply.js';
import { ServiceError } from '../http/serviceError.js';
import type { XmlElement } from '../http/xmlReader.js';
import { requireBucketAccess } from './access.js';
import { isPublic } from './acl.js';
import { changeSettings, withoutSetting } from './bucketSettings.js';
import { malformedXml } from './errors.js';
import { isPublicPolicy, parsePolicy } from './policy.js';
import { emptyOk, noContent, xmlReply, type S3, type S3Request } from './s3.js';
import { xmlBody } from './smallBody.js';

export function getPublicAccessBlock(s3: S3, request: S3Request): Reply {
  const { name, settings } = requireBucketAccess(s3, request, 's3:GetBucketPublicAccessBlock');
  if (settings.publicAccessBlock === undefined) {
    throw new ServiceError(
      'NoSuchPublicAccessBlockConfiguration',
      'The public access block configuration was not found',
      404,
      { BucketName: name },
    );
  }
  return xmlReply('PublicAccessBlockConfiguration', { ...settings.publicAccessBlock });
}

export async function putPublicAccessBlock(s3: S3, request: S3Request): Promise<Reply> {
  requireBucketAccess(s3, request, 's3:PutBucketPublicAccessBlock');
  const root = await xmlBody(request, 'PublicAccessBlockConfiguration');
  const publicAccessBlock = {
    BlockPublicAcls: isOn(root, 'BlockPublicAcls'),
    IgnorePublicAcls: isOn(root, 'IgnorePublicAcls'),
    BlockPublicPolicy: isOn(root, 'BlockPublicPolicy'),
    RestrictPublicBuckets: isOn(root, 'RestrictPublicBuckets'),
  };
  await changeSettings(s3, request, (settings) => ({ ...settings, publicAccessBlock }));
  return emptyOk;
}

export async function deletePublicAccessBlock(s3: S3, request: S3Request): Promise<Reply> {
  requireBucketAccess(s3, request, 's3:PutBucketPublicAccessBlock');
  await changeSettings(s3, request, (settings) => withoutSetting(settings, 'publicAccessBlock'));
  return noContent;
}

/** Whether anybody can get in, by the bucket's policy or by its ACL. */
export function getBucketPolicyStatus(s3: S3, request: S3Request): Reply {
  const { name, settings } = requireBucketAccess(s3, request, 's3:GetBucketPolicyStatus');
  const isOpenByAcl = isPublic(settings.acl) && settings.publicAccessBlock?.IgnorePublicAcls !== true;
  const isOpenByPolicy = settings.policy !== undefined && isPublicPolicy(parsePolicy(settings.policy, name));
  return xmlReply('PolicyStatus', { IsPublic: isOpenByAcl || isOpenByPolicy });
}

function isOn(root: XmlElement, name: string): boolean {
  const text = root.value(name)?.toLowerCase() ?? 'false';
  if (text !== 'true' && text !== 'false') {
    throw malformedXml();
  }
  return text === 'true';
}
