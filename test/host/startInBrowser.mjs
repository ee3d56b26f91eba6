import { spawn } from 'node:child_process';
import { mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, relative } from 'node:path';
import process from 'node:process';
import { setTimeout as delay } from 'node:timers/promises';
import { findNode, root } from './dependencies.mjs';
import { installVSCode } from './install.mjs';
import { lab, writeOnce } from './lab.mjs';
import { quietSettings } from './quietSettings.mjs';
import { stopLocalServer, whenStopped } from './stop.mjs';

const startTimeoutMs = 60_000;

/** VS Code from npm on a loopback port, with the extension straight from this folder: rebuild, then reload the window. */
export async function openInBrowser(/** @type {{ port: number, isShown: boolean }} */ { port: wanted, isShown }) {
  installVSCode();
  const port = await freePort(wanted);
  const url = `http://127.0.0.1:${port}/?folder=${encodeURIComponent(lab.workspace)}`;
  const log = join(lab.browser, 'server.log');
  const server = startCodeServer(port, log);
  const ended = new Promise((resolve) => server.once('exit', resolve));
  whenStopped(async () => {
    endGroup(server.pid);
    await stopLocalServer(lab.data);
  });

  await Promise.race([waitUntilHealthy(port), ended]);
  if (server.exitCode !== null) {
    throw new Error(`VS Code did not start:\n${readFileSync(log, 'utf8').slice(-2_000)}`);
  }
  console.log(`\n  VS Code with Ground Truth Lab is at  ${url}\n  Ctrl+C stops it. Its log: ${relative(root, log)}\n`);
  if (isShown) {
    showInBrowser(url);
  }
  await ended;
}

/** code-server's front end, for what VS Code's bare server cannot do: kept secrets, and ports that a page can reach. */
function startCodeServer(/** @type {number} */ port, /** @type {string} */ log) {
  const extensions = join(lab.browser, 'extensions');
  const config = join(lab.browser, 'config.yaml');
  mkdirSync(extensions, { recursive: true });
  linkExtensions(join(extensions, 'extensions.json'));
  writeFileSync(config, 'auth: none\ncert: false\n');
  writeOnce(join(lab.browser, 'User', 'settings.json'), quietSettings);
  // Where a server has files is a setting of its machine.
  writeOnce(join(lab.browser, 'Machine', 'settings.json'), { 'groundTruth.local.dataFolder': lab.data });
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('VSCODE_'));
  const output = openSync(log, 'w');
  return spawn(
    findNode({ major: 22, minor: 15 }),
    [
      join(import.meta.dirname, 'node_modules', 'code-server', 'out', 'node', 'entry.js'),
      '--auth=none',
      `--bind-addr=127.0.0.1:${port}`,
      `--config=${config}`,
      `--user-data-dir=${lab.browser}`,
      `--extensions-dir=${extensions}`,
      '--disable-telemetry',
      '--disable-update-check',
      '--disable-workspace-trust',
      '--disable-getting-started-override',
      lab.workspace,
    ],
    {
      env: {
        ...Object.fromEntries(inherited),
        XDG_DATA_HOME: lab.browser,
        XDG_CONFIG_HOME: lab.browser,
        EXTENSIONS_GALLERY: '{"serviceUrl":""}',
      },
      detached: true, // A group of its own, so that it can be ended with its extension hosts.
      stdio: ['ignore', output, output],
    },
  );
}

/** Lists the folders of this repository as installed extensions. */
function linkExtensions(/** @type {string} */ file) {
  const entries = [root, join(import.meta.dirname, 'opener')].map((folder) => {
    const { publisher, name, version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    return {
      identifier: { id: `${publisher}.${name}` },
      version,
      location: { $mid: 1, path: folder, scheme: 'file' },
      metadata: { source: 'vsix' },
    };
  });
  writeFileSync(file, JSON.stringify(entries));
}

/** The wanted port, or any free one where it is taken. */
async function freePort(/** @type {number} */ wanted) {
  return (await canListen(wanted)) ?? (await canListen(0)) ?? wanted;
}

/** @returns {Promise<number | undefined>} */
function canListen(/** @type {number} */ port) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' ? address?.port : undefined));
    });
  });
}

async function waitUntilHealthy(/** @type {number} */ port) {
  const signal = AbortSignal.timeout(startTimeoutMs);
  while (!(await isHealthy(port, signal))) {
    await delay(200, undefined, { signal });
  }
}

async function isHealthy(/** @type {number} */ port, /** @type {AbortSignal} */ signal) {
  try {
    return (await fetch(`http://127.0.0.1:${port}/healthz`, { signal })).ok;
  } catch {
    signal.throwIfAborted();
    return false; // It does not listen yet.
  }
}

function showInBrowser(/** @type {string} */ url) {
  const hasDisplay = process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY'];
  const openers = /** @type {Record<string, readonly string[]>} */ ({
    darwin: ['open', url],
    win32: ['cmd', '/c', 'start', '', url],
    linux: hasDisplay ? ['xdg-open', url] : [],
  });
  const [command, ...args] = openers[process.platform] ?? [];
  if (command !== undefined) {
    const opener = spawn(command, args, { stdio: 'ignore', detached: true });
    opener.once('error', () => console.log('  (No browser could be opened: open the address yourself.)'));
    opener.unref();
  }
}

function endGroup(/** @type {number | undefined} */ leader) {
  if (leader !== undefined) {
    try {
      process.kill(-leader, 'SIGTERM');
    } catch {
      // It has ended already.
    }
  }
}
