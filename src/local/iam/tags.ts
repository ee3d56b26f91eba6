import type { DatabaseSync } from 'node:sqlite';
import { ServiceError } from '../http/serviceError.js';
import { addTags, mostTags, type Tag } from '../tagRecords.js';
import { iamFields } from './requests.js';

type Form = ReadonlyMap<string, string>;

const keyForm = { min: 1, max: 128, pattern: /^[\p{L}\p{Z}\p{N}_.:/=+\-@]+$/u };
const valueForm = { max: 256, pattern: /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u };

/** The tags of a request: `Tags.member.1.Key` and so on. */
export function tagsIn(form: Form): readonly Tag[] {
  const fields = iamFields(form);
  const prefixes = new Set(membersOf(form, 'Tags').map((name) => name.replace(/\.(?:Key|Value)$/u, '')));
  return [...prefixes].map((prefix) => ({
    Key: fields.text(`${prefix}.Key`, keyForm),
    Value: fields.text(`${prefix}.Value`, valueForm),
  }));
}

/** Adds to the tags that are there, in its caller's transaction. */
export function putTags(database: DatabaseSync, arn: string, tags: readonly Tag[]): void {
  if (!addTags(database, arn, tags)) {
    throw new ServiceError('LimitExceeded', `A role can have at most ${mostTags} tags.`, 409);
  }
}

/** The keys of a request: `TagKeys.member.1` and so on. */
export function tagKeysIn(form: Form): readonly string[] {
  return membersOf(form, 'TagKeys').map((name) => iamFields(form).text(name, keyForm));
}

function membersOf(form: Form, list: string): readonly string[] {
  return [...form.keys()].filter((name) => name.startsWith(`${list}.member.`));
}
