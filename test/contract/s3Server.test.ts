import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, open, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { deleteDataFolder, makeDataFolder, spawnServer, spawnTestServer } from '../support/localServer.js';

describe('the server’s program', () => {
  let dataFolder = '';
  const children: ReturnType<typeof spawnServer>[] = [];

  beforeEach(async () => {
    dataFolder = await makeDataFolder();
  });

  afterEach(() => {
    children.splice(0).forEach((child) => child.kill('SIGKILL')); // One that hangs has failed its test.
    return deleteDataFolder(dataFolder);
  });

  it('says on one line where it is, and in a file for other windows', async () => {
    const server = await spawnTestServer({ dataFolder, args: ['--region', 'eu-central-1'] });
    const { endpoint, region, accountId, accessKeyId, secretAccessKey, portal } = server;
    assert.match(endpoint, /^http:\/\/127\.0\.0\.1:\d+$/u);
    assert.equal(portal, `${endpoint}/_local/portal`);
    assert.equal(region, 'eu-central-1');
    assert.match(accountId, /^\d{12}$/u);
    assert.match(accessKeyId, /^AKIA[A-Z2-7]{16}$/u);
    assert.match(secretAccessKey, /^[A-Za-z0-9+/]{40}$/u);
    const health = (await (await fetch(`${endpoint}/_local/health`)).json()) as Record<string, unknown>;
    const { instance, pid } = health;
    assert.equal(pid, server.process.pid);
    const record = JSON.parse(await readFile(join(dataFolder, 'server.json'), 'utf8')) as unknown;
    const greeting = { endpoint, region, accountId, accessKeyId, secretAccessKey, portal };
    assert.deepEqual(record, { ...greeting, pid, instance });
    assert.equal(await server.end(), 0);
  });

  it('keeps its files from other users', async function () {
    if (process.platform === 'win32') {
      return; // There, the folder's own access list does it.
    }
    const server = await spawnTestServer({ dataFolder });
    for (const name of ['identity.json', 'server.json', 'records.sqlite']) {
      assert.equal((await stat(join(dataFolder, name))).mode & 0o077, 0, name);
    }
    await server.end();
  });

  it('keeps its identity and its port, killed or not', async () => {
    const first = await spawnTestServer({ dataFolder });
    await first.kill();
    const second = await spawnTestServer({ dataFolder });
    assert.equal(await second.end(), 0);
    const third = await spawnTestServer({ dataFolder });
    const { endpoint, accountId, accessKeyId, secretAccessKey } = first;
    for (const later of [second, third]) {
      const { endpoint: e, accountId: a, accessKeyId: k, secretAccessKey: s } = later;
      assert.deepEqual([e, a, k, s], [endpoint, accountId, accessKeyId, secretAccessKey]);
    }
    await third.end();
  });

  it('takes another port where its own has been taken', async () => {
    const first = await spawnTestServer({ dataFolder });
    await first.kill();
    const otherFolder = await makeDataFolder();
    const { port } = new URL(first.endpoint);
    const other = await spawnTestServer({ dataFolder: otherFolder, args: ['--port', port] });
    const second = await spawnTestServer({ dataFolder });
    assert.notEqual(second.endpoint, first.endpoint);
    await Promise.all([other.end(), second.end()]);
    await deleteDataFolder(otherFolder);
  });

  it('leaves a folder to the server that has it, and says which', async () => {
    const server = await spawnTestServer({ dataFolder });
    const { code, log } = await runToEnd(['--data', dataFolder]);
    assert.equal(code, 3);
    assert.ok(log.includes(server.endpoint));
    assert.ok(log.includes(String(server.process.pid)));
    assert.equal((await fetch(`${server.endpoint}/_local/health`)).status, 200);
    await server.end();
  });

  it('ends by itself when nobody asks anything', async () => {
    const server = await spawnTestServer({ dataFolder, args: ['--idle-minutes', '0.005'] });
    await once(server.process, 'exit');
    assert.equal(server.process.exitCode, 0);
    assert.match(server.log.at(-1) ?? '', /no request for 0\.005 minutes/u);
  });

  it('ends by itself also when that comes at the end of its start', async () => {
    const { code, log } = await runToEnd(['--data', dataFolder, '--idle-minutes', '0.000001']);
    assert.equal(code, 0, log);
  });

  it('ends when a start fails that had begun to listen', async () => {
    await mkdir(join(dataFolder, 'server.json', 'in the way'), { recursive: true });
    const { code, log } = await runToEnd(['--data', dataFolder, '--idle-minutes', '60']);
    assert.equal(code, 1, log);
    assert.match(log, /server\.json/u);
    await rm(join(dataFolder, 'server.json'), { recursive: true });
    assert.equal(await (await spawnTestServer({ dataFolder })).end(), 0); // Nobody has the folder any more.
  });

  it('ends in good order when it is told to before it has started', async function () {
    if (process.platform === 'win32') {
      return; // There is no such signal.
    }
    // The start reads this file, and waits for whoever writes it.
    const pipe = join(dataFolder, 'server.json');
    await promisify(execFile)('mkfifo', [pipe]);
    const child = start(['--data', dataFolder]);
    const exited = once(child, 'exit');
    const writer = await open(pipe, 'w');
    child.kill('SIGTERM');
    const [said] = (await once(child.stderr, 'data')) as [Buffer];
    assert.match(said.toString(), /ends: SIGTERM/u);
    await writer.close();
    await exited;
    assert.deepEqual([child.exitCode, child.signalCode], [0, null]);
  });

  const wrong = [
    { name: 'no folder', args: [] },
    { name: 'a port that is none', args: ['--data', 'x', '--port', 'http'] },
    { name: 'a region that is none', args: ['--data', 'x', '--region', '../..'] },
    { name: 'an unknown option', args: ['--data', 'x', '--verbose'] },
  ];

  for (const { name, args } of wrong) {
    it(`says how it is used, given ${name}`, async () => {
      const { code, log } = await runToEnd(args);
      assert.equal(code, 2);
      assert.match(log, /Usage: /u);
    });
  }

  it('does not start over a damaged identity', async () => {
    await writeFile(join(dataFolder, 'identity.json'), '{"accountId":');
    const { code, log } = await runToEnd(['--data', dataFolder]);
    assert.equal(code, 1);
    assert.match(log, /identity\.json/u);
  });

  const damaged = ['', '{"endpoint":', '{"endpoint":"nowhere","pid":1}', '[]'];

  for (const content of damaged) {
    it(`starts over a record of the last server that says ${JSON.stringify(content)}`, async () => {
      await writeFile(join(dataFolder, 'server.json'), content);
      const server = await spawnTestServer({ dataFolder });
      const record = JSON.parse(await readFile(join(dataFolder, 'server.json'), 'utf8')) as { endpoint: string };
      assert.equal(record.endpoint, server.endpoint);
      assert.equal(await server.end(), 0);
    });
  }

  function start(args: readonly string[]): ReturnType<typeof spawnServer> {
    const child = spawnServer(args);
    children.push(child);
    return child;
  }

  async function runToEnd(args: readonly string[]): Promise<{ readonly code: number | null; readonly log: string }> {
    const child = start(args);
    const exited = once(child, 'exit');
    const log = await text(child.stderr);
    await exited;
    return { code: child.exitCode, log };
  }
});
