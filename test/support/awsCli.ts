import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import type { LocalServer } from '../../src/core/ports.js';
import { findAwsClis, findPythons } from '../host/systemTools.mjs';

// Not looked for again with each call, and by the same rule as what installs them.
export const awsCommands = findAwsClis();
export const pythonCommands = findPythons();
export const [awsCommand = 'aws'] = awsCommands;
export const [pythonCommand = 'python3'] = pythonCommands;

export interface Outcome {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A program that knows nothing of us, with our server's credentials and no configuration of the machine's. */
export async function runAwsProgram(
  command: string,
  args: readonly string[],
  { server, secret = server.secretAccessKey }: { readonly server: LocalServer; readonly secret?: string },
): Promise<Outcome> {
  const home = await mkdtemp(join(tmpdir(), 'aws-home-'));
  try {
    return await run(command, args, {
      PATH: process.env['PATH'] ?? '/usr/bin:/bin',
      HOME: home,
      AWS_ACCESS_KEY_ID: server.accessKeyId,
      AWS_SECRET_ACCESS_KEY: secret,
      AWS_DEFAULT_REGION: server.region,
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_PAGER: '',
      PYTHONWARNINGS: 'ignore',
      ENDPOINT: server.endpoint,
      PORTAL: server.portal,
    });
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

/** The `aws` command of the system; its endpoint must be named, since older ones do not read it from the environment. */
export async function aws(server: LocalServer, ...args: readonly string[]): Promise<Outcome> {
  return runAwsProgram(awsCommand, ['--endpoint-url', server.endpoint, '--output', 'json', ...args], { server });
}

async function run(command: string, args: readonly string[], env: Readonly<Record<string, string>>): Promise<Outcome> {
  const child = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const [stdout, stderr, exitCode] = await Promise.all([
    textOf(child.stdout),
    textOf(child.stderr),
    new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', resolve);
    }),
  ]);
  return { exitCode, stdout, stderr };
}

async function textOf(stream: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) {
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}
