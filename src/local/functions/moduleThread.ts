import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { Worker } from 'node:worker_threads';
import type { JsonObject, JsonValue } from '../../core/json.js';
import type { FromFunction, FunctionThreadData, ToFunction } from './functionMessages.js';
import { FunctionFailure, FunctionUnavailable } from './labelingFunctions.js';
import { parsedAnswer } from './parsedAnswer.js';

export interface ModuleThreadOptions {
  /** `functionThread.js`, or its source. */
  readonly program: string;
  readonly module: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly readObject: (uri: string) => Promise<Uint8Array>;
  readonly log: (line: string) => void;
}

interface Call {
  readonly resolve: (answer: JsonValue) => void;
  readonly reject: (reason: unknown) => void;
}

const mostMegabytes = 512;
const longestLogLine = 2_000;

/**
 * Runs a module in a thread of its own, one call at a time: whatever it does, be it an endless loop, it can be ended and
 * takes nothing else with it.
 */
export class ModuleThread {
  readonly #options: ModuleThreadOptions;
  readonly #worker: Worker;
  #call: Call | undefined;
  #isOver = false;

  constructor(options: ModuleThreadOptions) {
    const { program, module, environment } = options;
    const workerData: FunctionThreadData = { module };
    this.#options = options;
    this.#worker = new Worker(program, {
      workerData,
      env: { ...environment },
      stdout: true,
      stderr: true,
      resourceLimits: { maxOldGenerationSizeMb: mostMegabytes },
    });
    this.#worker.unref(); // The listening server keeps the process alive, not this.
    this.#worker.on('message', (message: FromFunction) => this.#take(message));
    this.#worker.on('error', (error: unknown) => this.#end(new FunctionFailure(whyItDied(error), { cause: error })));
    this.#worker.on('exit', () => this.#end(new FunctionFailure('it ended its own thread')));
    this.#logLines(this.#worker.stdout);
    this.#logLines(this.#worker.stderr);
  }

  /** Nothing can be called any more. */
  get isOver(): boolean {
    return this.#isOver;
  }

  /** What the module answers; throws the signal's reason, and ends, when that comes first. */
  async invoke(
    event: JsonObject,
    { arn, timeoutMs }: { readonly arn: string; readonly timeoutMs: number },
    signal: AbortSignal,
  ): Promise<JsonValue> {
    signal.throwIfAborted(); // It may have waited for its turn until then.
    const onAbort = (): void => this.#end(signal.reason);
    signal.addEventListener('abort', onAbort);
    try {
      return await new Promise<JsonValue>((resolve, reject) => {
        this.#call = { resolve, reject };
        this.#send({ kind: 'invoke', event: JSON.stringify(event), arn, timeoutMs });
      });
    } finally {
      signal.removeEventListener('abort', onAbort);
      this.#call = undefined;
    }
  }

  dispose(): void {
    this.#end(new FunctionFailure('it was ended'));
  }

  #take(message: FromFunction): void {
    switch (message.kind) {
      case 'answer':
        this.#settle(message.json);
        return;
      case 'failure':
        this.#options.log(message.stack);
        this.#call?.reject(new FunctionFailure(message.message));
        return;
      case 'unloadable': {
        const { module } = this.#options;
        this.#end(new FunctionUnavailable(`The function's module "${module}" cannot be loaded: ${message.message}`));
        return;
      }
      case 'readObject':
        void this.#answerRead(message);
        return;
    }
  }

  #settle(json: string): void {
    try {
      this.#call?.resolve(parsedAnswer(json));
    } catch (error) {
      this.#call?.reject(error);
    }
  }

  async #answerRead({ id, uri }: FromFunction & { readonly kind: 'readObject' }): Promise<void> {
    try {
      this.#send({ kind: 'object', id, bytes: await this.#options.readObject(uri) });
    } catch (error) {
      this.#send({ kind: 'noObject', id, message: error instanceof Error ? error.message : String(error) });
    }
  }

  #send(message: ToFunction): void {
    this.#worker.postMessage(message);
  }

  #end(reason: unknown): void {
    this.#isOver = true;
    this.#call?.reject(reason);
    void this.#worker.terminate();
  }

  #logLines(stream: Readable): void {
    createInterface({ input: stream }).on('line', (line) => this.#options.log(line.slice(0, longestLogLine)));
  }
}

function whyItDied(error: unknown): string {
  if (error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY') {
    return `it needed more than ${mostMegabytes} MB of memory`;
  }
  return error instanceof Error ? error.message : String(error);
}
