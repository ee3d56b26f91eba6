import type { BuiltInTaskType } from '../../labels/builtInFunctions.js';

/** What is known of the job that the manifest is to be the input of. Rules that need what is not known say nothing. */
export interface LintContext {
  readonly taskType?: BuiltInTaskType;
  /** Objects that have it are passed over: a chained job goes on where another stopped. */
  readonly labelAttributeName?: string;
  readonly region?: string;
  /** Pictures must be in the job's region; `undefined` where nobody knows. */
  readonly regionOf?: (bucket: string) => string | undefined;
}
