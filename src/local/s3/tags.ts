import { header } from '../http/incoming.js';
import { ServiceError } from '../http/serviceError.js';
import type { XmlContent } from '../http/xml.js';
import type { XmlElement } from '../http/xmlReader.js';
import type { Tags } from '../store/records.js';
import { malformedXml } from './errors.js';
import type { S3Request } from './s3.js';

export const mostObjectTags = 10;
export const mostBucketTags = 50;

/** `x-amz-tagging: a=1&b=2`. */
export function tagsFromHeader({ headers }: S3Request): Tags | undefined {
  const text = header(headers, 'x-amz-tagging');
  if (text === undefined) {
    return undefined;
  }
  return checkedTags(
    [...new URLSearchParams(text)].map(([key, value]) => ({ key, value })),
    mostObjectTags,
  );
}

export function tagsFromXml(root: XmlElement, most: number): Tags {
  const set = root.child('TagSet');
  if (set === undefined) {
    throw malformedXml();
  }
  const tags = set.all('Tag').map((tag) => ({ key: tag.value('Key') ?? '', value: tag.value('Value') ?? '' }));
  return checkedTags(tags, most);
}

export function tagsToXml(tags: Tags): { readonly [element: string]: XmlContent } {
  return { TagSet: { Tag: tags.map(({ key, value }) => ({ Key: key, Value: value })) } };
}

function checkedTags(tags: Tags, most: number): Tags {
  if (tags.length > most) {
    throw new ServiceError(
      most === mostObjectTags ? 'BadRequest' : 'InvalidTag',
      `Object tags cannot be greater than ${most}`,
    );
  }
  for (const { key, value } of tags) {
    if (key === '' || key.length > 128) {
      throw invalidTag('The TagKey you have provided is invalid');
    }
    if (value.length > 256) {
      throw invalidTag('The TagValue you have provided is invalid');
    }
    if (/^aws:/iu.test(key)) {
      throw invalidTag('System tags cannot be added/updated by requester');
    }
  }
  if (new Set(tags.map(({ key }) => key)).size < tags.length) {
    throw invalidTag('Cannot provide multiple Tags with the same key');
  }
  return tags;
}

function invalidTag(message: string): ServiceError {
  return new ServiceError('InvalidTag', message);
}
