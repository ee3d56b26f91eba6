import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { build } from 'esbuild';
import type { LedgerEntry } from '../../../src/core/lab/ledgerEntries.js';
import type { LocalServer } from '../../../src/core/ports.js';
import { LedgerFiles } from '../../../src/node/ledgerFiles.js';
import type { HostOrder, HostReport } from './hostOrder.js';

export const killedBucket = 'killed-lab-sagemaker';

/** Starts one extension host after the other, which share the folder that VS Code keeps for them. */
export class KillableHost {
  readonly #program: string;
  readonly #server: LocalServer;
  readonly #ledgerFolder: string;

  constructor(program: string, server: LocalServer, ledgerFolder: string) {
    this.#program = program;
    this.#server = server;
    this.#ledgerFolder = ledgerFolder;
  }

  /** Runs the command to its end; what it could not do is thrown. */
  async run(command: HostOrder['command']): Promise<HostReport> {
    const { text, code, complaint } = await this.#start({ command });
    if (code !== 0) {
      throw new Error(`${command} ended with ${code}: ${complaint}`);
    }
    return JSON.parse(text) as HostReport;
  }

  /** Runs the command in a host that dies meanwhile; one that does not is an error. */
  async kill(command: HostOrder['command'], dies: HostOrder['dies'] & {}): Promise<void> {
    const { signal, text, complaint } = await this.#start({ command, dies });
    if (signal !== 'SIGKILL') {
      throw new Error(`The host that runs ${command} was not killed: ${text}${complaint}`);
    }
  }

  /** What is in the ledger, of all accounts. */
  async entries(): Promise<readonly LedgerEntry[]> {
    const files = new LedgerFiles(this.#ledgerFolder);
    const accounts = (await readdir(this.#ledgerFolder)).map((name) =>
      decodeURIComponent(name.replace(/\.jsonl$/u, '')),
    );
    return (await Promise.all(accounts.map((account) => files.read(account)))).flat();
  }

  async #start(order: Pick<HostOrder, 'command' | 'dies'>) {
    const { endpoint, portal, region, accountId, accessKeyId, secretAccessKey } = this.#server;
    const whole: HostOrder = {
      ...order,
      server: { endpoint, portal, region, accountId, accessKeyId, secretAccessKey },
      ledgerFolder: this.#ledgerFolder,
      bucket: killedBucket,
    };
    const child = spawn(process.execPath, [this.#program, JSON.stringify(whole)], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const [text, complaint, end] = await Promise.all([
      textOf(child.stdout),
      textOf(child.stderr),
      new Promise<{ readonly code: number | null; readonly signal: string | null }>((resolve, reject) => {
        child.once('error', reject);
        child.once('close', (code, signal) => resolve({ code, signal }));
      }),
    ]);
    return { text, complaint, ...end };
  }
}

/** The program of such a host, built once: it starts in a fraction of the time that its sources take. */
export async function buildHost(): Promise<{ readonly folder: string; readonly program: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'killable-host-'));
  const program = join(folder, 'labHost.cjs');
  await build({
    entryPoints: [join('test', 'support', 'exit', 'labHost.ts')],
    bundle: true,
    platform: 'node',
    format: 'cjs',
    mainFields: ['module', 'main'],
    alias: {
      vscode: join(process.cwd(), 'test', 'support', 'vscodeModule.ts'),
      liquidjs: 'liquidjs/dist/liquid.browser.mjs',
    },
    logLevel: 'warning',
    outfile: program,
  });
  return { folder, program };
}

export async function newLedger(folder: string, name: string): Promise<string> {
  const ledger = join(folder, name);
  await mkdir(ledger);
  return ledger;
}

export async function deleteHost(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
}

async function textOf(stream: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) {
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}
