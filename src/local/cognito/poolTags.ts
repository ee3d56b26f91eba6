import type { JsonObject } from '../../core/json.js';
import { ServiceError } from '../http/serviceError.js';
import { mostTags } from '../tagRecords.js';
import { invalidParameter } from './requests.js';

export type PoolTags = Readonly<Record<string, string>>;

const longest = { key: 128, value: 256 };

/** The tags of a request, once they are such as AWS takes. */
export function checkedPoolTags(tags: JsonObject[string] | undefined): PoolTags {
  if (typeof tags !== 'object' || tags === null || Array.isArray(tags)) {
    throw invalidParameter('Tags must be a map of keys to values.');
  }
  const entries = Object.entries(tags).map(([key, value]): [string, string] => {
    if (typeof value !== 'string') {
      throw new ServiceError('SerializationException', `Expected a string at 'tags.${key}'.`);
    }
    if (key === '' || key.length > longest.key || value.length > longest.value) {
      throw invalidParameter(
        `A tag has a key of 1 to ${longest.key} characters and a value of up to ${longest.value}.`,
      );
    }
    if (/^aws:/iu.test(key)) {
      throw invalidParameter(`The tag key ${key} is not for users: those that begin with "aws:" are AWS's own.`);
    }
    return [key, value];
  });
  if (entries.length > mostTags) {
    throw invalidParameter(`A user pool can have at most ${mostTags} tags.`);
  }
  return Object.fromEntries(entries);
}
