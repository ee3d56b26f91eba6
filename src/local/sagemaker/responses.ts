import type { DatabaseSync } from 'node:sqlite';
import type { Clock } from '../clock.js';
import { ServiceError } from '../http/serviceError.js';
import type { Identity } from '../http/services.js';
import { isSageMakerRole } from '../iam/roles.js';
import { pageOf, type Slice } from '../pages.js';
import type { OperationName } from './requests.js';

export interface SageMakerDependencies {
  readonly database: DatabaseSync;
  readonly identity: Identity;
  readonly clock: Clock;
}

interface PageRequest {
  readonly NextToken?: string;
  readonly MaxResults?: number;
}

interface Sorted {
  readonly SortBy?: string;
  readonly SortOrder?: 'Ascending' | 'Descending';
}

const longestPage = 100;

/** The page that a list request asks for; its token is good with the same filters and the same order only. */
export function listedPage<Row extends { readonly name: string } | { readonly Key: string }>(
  operation: OperationName,
  rows: readonly Row[],
  { NextToken, MaxResults, ...question }: PageRequest,
): Slice<Row> {
  return pageOf(rows, {
    token: NextToken,
    size: MaxResults ?? longestPage,
    keyOf: (row) => ('name' in row ? row.name : row.Key),
    errorCode: 'ValidationException',
    list: JSON.stringify([operation, Object.entries(question).toSorted(([left], [right]) => (left < right ? -1 : 1))]),
  });
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

export function invalid(message: string): ServiceError {
  return new ServiceError('ValidationException', message);
}

export function checkRole(arn: string, { database, identity }: SageMakerDependencies): void {
  if (!isSageMakerRole(database, arn, identity.accountId)) {
    throw invalid(
      `Could not assume role ${arn}. Please ensure that the role exists and allows principal 'sagemaker.amazonaws.com' to assume the role.`,
    );
  }
}

/** An ARN of this account and region: `arn:aws:sagemaker:us-east-1:111122223333:workforce/default`. */
export function sageMakerArn(resource: string, { identity }: Pick<SageMakerDependencies, 'identity'>): string {
  return `arn:aws:sagemaker:${identity.region}:${identity.accountId}:${resource}`;
}
