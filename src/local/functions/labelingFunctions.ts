import type { JsonObject, JsonValue } from '../../core/json.js';

/** What stands for the Lambda functions of custom labeling jobs. */
export interface LabelingFunctions {
  /** Whether something is configured for the ARN; throws `FunctionsFileProblem` where that cannot be read. */
  has(arn: string): boolean;
  /**
   * What the function answers; `storage` is where the objects are that it may read. Throws `FunctionFailure` or
   * `FunctionUnavailable`.
   */
  invoke(arn: string, event: JsonObject, storage?: string): Promise<JsonValue>;
}

/** The function was called and did not answer as it should: calling it again with the same event would be no better. */
export class FunctionFailure extends Error {
  override readonly name = 'FunctionFailure';
}

/** For so long a job waits for a function that cannot be called. */
export const functionPatienceMs = 5 * 60_000;

/** The function could not be called: its module cannot be loaded, or nobody listens at its address. */
export class FunctionUnavailable extends Error {
  override readonly name = 'FunctionUnavailable';
}
