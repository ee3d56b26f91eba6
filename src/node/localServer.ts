import { spawn, type ChildProcess } from 'node:child_process';
import { mkdir, open, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Failure } from '../core/failure.js';
import type { LocalServer } from '../core/ports.js';

export interface LauncherOptions {
  /** `dist/local/server.js`. */
  readonly program: string;
  /** What runs it: Node, or VS Code's own Electron. */
  readonly runtime: string;
  readonly dataFolder: string;
  readonly idleMinutes: number;
}

const startTimeoutMs = 20_000;
const healthTimeoutMs = 2_000;
const pollDelayMs = 100;
const keepAliveMs = 60_000;
const logTailBytes = 4_000;

/**
 * Finds the Local Ground Truth of a data folder, whichever window started it, or starts it as a process of its own
 * that outlives this one. Callers that ask at the same time share one start.
 */
export class LocalServerLauncher {
  readonly #options: LauncherOptions;
  #starting: Promise<LocalServer> | undefined;
  #keepAlive: NodeJS.Timeout | undefined;

  constructor(options: LauncherOptions) {
    this.#options = options;
  }

  ensure(): Promise<LocalServer> {
    this.#starting ??= this.#findOrStart().finally(() => {
      this.#starting = undefined;
    });
    return this.#starting;
  }

  dispose(): void {
    clearInterval(this.#keepAlive);
  }

  async #findOrStart(): Promise<LocalServer> {
    const { dataFolder } = this.#options;
    const server = (await findRunning(dataFolder)) ?? (await start(this.#options));
    // The server ends when nobody asked it anything for some minutes; an open window counts as somebody.
    clearInterval(this.#keepAlive);
    this.#keepAlive = setInterval(() => void isHealthy(server), keepAliveMs).unref();
    return server;
  }
}

async function findRunning(dataFolder: string): Promise<LocalServer | undefined> {
  const server = await readServerFile(dataFolder);
  return server && (await isHealthy(server)) ? server : undefined;
}

async function readServerFile(dataFolder: string): Promise<LocalServer | undefined> {
  try {
    return parseServer(await readFile(join(dataFolder, 'server.json'), 'utf8'));
  } catch {
    return undefined; // No server has run here yet.
  }
}

async function isHealthy({ endpoint }: LocalServer): Promise<boolean> {
  try {
    const { ok } = await fetch(`${endpoint}/_local/health`, { signal: AbortSignal.timeout(healthTimeoutMs) });
    return ok;
  } catch {
    return false; // It ended, and left its file.
  }
}

async function start(options: LauncherOptions): Promise<LocalServer> {
  const { dataFolder } = options;
  await mkdir(dataFolder, { recursive: true, mode: 0o700 }); // Its key and its pictures are this user's alone.
  const loggedBytes = await logSize(dataFolder);
  const child = await spawnDetached(options);
  try {
    return await Promise.race([
      announcement(child),
      // Another window may have been faster: then ours ends at the lock, and the other's is used.
      afterExit(child).then(() => untilRunning(dataFolder, 3_000)),
      delay(startTimeoutMs, undefined, { ref: false }).then(() => untilRunning(dataFolder, 0)),
    ]);
  } catch (error) {
    const log = await logTail(dataFolder, loggedBytes);
    const reason =
      log
        .trim()
        .split('\n')
        .findLast((line) => line.trim() !== '') ?? message(error);
    throw new Failure('local.notStarted', { reason, log }, { cause: error });
  } finally {
    child.stdout?.destroy();
    child.unref();
  }
}

async function spawnDetached({ program, runtime, dataFolder, idleMinutes }: LauncherOptions): Promise<ChildProcess> {
  const log = await open(logFile(dataFolder), 'a');
  try {
    // Options for this process's Node, a debugger's port above all, are not meant for that one.
    const { NODE_OPTIONS: _, ...environment } = process.env;
    const flags = ['--data', dataFolder, '--port', '0', '--idle-minutes', String(idleMinutes)];
    return spawn(runtime, [program, ...flags], {
      cwd: dataFolder,
      detached: true,
      env: { ...environment, ELECTRON_RUN_AS_NODE: '1' },
      stdio: ['ignore', 'pipe', log.fd],
      windowsHide: true,
    });
  } finally {
    await log.close();
  }
}

function announcement(child: ChildProcess): Promise<LocalServer> {
  return new Promise((resolve, reject) => {
    let text = '';
    child.once('error', reject);
    child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      const [line, rest] = text.split('\n', 2);
      if (line !== undefined && rest !== undefined) {
        try {
          resolve(parseServer(line));
        } catch (error) {
          reject(error instanceof Error ? error : new Error(String(error)));
        }
      }
    });
  });
}

function afterExit(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
  });
}

async function untilRunning(dataFolder: string, patienceMs: number): Promise<LocalServer> {
  const end = Date.now() + patienceMs;
  for (;;) {
    const server = await findRunning(dataFolder);
    if (server) {
      return server;
    }
    if (Date.now() >= end) {
      throw new Error('The server did not start');
    }
    await delay(pollDelayMs);
  }
}

function parseServer(text: string): LocalServer {
  const server = JSON.parse(text) as Partial<LocalServer> | null;
  if (
    typeof server?.endpoint !== 'string' ||
    typeof server.region !== 'string' ||
    typeof server.accountId !== 'string' ||
    typeof server.accessKeyId !== 'string' ||
    typeof server.secretAccessKey !== 'string' ||
    typeof server.portal !== 'string'
  ) {
    throw new Error(`"${text.slice(0, 200)}" is not what Local Ground Truth says when it is ready`);
  }
  const { endpoint, region, accountId, accessKeyId, secretAccessKey, portal } = server;
  return { endpoint, region, accountId, accessKeyId, secretAccessKey, portal };
}

function logFile(dataFolder: string): string {
  return join(dataFolder, 'server.log');
}

async function logSize(dataFolder: string): Promise<number> {
  try {
    return (await stat(logFile(dataFolder))).size;
  } catch {
    return 0; // The first start makes it.
  }
}

/** What this start has said, or its end where that is long. */
async function logTail(dataFolder: string, fromByte: number): Promise<string> {
  const bytes = await readFile(logFile(dataFolder));
  return bytes.subarray(Math.max(fromByte, bytes.length - logTailBytes)).toString();
}

function message(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
