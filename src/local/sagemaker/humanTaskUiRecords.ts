import { createHash } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { query } from '../records.js';
import { type SageMakerDependencies, sageMakerArn } from './responses.js';

export interface HumanTaskUiRow {
  readonly name: string;
  readonly content: string;
  readonly created_at: number;
}

export function findHumanTaskUi(database: DatabaseSync, name: string): HumanTaskUiRow | undefined {
  return query<HumanTaskUiRow>(database, 'SELECT * FROM human_task_uis WHERE name = ?').one(name);
}

export function humanTaskUiArn(name: string, dependencies: SageMakerDependencies): string {
  return sageMakerArn(`human-task-ui/${name}`, dependencies);
}

/** Of the template's UTF-8, in hexadecimal. */
export function contentSha256({ content }: HumanTaskUiRow): string {
  return createHash('sha256').update(content).digest('hex');
}
