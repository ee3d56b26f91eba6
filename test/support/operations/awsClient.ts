import type { JsonObject } from '../../../src/core/json.js';
import type { LocalServer } from '../../../src/core/ports.js';
import type { OperationName } from '../../../src/local/sagemaker/requests.js';

/** A client of AWS that we did not write. */
export interface AwsClient {
  readonly name: string;
  /** Whether it knows what came to the service in the last years. */
  readonly isNew: boolean;
  /** Whether what it does with refusals is another client's business: each of its calls takes its time. */
  readonly isForReplies?: boolean;
  call(server: LocalServer, operation: OperationName, input: JsonObject): Promise<Answer>;
  close(): void;
}

/** A reply, with what its client's model says against it; or a refusal. */
export type Answer =
  | { readonly reply: JsonObject; readonly problems: readonly string[] }
  | { readonly code: string; readonly message: string };
