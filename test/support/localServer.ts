import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { LocalServer } from '../../src/core/ports.js';
import type { FaultRule } from '../../src/local/faults/faultRule.js';
import { startServer } from '../../src/local/startServer.js';
import type { Clock } from '../../src/local/clock.js';

/** Local Ground Truth on a data folder of its own, for one suite. */
export interface TestServer extends LocalServer {
  readonly dataFolder: string;
  /** What the server has logged so far, line by line. */
  readonly log: readonly string[];
  /** For `new S3Client(…)` and every other client of the SDK. */
  readonly clientConfig: ClientConfig;
  /** Ends the server and deletes the data folder. */
  stop(): Promise<void>;
}

/** A server that can be told to fail. */
export interface FaultyTestServer extends TestServer {
  /** From now on these calls fail, counted from the start, and no others. */
  readonly setFaults: (rules: readonly FaultRule[]) => void;
}

export interface ClientConfig {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly forcePathStyle: true;
}

/** Inside this process: starts at once, and time can be given; a data folder where something is to be in it already. */
export async function startTestServer(
  options: { readonly clock?: Clock; readonly dataFolder?: string } = {},
): Promise<FaultyTestServer> {
  const dataFolder = options.dataFolder ?? (await makeDataFolder());
  const log: string[] = [];
  const server = await startServer({
    ...options,
    dataFolder,
    port: 0,
    region: 'us-east-1',
    functionProgram: fileURLToPath(new URL('../../src/local/functions/functionThread.ts', import.meta.url)),
    maskProgram: fileURLToPath(new URL('../../src/local/labeling/maskProgram.ts', import.meta.url)),
    pageFolder: join('dist', 'webview'),
    log: (line) => void log.push(line),
  });
  return {
    ...server.record,
    dataFolder,
    log,
    clientConfig: clientConfigOf(server.record),
    setFaults: server.setFaults,
    async stop() {
      await server.stop();
      await deleteDataFolder(dataFolder);
    },
  };
}

/** A server in a process of its own, which can be killed. */
export interface ServerProcess extends Omit<TestServer, 'stop'> {
  readonly process: ChildProcess;
  /** `kill -9`: the data folder stays. */
  kill(): Promise<void>;
  /** SIGTERM; resolves to the exit code. */
  end(): Promise<number | null>;
}

export const builtServer = join('dist', 'local', 'server.js');
const serverSource = fileURLToPath(new URL('../../src/local/server.ts', import.meta.url));

/**
 * Runs the server as a program, from its source or as it was built, which has the portal's page; `dataFolder` where one
 * is to be used again.
 */
export async function spawnTestServer(
  options: { readonly dataFolder?: string; readonly args?: readonly string[]; readonly program?: string } = {},
): Promise<ServerProcess> {
  const dataFolder = options.dataFolder ?? (await makeDataFolder());
  const child = spawnServer(['--data', dataFolder, ...(options.args ?? [])], options.program);
  const log: string[] = [];
  createInterface({ input: child.stderr }).on('line', (line) => log.push(line));
  const server = await greetingOf(child, log);
  const exited = once(child, 'exit');
  return {
    ...server,
    dataFolder,
    log,
    clientConfig: clientConfigOf(server),
    process: child,
    async kill() {
      child.kill('SIGKILL');
      await exited;
    },
    async end() {
      child.kill('SIGTERM');
      await exited;
      return child.exitCode;
    },
  };
}

/** Runs the server's program with these arguments; nothing is awaited. */
export function spawnServer(args: readonly string[], program?: string) {
  const command = program === undefined ? ['--import=tsx', serverSource] : [program];
  return spawn(process.execPath, [...command, ...args], {
    env: { ...process.env, UV_THREADPOOL_SIZE: '16' }, // As the program has it; tsx uses the pool before it can say so.
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

export async function makeDataFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'local-ground-truth-'));
}

export async function deleteDataFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
}

async function greetingOf(child: ReturnType<typeof spawnServer>, log: readonly string[]): Promise<LocalServer> {
  for await (const line of createInterface({ input: child.stdout })) {
    return JSON.parse(line) as LocalServer;
  }
  throw new Error(`the server ended before it was ready:\n${log.join('\n')}`);
}

export function clientConfigOf({ endpoint, region, accessKeyId, secretAccessKey }: LocalServer): ClientConfig {
  return { endpoint, region, credentials: { accessKeyId, secretAccessKey }, forcePathStyle: true };
}
