import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import { startTestServer } from '../support/localServer.js';

const run = promisify(execFile);
const local = join('test', 'host', 'local.mjs');

describe('npm run local -- --env', () => {
  it('is what a shell needs for the server that runs', async () => {
    const server = await startTestServer();
    try {
      const show = 'echo "$AWS_ACCESS_KEY_ID $AWS_SECRET_ACCESS_KEY $AWS_DEFAULT_REGION $AWS_ENDPOINT_URL"';
      const script = `eval "$("$0" ${local} --env --data "$1")"; ${show}`;
      const { stdout } = await run('sh', ['-c', script, process.execPath, server.dataFolder]);
      const { accessKeyId, secretAccessKey, region, endpoint } = server;
      assert.equal(stdout, `${accessKeyId} ${secretAccessKey} ${region} ${endpoint}\n`);
    } finally {
      await server.stop();
    }
  });

  it('says how to start one where none runs', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'no-server-'));
    try {
      await assert.rejects(run(process.execPath, [local, '--env', '--data', folder]), {
        code: 1,
        stdout: '',
        stderr: /Start it in another terminal: npm run local/u,
      });
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
