import type { AwsClient } from '../../../src/aws/services.js';
import { requestViolations } from './requestViolations.js';

interface RecordedRequest {
  /** As the SDK names it: `Cognito Identity Provider`. */
  readonly service: string;
  readonly operation: string;
  readonly input: object;
}

/** All that the adapters ask of AWS, for `createAwsServices(target, { onClient: recorder.onClient })`. */
export class RequestRecorder {
  readonly #requests: RecordedRequest[] = [];

  readonly onClient = (client: AwsClient): void => {
    const service = client.config.serviceId;
    // The clients differ in what they send, which makes no difference here.
    const stack = client.middlewareStack as unknown as RecordingStack;
    stack.add(
      (next, context) => (args) => {
        const operation = context.commandName?.replace(/Command$/u, '') ?? '';
        this.#requests.push({ service, operation, input: args.input });
        return next(args);
      },
      { step: 'initialize', name: 'recordRequest', priority: 'high' },
    );
  };

  /** `S3 PutObject` and the like, each once. */
  operations(): readonly string[] {
    return [...new Set(this.#requests.map(({ service, operation }) => `${service} ${operation}`))].toSorted();
  }

  /** How often something was asked for: `S3 UploadPart`. */
  countOf(operation: string): number {
    return this.#requests.filter((it) => `${it.service} ${it.operation}` === operation).length;
  }

  get count(): number {
    return this.#requests.length;
  }

  /** Everything that AWS's service model does not allow. */
  violations(): readonly string[] {
    return [
      ...new Set(
        this.#requests.flatMap(({ service, operation, input }) => requestViolations(service, operation, input)),
      ),
    ];
  }
}

interface RecordingStack {
  add(
    middleware: (
      next: (args: { readonly input: object }) => Promise<unknown>,
      context: { readonly commandName?: string },
    ) => (args: { readonly input: object }) => Promise<unknown>,
    options: { readonly step: 'initialize'; readonly name: string; readonly priority: 'high' },
  ): void;
}
