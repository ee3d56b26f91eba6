import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/** What runs in place of a Lambda function. */
export type FunctionTarget =
  | { readonly kind: 'module'; readonly path: string; readonly timeoutMs: number }
  | { readonly kind: 'address'; readonly url: string; readonly timeoutMs: number };

/** The file is there and cannot be used: the message says what is wrong with it. */
export class FunctionsFileProblem extends Error {
  override readonly name = 'FunctionsFileProblem';
}

const arnPattern = /^arn:aws[a-z-]*:lambda:[a-z0-9-]+:\d{12}:function:[\w-]+(?::[\w$-]+)?$/u;
const loopbackHosts: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '[::1]']);
const defaultTimeoutSeconds = 60;
const longestTimeoutSeconds = 300;

/**
 * Reads which modules and addresses stand for which ARNs: an object whose names are ARNs of Lambda functions and whose
 * values have a `module`, relative to the file's folder, or a `url` on this machine, and may have `timeoutSeconds`. A file
 * that is not there names none. Throws `FunctionsFileProblem`.
 */
export function readFunctions(file: string): ReadonlyMap<string, FunctionTarget> {
  const text = textOf(file);
  if (text === undefined) {
    return new Map();
  }
  const problem = (what: string): FunctionsFileProblem => new FunctionsFileProblem(`The file "${file}" ${what}.`);
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (error) {
    throw problem(`is not valid JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (!isObject(content)) {
    throw problem('must have an object, whose names are ARNs of Lambda functions');
  }
  return new Map(
    Object.entries(content).map(([arn, value]) => {
      if (!arnPattern.test(arn)) {
        throw problem(`has "${arn}", which is not the ARN of a Lambda function`);
      }
      return [arn, target(value, dirname(file), (what) => problem(`must give "${arn}" ${what}`))];
    }),
  );
}

function target(value: unknown, folder: string, problem: (what: string) => FunctionsFileProblem): FunctionTarget {
  const { module, url, timeoutSeconds = defaultTimeoutSeconds, ...others } = isObject(value) ? value : {};
  const [other] = Object.keys(others);
  if (other !== undefined) {
    throw problem(`"module", "url" and "timeoutSeconds", and no "${other}"`);
  }
  if (typeof timeoutSeconds !== 'number' || !(timeoutSeconds > 0 && timeoutSeconds <= longestTimeoutSeconds)) {
    throw problem(`a "timeoutSeconds" of more than 0 and at most ${longestTimeoutSeconds}`);
  }
  const timeoutMs = timeoutSeconds * 1_000;
  if (typeof module === 'string' && module !== '' && url === undefined) {
    return { kind: 'module', path: resolve(folder, module), timeoutMs };
  }
  if (typeof url === 'string' && module === undefined) {
    if (!isOnThisMachine(url)) {
      throw problem('a "url" that begins with http://127.0.0.1, http://localhost or http://[::1]');
    }
    return { kind: 'address', url, timeoutMs };
  }
  throw problem('either a "module" or a "url"');
}

/** What workers answer stays on this machine. */
function isOnThisMachine(url: string): boolean {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  return parsed?.protocol === 'http:' && loopbackHosts.has(parsed.hostname);
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
      return undefined;
    }
    throw new FunctionsFileProblem(`The file "${file}" cannot be read: ${String(error)}.`);
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
