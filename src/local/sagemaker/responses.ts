import type { DatabaseSync } from 'node:sqlite';
import type { Clock } from '../clock.js';
import { ServiceError } from '../http/serviceError.js';
import type { Identity } from '../http/services.js';
import { isSageMakerRole } from '../iam/roles.js';
import { pageOf, type Slice } from '../pages.js';
import type { Page, Sorted } from './requests.js';

export interface SageMakerDependencies {
  readonly database: DatabaseSync;
  readonly identity: Identity;
  readonly clock: Clock;
}

export function listedPage<Row extends { readonly name: string } | { readonly Key: string }>(
  rows: readonly Row[],
  { NextToken, MaxResults }: Page,
): Slice<Row> {
  const keyOf = (row: Row): string => ('name' in row ? row.name : row.Key);
  return pageOf(rows, { token: NextToken, size: MaxResults ?? 100, keyOf, errorCode: 'ValidationException' });
}

/** By what the request names, else by the last of `keys`. Equal ones keep their order. */
export function sortedBy<Row>(
  rows: readonly Row[],
  { SortBy, SortOrder }: Sorted,
  keys: Readonly<Record<string, (row: Row) => string | number>>,
): readonly Row[] {
  const key = keys[SortBy ?? ''] ?? Object.values(keys).at(-1);
  if (key === undefined) {
    return rows;
  }
  const direction = SortOrder === 'Descending' ? -1 : 1;
  return rows.toSorted((left, right) => {
    const [a, b] = [key(left), key(right)];
    return a === b ? 0 : direction * (a < b ? -1 : 1);
  });
}

export function checkRole(arn: string, { database, identity }: SageMakerDependencies): void {
  if (!isSageMakerRole(database, arn, identity.accountId)) {
    throw new ServiceError(
      'ValidationException',
      `Could not assume role ${arn}. Please ensure that the role exists and allows principal 'sagemaker.amazonaws.com' to assume the role.`,
    );
  }
}
