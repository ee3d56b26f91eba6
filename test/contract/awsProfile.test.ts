import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { createAwsServices } from '../../src/aws/services.js';
import { Failure } from '../../src/core/failure.js';
import type { Target } from '../../src/core/ports.js';
import { startTestServer, type TestServer } from '../support/localServer.js';

const { signal } = new AbortController();
const target: Target = { kind: 'aws', profile: 'work', region: 'us-east-1' };

describe('a profile of the AWS configuration', () => {
  const variables = ['AWS_SHARED_CREDENTIALS_FILE', 'AWS_CONFIG_FILE', 'AWS_ENDPOINT_URL'] as const;
  const outside = new Map(variables.map((name) => [name, process.env[name]]));
  let folder: string;
  let server: TestServer;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'aws-profile-'));
    server = await startTestServer();
    process.env['AWS_SHARED_CREDENTIALS_FILE'] = join(folder, 'credentials');
    process.env['AWS_CONFIG_FILE'] = join(folder, 'config');
    process.env['AWS_ENDPOINT_URL'] = server.endpoint;
  });

  after(async () => {
    for (const [name, value] of outside) {
      if (value === undefined) {
        delete process.env[name];
      } else {
        process.env[name] = value;
      }
    }
    await server.stop();
    await rm(folder, { recursive: true });
  });

  const signIn = (secretAccessKey: string) =>
    writeFile(
      join(folder, 'credentials'),
      `[work]\naws_access_key_id = ${server.accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`,
    );

  it('is read as it is when services are made: a later sign-in counts', async () => {
    await signIn('expired');
    const early = createAwsServices(target);
    await assert.rejects(early.account.identity(signal), (error) => Failure.is(error, 'aws.signedOut'));
    early.dispose();
    await signIn(server.secretAccessKey);
    const late = createAwsServices(target);
    assert.equal((await late.account.identity(signal)).accountId, server.accountId);
    late.dispose();
  });
});
