import type { JsonObject } from '../../../src/core/json.js';
import type { OperationName } from '../../../src/local/sagemaker/requests.js';
import type { OperationsLab, ServerRole } from './operationsLab.js';

/** One call that any client can make, and what comes back. Cases do not know of each other. */
export interface OperationCase {
  readonly operation: OperationName;
  /** What the operation does then. */
  readonly name: string;
  readonly input: JsonObject;
  readonly on?: ServerRole;
  /** Only newer clients can ask for it. */
  readonly isNew?: true;
  /** A part of the reply. */
  readonly reply?: JsonObject;
  readonly refusal?: Refusal;
}

interface Refusal {
  readonly code: string;
  readonly reason: RegExp;
}

export function invalid(reason: RegExp): Refusal {
  return { code: 'ValidationException', reason };
}

export const notFound: Refusal = { code: 'ResourceNotFound', reason: /./u };

/** An ARN of the full server. */
export function arnOf({ servers }: OperationsLab, resource: string): string {
  return `arn:aws:sagemaker:us-east-1:${servers.full.accountId}:${resource}`;
}
