import type { Reply } from '../http/reply.js';
import { ServiceError } from '../http/serviceError.js';
import { accessDenied } from '../http/signatureRefusals.js';
import { requireBucketAccess } from './access.js';
import { changeSettings, withoutSetting } from './bucketSettings.js';
import { isPublicPolicy, parsePolicy } from './policy.js';
import { noContent, type S3, type S3Request } from './s3.js';
import { smallBody } from './smallBody.js';

const longestPolicy = 20 * 1024;

export function getBucketPolicy(s3: S3, request: S3Request): Reply {
  const { name, settings } = requireBucketAccess(s3, request, 's3:GetBucketPolicy');
  if (settings.policy === undefined) {
    throw new ServiceError('NoSuchBucketPolicy', 'The bucket policy does not exist', 404, { BucketName: name });
  }
  return { status: 200, headers: { 'content-type': 'application/json' }, body: settings.policy };
}

export async function putBucketPolicy(s3: S3, request: S3Request): Promise<Reply> {
  const { name } = requireBucketAccess(s3, request, 's3:PutBucketPolicy');
  const text = await smallBody(request, longestPolicy);
  const isForAnybody = isPublicPolicy(parsePolicy(text, name));
  await changeSettings(s3, request, (settings) => {
    if (settings.publicAccessBlock?.BlockPublicPolicy === true && isForAnybody) {
      throw accessDenied();
    }
    return { ...settings, policy: text };
  });
  return noContent;
}

export async function deleteBucketPolicy(s3: S3, request: S3Request): Promise<Reply> {
  requireBucketAccess(s3, request, 's3:DeleteBucketPolicy');
  await changeSettings(s3, request, (settings) => withoutSetting(settings, 'policy'));
  return noContent;
}
