import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import process from 'node:process';
import { build } from 'esbuild';
import { Failure } from '../../src/core/failure.js';
import { type LauncherOptions, LocalServerLauncher } from '../../src/node/localServer.js';
import { deleteDataFolder, makeDataFolder } from '../support/localServer.js';
import { selfSigned } from '../support/selfSigned.js';

describe('the launcher', () => {
  let folder: string;
  let program: string;
  let launchers: LocalServerLauncher[];

  before(async () => {
    folder = await makeDataFolder();
    program = join(folder, 'server.js');
    await build({
      entryPoints: ['src/local/server.ts'],
      bundle: true,
      platform: 'node',
      format: 'cjs',
      outfile: program,
    });
  });

  after(() => deleteDataFolder(folder));

  let dataFolder: string;

  const logged: string[] = [];
  const log = (sentence: string) => void logged.push(sentence);

  beforeEach(async () => {
    launchers = [];
    logged.length = 0;
    dataFolder = await makeDataFolder();
  });

  afterEach(async () => {
    launchers.forEach((it) => it.dispose());
    await kill().catch(() => undefined); // Not every test leaves a server.
    await deleteDataFolder(dataFolder);
  });

  it('starts a server that answers', async () => {
    const server = await launcher().ensure();
    assert.equal((await fetch(`${server.endpoint}/_local/health`)).status, 200);
  });

  it('makes the data folder where there is none', async () => {
    await deleteDataFolder(dataFolder);
    await launcher().ensure();
  });

  it('starts one server for all that ask at once, in one window and in two', async () => {
    const [first, second] = [launcher(), launcher()];
    const servers = await Promise.all([first.ensure(), first.ensure(), second.ensure(), second.ensure()]);
    assert.equal(new Set(servers.map(({ endpoint }) => endpoint)).size, 1);
  });

  it('uses the server that runs already', async () => {
    const server = await launcher().ensure();
    const pid = await serverPid();
    assert.deepEqual(await launcher().ensure(), server);
    assert.equal(await serverPid(), pid);
  });

  it('starts a server that was killed again, at the same address', async () => {
    const before = await launcher().ensure();
    const pid = await serverPid();
    await kill();
    assert.deepEqual(await launcher().ensure(), before);
    assert.notEqual(await serverPid(), pid);
  });

  it('logs each start, and says which of them came after an end', async () => {
    const made = launcher();
    await made.ensure();
    await made.ensure();
    await kill();
    const { endpoint } = await made.ensure();
    assert.deepEqual(logged, [
      `Local Ground Truth was started, at ${endpoint}`,
      `Local Ground Truth had ended. It was started again, at ${endpoint}`,
    ]);
  });

  it('says why a server did not start, with what it wrote', async () => {
    const broken = join(dataFolder, 'broken.js');
    await mkdir(dataFolder, { recursive: true });
    await writeFile(broken, `console.error('the disk is full'); process.exit(1);`);
    const error = await failure(launcher({ program: broken }).ensure());
    assert.equal(error.details.reason, 'the disk is full');
    assert.match(error.details.log, /the disk is full/u);
  });

  it('says why nothing can be run', async () => {
    const error = await failure(launcher({ runtime: join(dataFolder, 'no-such-runtime') }).ensure());
    assert.match(error.details.reason, /ENOENT/u);
  });

  it('says why where the data folder cannot be made', async () => {
    await mkdir(dataFolder, { recursive: true });
    await writeFile(join(dataFolder, 'file'), '');
    const error = await failure(launcherOver(join(dataFolder, 'file', 'data')).ensure());
    assert.match(error.details.reason, /ENOTDIR/u);
  });

  it('does not take whatever listens at the old address for the server', async () => {
    await mkdir(dataFolder, { recursive: true });
    const before = await launcher().ensure();
    await kill();
    const other = await launcherOver(await makeDataFolder()).ensure();
    const record = JSON.parse(await readFile(join(dataFolder, 'server.json'), 'utf8')) as object;
    await writeFile(join(dataFolder, 'server.json'), JSON.stringify({ ...record, endpoint: other.endpoint }));
    const after = await launcher().ensure();
    assert.notEqual(after.endpoint, other.endpoint);
    assert.equal(after.accountId, before.accountId);
  });

  const otherFolders: string[] = [];

  after(async () => {
    for (const other of otherFolders) {
      await kill(other).catch(() => undefined);
      await deleteDataFolder(other);
    }
  });

  it('opens the portal to other machines where it is told to, and tells its address', async () => {
    const { certificateFile, keyFile } = await selfSigned(dataFolder, 'lab', ['lab.example.org']);
    const shared = { listen: '127.0.0.1:0', certificateFile, keyFile };
    const server = await launcher({ shared }).ensure();
    assert.match(server.sharedPortal ?? '', /^https:\/\/lab\.example\.org:\d+\/_local\/portal$/u);
    assert.deepEqual(await launcher().ensure(), server); // Another window finds the same.
  });

  it('says why the portal could not be opened to other machines', async () => {
    const shared = { listen: '127.0.0.1:0', certificateFile: 'none.crt', keyFile: 'none.key' };
    const { details } = await failure(launcher({ shared }).ensure());
    assert.match(details.reason, /The TLS certificate cannot be read: ENOENT.*none\.crt/u);
  });

  function launcherOver(other: string): LocalServerLauncher {
    otherFolders.push(other);
    const options = { program, runtime: process.execPath, dataFolder: other, idleMinutes: 1, log };
    const made = new LocalServerLauncher(options);
    launchers.push(made);
    return made;
  }

  function launcher(change: Partial<LauncherOptions> = {}): LocalServerLauncher {
    const options = { program, runtime: process.execPath, dataFolder, idleMinutes: 1, log, ...change };
    const made = new LocalServerLauncher(options);
    launchers.push(made);
    return made;
  }

  async function serverPid(at = dataFolder): Promise<number> {
    return (await recorded(at)).pid;
  }

  async function kill(at = dataFolder): Promise<void> {
    const { pid, endpoint } = await recorded(at);
    const { hostname, port } = new URL(endpoint);
    const connection = connect(Number(port), hostname);
    await once(connection, 'connect');
    // The system ends the connection with the process, after the lock of the folder, which is the older of the two.
    const gone = new Promise<void>((done) => void connection.once('close', () => done()));
    connection.on('error', () => undefined);
    connection.resume();
    process.kill(pid, 'SIGKILL');
    await gone;
  }
});

async function recorded(folder: string): Promise<{ readonly pid: number; readonly endpoint: string }> {
  const text = await readFile(join(folder, 'server.json'), 'utf8');
  return JSON.parse(text) as { readonly pid: number; readonly endpoint: string };
}

async function failure(call: Promise<unknown>): Promise<Failure<'local.notStarted'>> {
  try {
    await call;
  } catch (error) {
    if (Failure.is(error, 'local.notStarted')) {
      return error;
    }
    throw error;
  }
  throw new Error('It started');
}
