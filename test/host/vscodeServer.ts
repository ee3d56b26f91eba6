import { spawn, spawnSync } from 'node:child_process';
import { createWriteStream, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { findNode, root } from './dependencies.mjs';
import { installVSCode } from './install.mjs';
import { quietSettings } from './quietSettings.mjs';
import { localDataFolders, stopLocalServer } from './stop.mjs';

const entry = join(root, 'test/host/node_modules/code-server/lib/vscode/out/server-main.js');
const minimumNode = { major: 22, minor: 15 }; // VS Code's server calls `module.registerHooks`.
const loopback = ['--host', '127.0.0.1', '--port', '0', '--without-connection-token'];
// A folder that nobody has trusted yet is restricted, and nobody is asked.
const restrictedSettings = {
  'security.workspace.trust.enabled': true,
  'security.workspace.trust.startupPrompt': 'never',
};
const startTimeoutMs = 60_000;
const stopTimeoutMs = 5_000;

export interface VSCodeServerOptions {
  /** The driver lets a page name the extension under development and its tests; it also hides notifications. */
  readonly withDriver: boolean;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly vsix?: string;
  /** Folders are restricted until they are trusted. */
  readonly withTrust?: boolean;
}

/** Disposing of it ends its processes and removes its folder. */
export interface VSCodeServer extends AsyncDisposable {
  readonly authority: string;
  readonly pid: number;
  readonly dataFolder: string;
  /** Where extensions keep their things, Local Ground Truth's data folder among them. */
  readonly storageFolder: string;
  readonly log: string;
  /** Settles when an extension host ends, with the line that says so. */
  readonly extensionHostEnded: Promise<string>;
  /** The workbench's address. `payload` is VS Code's own way to name an extension under development, its tests, … */
  url(folder: string, payload?: Readonly<Record<string, string>>): string;
  /** A file of this machine as the workbench in the browser names it. */
  remoteUri(file: string): string;
}

/** Starts VS Code's own server (without code-server's front end, which cannot pass the driver's flag) on loopback. */
export async function startVSCodeServer(options: VSCodeServerOptions): Promise<VSCodeServer> {
  installVSCode();
  const dataFolder = mkdtempSync(join(tmpdir(), 'ground-truth-vscode-'));
  const extensionsFolder = join(dataFolder, 'extensions');
  const folders = ['--server-data-dir', dataFolder, '--extensions-dir', extensionsFolder];
  const common = [entry, ...folders, '--accept-server-license-terms', '--telemetry-level', 'off'];
  writeSettings(dataFolder, { ...(options.withTrust === true && restrictedSettings), ...options.settings });
  if (options.vsix !== undefined) {
    install(options.vsix, common);
  }

  const log = join(dataFolder, 'server.log');
  const logFile = createWriteStream(log);
  const server = spawn(
    findNode(minimumNode),
    [
      ...common,
      ...loopback,
      ...(options.withTrust === true ? [] : ['--disable-workspace-trust']),
      ...(options.withDriver ? ['--enable-smoke-test-driver'] : []),
    ],
    { stdio: ['ignore', 'pipe', 'pipe'], env: environment(dataFolder, options.env), detached: true },
  );
  // A group of its own, ended as one: an extension host that nobody has spoken to yet outlives its server.
  const endGroup = (signal: NodeJS.Signals) => endProcessGroup(server.pid, signal);
  const onExit = () => endGroup('SIGKILL');
  process.once('exit', onExit);

  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  const started = Promise.withResolvers<number>();
  const extensionHost = Promise.withResolvers<string>();
  server.stdout.pipe(logFile, { end: false });
  server.stderr.pipe(logFile, { end: false });
  createInterface(server.stdout).on('line', (line) => {
    const port = /Extension host agent listening on (?<port>\d+)/.exec(line)?.groups?.['port'];
    if (port !== undefined) {
      started.resolve(Number(port));
    }
    if (/Extension Host Process exited with code/.test(line)) {
      extensionHost.resolve(line);
    }
  });
  const fail = (what: string) => started.reject(new Error(`${what}\n${readFileSync(log, 'utf8').slice(-2_000)}`));
  const timer = setTimeout(() => fail(`VS Code's server did not start within ${startTimeoutMs} ms.`), startTimeoutMs);
  void ended.then(() => fail("VS Code's server ended."));
  const port = await started.promise.finally(() => clearTimeout(timer));

  const storageFolder = join(dataFolder, 'data', 'User', 'globalStorage');
  const authority = `127.0.0.1:${port}`;
  return {
    authority,
    pid: server.pid ?? Number.NaN, // It has told its port, so it has one.
    dataFolder,
    storageFolder,
    log,
    extensionHostEnded: extensionHost.promise,
    url: (folder, payload = {}) => {
      const url = new URL(`http://${authority}/`);
      url.searchParams.set('folder', pathToFileURL(folder).pathname);
      const entries = Object.entries({ skipWelcome: 'true', skipReleaseNotes: 'true', ...payload });
      url.searchParams.set('payload', JSON.stringify(entries));
      return url.href;
    },
    remoteUri: (file) => `vscode-remote://${authority}${pathToFileURL(file).pathname}`,
    [Symbol.asyncDispose]: async () => {
      endGroup('SIGTERM');
      const patience = setTimeout(() => endGroup('SIGKILL'), stopTimeoutMs);
      await ended;
      clearTimeout(patience);
      endGroup('SIGKILL');
      process.off('exit', onExit);
      await Promise.all(localDataFolders(storageFolder).map(stopLocalServer));
      logFile.end();
      rmSync(dataFolder, { recursive: true, force: true });
    },
  };
}

function writeSettings(dataFolder: string, settings: VSCodeServerOptions['settings']): void {
  // A setting with the scope "machine" counts only among the machine's own.
  for (const folder of ['User', 'Machine'].map((name) => join(dataFolder, 'data', name))) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'settings.json'), JSON.stringify({ ...quietSettings, ...settings }, undefined, 2));
  }
}

function install(vsix: string, common: readonly string[]): void {
  const args = [...common, '--install-extension', vsix, '--force', '--do-not-include-pack-dependencies'];
  const { status, stdout, stderr } = spawnSync(findNode(minimumNode), args, { encoding: 'utf8' });
  if (status !== 0) {
    throw new Error(`VS Code did not install ${vsix}:\n${stdout}${stderr}`);
  }
}

function environment(dataFolder: string, extra: VSCodeServerOptions['env']): NodeJS.ProcessEnv {
  const temporary = join(dataFolder, 'tmp'); // Its sockets, and what the extension puts in a temporary folder.
  mkdirSync(temporary, { recursive: true });
  const isAnotherVSCodes = /^(VSCODE_|ELECTRON_|NODE_OPTIONS$)/;
  const inherited = Object.entries(process.env).filter(([name]) => !isAnotherVSCodes.test(name));
  return {
    ...Object.fromEntries(inherited),
    ...extra,
    TMPDIR: temporary,
    EXTENSIONS_GALLERY: '{"serviceUrl":""}', // Otherwise it asks a marketplace on the network.
  };
}

function endProcessGroup(leader: number | undefined, signal: NodeJS.Signals): void {
  if (leader === undefined) {
    return; // It never started.
  }
  try {
    process.kill(-leader, signal);
  } catch {
    // All of them have ended already.
  }
}
