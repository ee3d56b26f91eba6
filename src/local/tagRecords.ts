import type { DatabaseSync } from 'node:sqlite';
import { query, run } from './records.js';

// A type, not an interface: it is JSON.
export type Tag = { readonly Key: string; readonly Value: string };

/** As many as a role of IAM, and a resource of SageMaker, can have. */
export const mostTags = 50;

export function tagsOf(database: DatabaseSync, arn: string): readonly Tag[] {
  const rows = query<{ readonly key: string; readonly value: string }>(
    database,
    'SELECT key, value FROM tags WHERE arn = ? ORDER BY key',
  ).all(arn);
  return rows.map(({ key, value }) => ({ Key: key, Value: value }));
}

/** Adds to the tags that are there, in its caller's transaction. Tells whether they are not too many now. */
export function addTags(database: DatabaseSync, arn: string, tags: readonly Tag[]): boolean {
  for (const { Key: key, Value: value } of tags) {
    run(
      database,
      'INSERT INTO tags (arn, key, value) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET value = excluded.value',
      arn,
      key,
      value,
    );
  }
  return tagsOf(database, arn).length <= mostTags;
}

export function deleteTag(database: DatabaseSync, arn: string, key: string): void {
  run(database, 'DELETE FROM tags WHERE arn = ? AND key = ?', arn, key);
}

export function deleteTags(database: DatabaseSync, arn: string): void {
  run(database, 'DELETE FROM tags WHERE arn = ?', arn);
}
