import type { DatabaseSync } from 'node:sqlite';
import { ServiceError } from '../http/serviceError.js';
import { query, run } from '../records.js';
import { iamFields } from './requests.js';

type Form = ReadonlyMap<string, string>;
type Tag = { readonly Key: string; readonly Value: string };

const maximumTags = 50;
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
  for (const { Key: key, Value: value } of tags) {
    run(
      database,
      'INSERT INTO tags (arn, key, value) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET value = excluded.value',
      arn,
      key,
      value,
    );
  }
  if (tagsOf(database, arn).length > maximumTags) {
    throw new ServiceError('LimitExceeded', `A role can have at most ${maximumTags} tags.`, 409);
  }
}

export function tagsOf(database: DatabaseSync, arn: string): readonly Tag[] {
  return query<Tag>(database, 'SELECT key AS Key, value AS Value FROM tags WHERE arn = ? ORDER BY key').all(arn);
}

/** The keys of a request: `TagKeys.member.1` and so on. */
export function tagKeysIn(form: Form): readonly string[] {
  return membersOf(form, 'TagKeys').map((name) => iamFields(form).text(name, keyForm));
}

function membersOf(form: Form, list: string): readonly string[] {
  return [...form.keys()].filter((name) => name.startsWith(`${list}.member.`));
}
