import type { DatabaseSync } from 'node:sqlite';
import { ServiceError } from '../http/serviceError.js';
import type { JsonOperation } from '../http/services.js';
import { query, rowExists, run } from '../records.js';
import { inTransaction } from '../store/database.js';
import type { Tag } from './requests.js';
import { listedPage, type SageMakerDependencies } from './responses.js';
import { validated } from './validation.js';

const maximumTags = 50;

export function tagOperations(dependencies: SageMakerDependencies): Record<string, JsonOperation> {
  const { database } = dependencies;
  return {
    AddTags(input) {
      const { ResourceArn: arn, Tags: tags } = validated('AddTagsInput', input);
      checkResource(arn, dependencies);
      inTransaction(database, () => putTags(database, arn, tags));
      return { Tags: tagsOf(database, arn) };
    },

    ListTags(input) {
      const request = validated('ListTagsInput', input);
      checkResource(request.ResourceArn, dependencies);
      const page = listedPage(tagsOf(database, request.ResourceArn), request);
      return { Tags: page.items, NextToken: page.nextToken };
    },

    DeleteTags(input) {
      const { ResourceArn: arn, TagKeys: keys } = validated('DeleteTagsInput', input);
      checkResource(arn, dependencies);
      inTransaction(database, () => {
        for (const key of keys) {
          run(database, 'DELETE FROM tags WHERE arn = ? AND key = ?', arn, key);
        }
      });
      return {};
    },
  };
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
    throw new ServiceError('ValidationException', `A resource can have at most ${maximumTags} tags.`);
  }
}

export function tagsOf(
  database: DatabaseSync,
  arn: string,
): readonly { readonly Key: string; readonly Value: string }[] {
  const rows = query<{ readonly key: string; readonly value: string }>(
    database,
    'SELECT key, value FROM tags WHERE arn = ? ORDER BY key',
  ).all(arn);
  return rows.map(({ key, value }) => ({ Key: key, Value: value }));
}

export function deleteTags(database: DatabaseSync, arn: string): void {
  run(database, 'DELETE FROM tags WHERE arn = ?', arn);
}

function checkResource(arn: string, { database, identity }: SageMakerDependencies): void {
  const [, , , region, account, resource = ''] = arn.split(':');
  const [type = '', ...path] = resource.split('/');
  const name = path.at(-1) ?? '';
  // Workforces can be tagged when they are made, but not listed: AWS has it so.
  if (type === 'workforce') {
    throw new ServiceError('ValidationException', 'Invalid resource type: workforce');
  }
  const isKnown =
    region === identity.region &&
    account === identity.accountId &&
    ((type === 'labeling-job' && rowExists(database, 'SELECT 1 FROM labeling_jobs WHERE name = ?', name)) ||
      (type === 'workteam' && rowExists(database, 'SELECT 1 FROM workteams WHERE name = ?', name)));
  if (!isKnown) {
    throw new ServiceError('ValidationException', `Could not find the resource ${arn}.`);
  }
}
