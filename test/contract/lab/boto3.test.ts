import assert from 'node:assert/strict';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pythonCommand, runAwsProgram } from '../../support/awsCli.js';
import { startTestServer, type TestServer } from '../../support/localServer.js';

const program = fileURLToPath(new URL('lab.py', import.meta.url));

describe('the lab with boto3', () => {
  let server: TestServer;
  before(async () => {
    server = await startTestServer();
  });
  after(async () => server.stop());

  it('goes from pictures to an output manifest', async () => {
    const outbox = join(server.dataFolder, 'outbox');
    const { exitCode, stdout, stderr } = await runAwsProgram(pythonCommand, [program, outbox], { server });
    assert.equal(exitCode, 0, stderr);
    assert.equal(stdout.trim(), 'done');
  });
});
