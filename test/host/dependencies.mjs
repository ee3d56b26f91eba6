// What a fresh clone is missing: this project's npm packages, and a Node that is new enough. It runs before anything
// is installed, on Node 20, so it imports nothing but Node's own modules.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import process from 'node:process';

export const root = resolve(import.meta.dirname, '..', '..');
export const isWindows = process.platform === 'win32';
const binaries = join(root, 'node_modules', '.bin');

/** Installs this project's packages where they are missing or others than the lock file names. */
export function installDependencies() {
  if (!areInstalled()) {
    console.error('Installing the npm packages of this project (the first time only)…');
    npm(['ci', '--no-audit', '--no-fund', '--loglevel=error'], root);
  }
}

/** @param {readonly string[]} args @param {string} folder */
export function npm(args, folder) {
  const { status } = spawnSync('npm', args, {
    cwd: folder,
    stdio: ['inherit', 2, 'inherit'], // Standard output is for what was asked for.
    env: outsideNpm(),
    shell: isWindows,
  });
  if (status !== 0) {
    throw new Error(`"npm ${args.join(' ')}" failed in ${folder}. What npm said is above.`);
  }
}

/** The Node to run on: this one where it is new enough, otherwise the one that npm installed with the packages. */
export function findNode(/** @type {{ major: number, minor: number }} */ minimum) {
  if (isAtLeast(process.versions.node, minimum)) {
    return process.execPath;
  }
  const packaged = isWindows
    ? join(root, 'node_modules', `node-win-${process.arch}`, 'bin', 'node.exe')
    : join(binaries, 'node');
  if (existsSync(packaged)) {
    return packaged;
  }
  throw new Error(
    `This needs Node ${minimum.major}.${minimum.minor} or newer. ${process.version} is running, and npm has no Node ` +
      `for ${process.platform}-${process.arch}: install one from your system or from nodejs.org, then run this again.`,
  );
}

/** The browser that tests drive; Playwright's own would be a download. */
export function findChromium() {
  const candidates = [
    process.env['CHROMIUM'],
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  ];
  return candidates.find((file) => file !== undefined && existsSync(file));
}

function areInstalled() {
  const installed = packagesOf(join(root, 'node_modules', '.package-lock.json'));
  return Object.entries(packagesOf(join(root, 'package-lock.json'))).every(([path, { version, optional }]) => {
    const found = installed[path]?.version;
    return path === '' || found === version || (found === undefined && optional === true);
  });
}

/** @returns {Record<string, { version?: string, optional?: boolean }>} */
function packagesOf(/** @type {string} */ lock) {
  return existsSync(lock) ? JSON.parse(readFileSync(lock, 'utf8')).packages : {};
}

function isAtLeast(/** @type {string} */ version, /** @type {{ major: number, minor: number }} */ minimum) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > minimum.major || (major === minimum.major && minor >= minimum.minor);
}

/** npm hands its settings to its scripts; one npm inside another must read its own folder's instead. */
function outsideNpm() {
  const isInherited = /^npm_(config_|package_|lifecycle_|command)/i;
  const isAboutTheRegistry = /cache|registry|cafile|proxy/i;
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !isInherited.test(name) || isAboutTheRegistry.test(name)),
  );
}
