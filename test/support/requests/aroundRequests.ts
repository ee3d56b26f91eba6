import type { AwsClient } from '../../../src/aws/services.js';

type Handler = (args: { readonly input: object }) => Promise<unknown>;

interface ClientStack {
  add(middleware: (next: Handler, context: { readonly commandName?: string }) => Handler, options: object): void;
}

interface Asked {
  /** As AWS names it: `CreateBucket`. */
  readonly operation: string;
  readonly input: object;
}

/** Stands between a client and all that it asks for. Where `step` is `finalizeRequest`, it sees each attempt. */
export function aroundRequests(
  client: AwsClient,
  around: (asked: Asked, send: () => Promise<unknown>) => Promise<unknown>,
  step: 'initialize' | 'finalizeRequest' = 'initialize',
): void {
  // The clients differ in what they send, which makes no difference here.
  const stack = client.middlewareStack as unknown as ClientStack;
  stack.add(
    (next, { commandName = '' }) =>
      (args) =>
        around({ operation: commandName.replace(/Command$/u, ''), input: args.input }, () => next(args)),
    { step, name: 'aroundRequests', priority: 'low' },
  );
}
