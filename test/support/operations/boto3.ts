import { type ChildProcessByStdio, spawn, spawnSync } from 'node:child_process';
import process from 'node:process';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { JsonObject } from '../../../src/core/json.js';
import type { LocalServer } from '../../../src/core/ports.js';
import type { OperationName } from '../../../src/local/sagemaker/requests.js';
import type { Answer, AwsClient } from './awsClient.js';

const program = fileURLToPath(new URL('boto3Calls.py', import.meta.url));

const aboutItself = `
import boto3, botocore.session
print(boto3.__version__)
print(list(botocore.session.get_session().get_service_model("sagemaker").shape_for("CreateWorkforceRequest").members))
`;

/** One process for all calls: each is a line to it, and its answer is a line. It starts with the first call. */
export class Boto3 implements AwsClient {
  readonly name: string;
  readonly isNew: boolean;
  readonly #python: string;
  #process:
    | { readonly child: ChildProcessByStdio<Writable, Readable, null>; readonly lines: AsyncIterator<string> }
    | undefined;

  constructor(python: string) {
    const [version = '', members = ''] = spawnSync(python, ['-c', aboutItself], { encoding: 'utf8' }).stdout.split(
      '\n',
    );
    this.name = `boto3 ${version}`;
    this.isNew = members.includes('IpAddressType');
    this.#python = python;
  }

  async call(server: LocalServer, operation: OperationName, input: JsonObject): Promise<Answer> {
    this.#process ??= this.#start();
    this.#process.child.stdin.write(`${JSON.stringify({ server, operation, input })}\n`);
    const { value, done } = await this.#process.lines.next();
    if (done === true) {
      throw new Error(`${this.name} has ended. What it wrote last is above.`);
    }
    return JSON.parse(value) as Answer;
  }

  close(): void {
    this.#process?.child.stdin.end();
  }

  #start() {
    const child = spawn(this.#python, [program], {
      env: { PATH: process.env['PATH'], HOME: '/nonexistent', PYTHONWARNINGS: 'ignore' },
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    return { child, lines: createInterface({ input: child.stdout })[Symbol.asyncIterator]() };
  }
}
