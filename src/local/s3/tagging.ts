import type { Reply } from '../http/reply.js';
import { ServiceError } from '../http/serviceError.js';
import { requireBucketAccess, requireObject } from './access.js';
import { changeSettings, withoutSetting } from './bucketSettings.js';
import { changeObject } from './changeObject.js';
import { emptyOk, noContent, xmlReply, type S3, type S3Request } from './s3.js';
import { xmlBody } from './smallBody.js';
import { mostBucketTags, mostObjectTags, tagsFromXml, tagsToXml } from './tags.js';
import { readVersionHeaders } from './versionHeaders.js';

export function getBucketTagging(s3: S3, request: S3Request): Reply {
  const { name, settings } = requireBucketAccess(s3, request, 's3:GetBucketTagging');
  if (settings.tags === undefined) {
    throw new ServiceError('NoSuchTagSet', 'The TagSet does not exist', 404, { BucketName: name });
  }
  return xmlReply('Tagging', tagsToXml(settings.tags));
}

export async function putBucketTagging(s3: S3, request: S3Request): Promise<Reply> {
  requireBucketAccess(s3, request, 's3:PutBucketTagging');
  const tags = tagsFromXml(await xmlBody(request, 'Tagging'), mostBucketTags);
  await changeSettings(s3, request, (settings) => ({ ...settings, tags }));
  return noContent;
}

export async function deleteBucketTagging(s3: S3, request: S3Request): Promise<Reply> {
  requireBucketAccess(s3, request, 's3:PutBucketTagging');
  await changeSettings(s3, request, (settings) => withoutSetting(settings, 'tags'));
  return noContent;
}

export function getObjectTagging(s3: S3, request: S3Request): Reply {
  const { bucket, object } = requireObject(s3, request, 's3:GetObjectTagging');
  const reply = xmlReply('Tagging', tagsToXml(object.tags ?? []));
  return { ...reply, headers: { ...reply.headers, ...readVersionHeaders(bucket, object) } };
}

export async function putObjectTagging(s3: S3, request: S3Request): Promise<Reply> {
  const { bucket, object: found } = requireObject(s3, request, 's3:PutObjectTagging');
  const tags = tagsFromXml(await xmlBody(request, 'Tagging'), mostObjectTags);
  await changeObject(s3, request, (object) => ({ ...object, tags }));
  return { ...emptyOk, headers: readVersionHeaders(bucket, found) };
}

export async function deleteObjectTagging(s3: S3, request: S3Request): Promise<Reply> {
  const { bucket, object: found } = requireObject(s3, request, 's3:DeleteObjectTagging');
  await changeObject(s3, request, (object) => ({ ...object, tags: [] }));
  return { ...noContent, headers: readVersionHeaders(bucket, found) };
}
