import type { DatabaseSync } from 'node:sqlite';
import type { JsonObject } from '../../core/json.js';
import type { Clock } from '../clock.js';
import { Fields } from '../fields.js';
import { ServiceError } from '../http/serviceError.js';
import type { Identity } from '../http/services.js';
import { pageOf, type Slice } from '../pages.js';
import type { Outbox } from './outbox.js';

export interface CognitoDependencies {
  readonly database: DatabaseSync;
  readonly identity: Identity;
  readonly clock: Clock;
  readonly outbox: Outbox;
}

export function cognitoFields(input: JsonObject): Fields {
  return new Fields(input, 'InvalidParameterException');
}

export function userPoolId(input: JsonObject): string {
  return cognitoFields(input).text('UserPoolId', { min: 1, max: 55, pattern: /^[\w-]+_[0-9a-zA-Z]+$/u });
}

export function invalidParameter(message: string): ServiceError {
  return new ServiceError('InvalidParameterException', message);
}

export function notFound(message: string): ServiceError {
  return new ServiceError('ResourceNotFoundException', message);
}

/** Cognito's timestamps on the wire. */
export function epochSeconds(milliseconds: number): number {
  return milliseconds / 1_000;
}

/** The page that a list request asks for. A limit of 0 means the default, which is the most there can be. */
export function pageAsked<Row extends { readonly sub: string } | { readonly id: string } | { readonly name: string }>(
  rows: readonly Row[],
  input: JsonObject,
  sizeName: 'Limit' | 'MaxResults' = 'Limit',
  tokenName: 'NextToken' | 'PaginationToken' = 'NextToken',
): Slice<Row> {
  const fields = cognitoFields(input);
  return pageOf(rows, {
    token: fields.optionalText(tokenName),
    size: fields.integer(sizeName, { min: 0, max: 60, otherwise: 60 }) || 60,
    keyOf: (row) => ('sub' in row ? row.sub : 'id' in row ? row.id : row.name),
    errorCode: 'InvalidParameterException',
  });
}
