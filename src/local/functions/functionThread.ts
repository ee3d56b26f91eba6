// The program of a thread that runs one module: somebody's pre- or post-annotation function.
import { randomUUID } from 'node:crypto';
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import type { FromFunction, FunctionThreadData, ToFunction } from './functionMessages.js';

/** What a function gets beside the event: of what Lambda gives, what makes sense here, and a way to read objects. */
interface Context {
  readonly invokedFunctionArn: string;
  readonly awsRequestId: string;
  getRemainingTimeInMillis(): number;
  readObject(uri: string): Promise<Buffer>;
}

interface Reader {
  readonly resolve: (bytes: Buffer) => void;
  readonly reject: (error: Error) => void;
}

type Handler = (event: unknown, context: Context) => unknown;

const { module: path } = workerData as FunctionThreadData;
const reading = new Map<number, Reader>();
let nextReader = 0;
let handler: Promise<Handler> | undefined;

parentPort?.on('message', (message: ToFunction) => {
  switch (message.kind) {
    case 'invoke':
      void invoke(message);
      return;
    case 'object':
      take(message.id)?.resolve(Buffer.from(message.bytes));
      return;
    case 'noObject':
      take(message.id)?.reject(new Error(message.message));
      return;
  }
});

async function invoke({ event, arn, timeoutMs }: ToFunction & { readonly kind: 'invoke' }): Promise<void> {
  const endsAt = performance.now() + timeoutMs;
  let run: Handler;
  try {
    handler ??= load();
    run = await handler;
  } catch (error) {
    send({ kind: 'unloadable', message: messageOf(error) });
    return;
  }
  try {
    const answer = await run(JSON.parse(event), {
      invokedFunctionArn: arn,
      awsRequestId: randomUUID(),
      getRemainingTimeInMillis: () => Math.max(Math.round(endsAt - performance.now()), 0),
      readObject,
    });
    // A function that returns nothing answers null, as on AWS.
    send({ kind: 'answer', json: JSON.stringify(answer) ?? 'null' });
  } catch (error) {
    send({ kind: 'failure', message: messageOf(error), stack: error instanceof Error ? (error.stack ?? '') : '' });
  }
}

async function load(): Promise<Handler> {
  const exported = (await import(pathToFileURL(path).href)) as Readonly<Record<string, unknown>>;
  // What a CommonJS module exports may stand under `default` only.
  const whole = exported['default'];
  const nested = typeof whole === 'object' && whole !== null && 'handler' in whole ? whole.handler : undefined;
  const found = [exported['handler'], nested, whole].find((value) => typeof value === 'function');
  if (found === undefined) {
    throw new Error('it exports no function "handler"');
  }
  return found as Handler;
}

function readObject(uri: string): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    reading.set(nextReader, { resolve, reject });
    send({ kind: 'readObject', id: nextReader, uri });
    nextReader += 1;
  });
}

function take(id: number): Reader | undefined {
  const reader = reading.get(id);
  reading.delete(id);
  return reader;
}

function send(message: FromFunction): void {
  parentPort?.postMessage(message);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
