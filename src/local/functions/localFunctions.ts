import type { JsonObject, JsonValue } from '../../core/json.js';
import type { Clock } from '../clock.js';
import { FunctionsFileProblem, type FunctionTarget, readFunctions } from './functionsFile.js';
import { invokeAddress } from './httpFunction.js';
import { FunctionFailure, FunctionUnavailable, type LabelingFunctions } from './labelingFunctions.js';
import { ModulePool } from './modulePool.js';

export interface LocalFunctionsOptions {
  /** Says which modules and addresses stand for which ARNs; it is read at each call. */
  readonly file: string;
  /** The program of a module's thread: `functionThread.js`, or its source. */
  readonly program: string;
  /** Lets an SDK in a module find this server. */
  readonly environment: () => Readonly<Record<string, string>>;
  readonly readObject: (uri: string, storage: string | undefined) => Promise<Uint8Array>;
  readonly clock: Clock;
  readonly log: (line: string) => void;
}

interface PooledModule {
  readonly arn: string;
  readonly module: string;
  readonly storage: string | undefined;
}

/** The functions of custom labeling jobs, run by modules and servers on this machine. */
export class LocalFunctions implements LabelingFunctions {
  readonly #options: LocalFunctionsOptions;
  readonly #pools = new Map<string, ModulePool>();
  readonly #stopped = new AbortController();

  constructor(options: LocalFunctionsOptions) {
    this.#options = options;
  }

  has(arn: string): boolean {
    return readFunctions(this.#options.file).has(arn);
  }

  async invoke(arn: string, event: JsonObject, storage?: string): Promise<JsonValue> {
    const target = this.#target(arn);
    if (target.kind === 'address') {
      return this.#timed(target, async (signal) => invokeAddress({ arn, url: target.url }, event, signal));
    }
    return this.#pool({ arn, module: target.path, storage }).run(async (thread) =>
      this.#timed(target, async (signal) => thread.invoke(event, { arn, timeoutMs: target.timeoutMs }, signal)),
    );
  }

  /** Breaks off what is under way: its callers hear an error that is neither a failure nor the function's absence. */
  stop(): void {
    this.#stopped.abort(new Error('The server ends.'));
    for (const pool of this.#pools.values()) {
      pool.dispose();
    }
  }

  #target(arn: string): FunctionTarget {
    const { file } = this.#options;
    let target: FunctionTarget | undefined;
    try {
      target = readFunctions(file).get(arn);
    } catch (error) {
      throw error instanceof FunctionsFileProblem ? new FunctionUnavailable(error.message, { cause: error }) : error;
    }
    if (target === undefined) {
      throw new FunctionUnavailable(`The file "${file}" does not name the function ${arn} any more.`);
    }
    return target;
  }

  #pool({ arn, module, storage }: PooledModule): ModulePool {
    const { program, readObject, clock, log } = this.#options;
    const key = `${arn} ${module} ${storage}`;
    let pool = this.#pools.get(key);
    if (pool === undefined) {
      const options = {
        program,
        module,
        environment: { ...withoutAws(process.env), ...this.#options.environment() },
        readObject: async (uri: string) => readObject(uri, storage),
        log: (line: string) => log(`function ${arn}: ${line}`),
      };
      pool = new ModulePool(options, clock);
      this.#pools.set(key, pool);
    }
    return pool;
  }

  async #timed<T>({ timeoutMs }: FunctionTarget, run: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const { clock } = this.#options;
    const late = new AbortController();
    const timer = clock.after(timeoutMs, () =>
      late.abort(new FunctionFailure(`it took longer than ${timeoutMs / 1_000} seconds`)),
    );
    try {
      return await run(AbortSignal.any([late.signal, this.#stopped.signal]));
    } finally {
      timer.dispose();
    }
  }
}

/** A module that asks AWS for something is to ask Local Ground Truth, and not as the user who is signed in elsewhere. */
function withoutAws(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !name.startsWith('AWS_')));
}
