import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { mkdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Failure } from '../core/failure.js';
import type { SharedPortalSettings } from '../core/portal/sharedPortalSettings.js';
import type { LocalServer } from '../core/ports.js';

export interface LauncherOptions {
  /** `dist/local/server.js`. */
  readonly program: string;
  /** What runs it: Node, or VS Code's own Electron. */
  readonly runtime: string;
  readonly dataFolder: string;
  readonly idleMinutes: number;
  /** Where other machines can open the portal. */
  readonly shared?: SharedPortalSettings;
  /** Told in a sentence of each start. */
  readonly log: (sentence: string) => void;
}

const startTimeoutMs = 20_000;
const healthTimeoutMs = 2_000;
const pollDelayMs = 100;
const keepAliveMs = 60_000;
const logTailBytes = 4_000;
const otherWindowMs = 5_000;
const folderInUse = 3; // The server's exit code where another one has the folder.

/**
 * Finds the Local Ground Truth of a data folder, whichever window started it, or starts it as a process of its own
 * that outlives this one. Callers that ask at the same time share one start.
 */
export class LocalServerLauncher {
  readonly #options: LauncherOptions;
  #starting: Promise<LocalServer> | undefined;
  #keepAlive: NodeJS.Timeout | undefined;
  #isDisposed = false;
  #hasServed = false;

  constructor(options: LauncherOptions) {
    this.#options = options;
  }

  ensure(): Promise<LocalServer> {
    this.#starting ??= this.#findOrStart().finally(() => {
      this.#starting = undefined;
    });
    return this.#starting;
  }

  /** `undefined` where none is running. */
  async find(): Promise<LocalServer | undefined> {
    const server = await findRunning(this.#options.dataFolder);
    if (server) {
      this.#keep(server);
      this.#hasServed = true;
    }
    return server;
  }

  dispose(): void {
    this.#isDisposed = true;
    clearInterval(this.#keepAlive);
  }

  async #findOrStart(): Promise<LocalServer> {
    const running = await this.find();
    if (running) {
      return running;
    }
    const started = await start(this.#options);
    this.#keep(started);
    this.#options.log(
      this.#hasServed
        ? `Local Ground Truth had ended. It was started again, at ${started.endpoint}`
        : `Local Ground Truth was started, at ${started.endpoint}`,
    );
    this.#hasServed = true;
    return started;
  }

  /** The server ends when nobody asked it anything for some minutes; an open window counts as somebody. */
  #keep(server: LocalServer): void {
    clearInterval(this.#keepAlive);
    if (!this.#isDisposed) {
      this.#keepAlive = setInterval(() => void health(server), keepAliveMs).unref();
    }
  }
}

async function findRunning(dataFolder: string): Promise<LocalServer | undefined> {
  try {
    const text = await readFile(join(dataFolder, 'server.json'), 'utf8');
    const server = parseServer(text);
    const { instance } = JSON.parse(text) as { readonly instance?: string };
    // Anything may listen at the port of a server that ended, the server of another data folder above all.
    return instance !== undefined && (await health(server)) === instance ? server : undefined;
  } catch {
    return undefined; // No server has run here yet, or it ended and left its file.
  }
}

/** Which start of the server answers. */
async function health({ endpoint }: LocalServer): Promise<string | undefined> {
  try {
    const reply = await fetch(`${endpoint}/_local/health`, { signal: AbortSignal.timeout(healthTimeoutMs) });
    return ((await reply.json()) as { readonly instance?: string }).instance;
  } catch {
    return undefined; // It ended.
  }
}

async function start(options: LauncherOptions): Promise<LocalServer> {
  const { dataFolder } = options;
  let loggedBytes = 0;
  let child: ChildProcess | undefined;
  try {
    await mkdir(dataFolder, { recursive: true, mode: 0o700 }); // Its key and its pictures are this user's alone.
    loggedBytes = await logSize(dataFolder);
    child = spawnDetached(options);
    return await Promise.race([
      announcement(child),
      anotherOne(child, dataFolder),
      delay(startTimeoutMs, undefined, { ref: false }).then(() => untilRunning(dataFolder, 0)),
    ]);
  } catch (error) {
    const log = await logTail(dataFolder, loggedBytes);
    const lastLine = log.split('\n').findLast((line) => line.trim() !== '');
    throw new Failure('local.notStarted', { reason: lastLine ?? message(error), log }, { cause: error });
  } finally {
    child?.stdout?.destroy();
    child?.unref();
  }
}

/** Another window may have been faster: then ours ends at the folder's lock, and the other one is used. */
async function anotherOne(child: ChildProcess, dataFolder: string): Promise<LocalServer> {
  const exitCode = await new Promise<number | null>((resolve) => {
    child.once('exit', resolve);
  });
  return untilRunning(dataFolder, exitCode === folderInUse ? otherWindowMs : 0);
}

// Nothing is awaited before the listeners are there: a runtime that does not exist is an event, and soon.
function spawnDetached({ program, runtime, dataFolder, idleMinutes, shared }: LauncherOptions): ChildProcess {
  const log = openSync(logFile(dataFolder), 'a', 0o600);
  try {
    // Options for this process's Node, a debugger's port above all, are not meant for that one.
    const { NODE_OPTIONS: _, ...environment } = process.env;
    const flags = ['--data', dataFolder, '--port', '0', '--idle-minutes', String(idleMinutes)];
    const tls = shared && ['--tls-certificate', shared.certificateFile, '--tls-key', shared.keyFile];
    return spawn(runtime, [program, ...flags, ...(shared && tls ? ['--listen', shared.listen, ...tls] : [])], {
      cwd: dataFolder,
      detached: true,
      env: { ...environment, ELECTRON_RUN_AS_NODE: '1' },
      stdio: ['ignore', 'pipe', log],
      windowsHide: true,
    });
  } finally {
    closeSync(log);
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
  const server = parsed(text) as Partial<LocalServer> | null | undefined;
  if (
    typeof server?.endpoint !== 'string' ||
    typeof server.region !== 'string' ||
    typeof server.accountId !== 'string' ||
    typeof server.accessKeyId !== 'string' ||
    typeof server.secretAccessKey !== 'string' ||
    typeof server.portal !== 'string'
  ) {
    throw notReady();
  }
  const { endpoint, region, accountId, accessKeyId, secretAccessKey, portal, sharedPortal } = server;
  const known = { endpoint, region, accountId, accessKeyId, secretAccessKey, portal };
  return typeof sharedPortal === 'string' ? { ...known, sharedPortal } : known;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** It is not quoted, and neither is the parser, which quotes it: it may hold the server's key. */
function notReady(): Error {
  return new Error('The server did not say what Local Ground Truth says when it is ready');
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
  try {
    const bytes = await readFile(logFile(dataFolder));
    return bytes.subarray(Math.max(fromByte, bytes.length - logTailBytes)).toString();
  } catch {
    return ''; // It did not come to its first word.
  }
}

function message(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
