import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { deleteDataFolder, makeDataFolder, spawnServer, spawnTestServer } from '../support/localServer.js';

describe('the server’s program', () => {
  let dataFolder = '';

  beforeEach(async () => {
    dataFolder = await makeDataFolder();
  });

  afterEach(() => deleteDataFolder(dataFolder));

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
});

async function runToEnd(args: readonly string[]): Promise<{ readonly code: number | null; readonly log: string }> {
  const child = spawnServer(args);
  const exited = once(child, 'exit');
  const log = await text(child.stderr);
  await exited;
  return { code: child.exitCode, log };
}
