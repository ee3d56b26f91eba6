import type { LabKeeper } from './lab/labKeeper.js';

export interface ExecutionRoles {
  /** Roles that SageMaker may assume. */
  list(signal: AbortSignal): Promise<readonly ExecutionRole[]>;
  /**
   * A role that may read and write exactly these buckets (reference §3.4): the one of this name where there is one, or
   * where it was begun, and else a new one.
   */
  create(wish: RoleWish, keeper: LabKeeper, signal: AbortSignal): Promise<ExecutionRole>;
  delete(role: ExecutionRole, signal: AbortSignal): Promise<void>;
}

export interface RoleWish {
  readonly buckets: readonly string[];
  /** One that this product made, or was about to make, for the same buckets. */
  readonly name?: string;
}

export interface ExecutionRole {
  readonly name: string;
  readonly arn: string;
}
