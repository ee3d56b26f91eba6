import { execFile } from 'node:child_process';
import process from 'node:process';
import { promisify } from 'node:util';
import type { LocalServer } from '../../src/core/ports.js';
import { awsCommand, pythonCommand } from './awsCli.js';

const run = promisify(execFile);

/** Runs the AWS CLI against the server; resolves to what it prints. */
export async function awsCli(server: LocalServer, args: readonly string[], command = awsCommand): Promise<string> {
  const { stdout } = await run(command, ['--endpoint-url', server.endpoint, ...args], {
    env: clientEnv(server),
  });
  return stdout;
}

/** Runs a Python script with boto3; `boto(service)` makes a client of the server. Resolves to what it prints. */
export async function boto3(server: LocalServer, script: string, python = pythonCommand): Promise<string> {
  const prelude = [
    'import boto3, botocore, json',
    `def boto(service, **more): return boto3.client(service, endpoint_url=${JSON.stringify(server.endpoint)}, **more)`,
    '',
  ];
  const { stdout } = await run(python, ['-c', prelude.join('\n') + script], { env: clientEnv(server) });
  return stdout;
}

/** Nothing of this machine's own configuration: the right key, and no other way to get one. */
function clientEnv({ accessKeyId, secretAccessKey, region }: LocalServer): NodeJS.ProcessEnv {
  return {
    PATH: process.env['PATH'],
    HOME: '/nonexistent',
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_DEFAULT_REGION: region,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_PAGER: '',
  };
}
