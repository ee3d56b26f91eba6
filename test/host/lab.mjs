// The folder in which `npm start` and `npm run local` keep their things: one git-ignored place, safe to delete.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { findNode, isWindows, root } from './dependencies.mjs';

const folder = join(root, '.lab');

export const lab = {
  /** The folder that is opened in VS Code. */
  workspace: join(folder, 'workspace'),
  /** Local Ground Truth's buckets, jobs and answers: the window and `npm run local` see the same. */
  data: join(folder, 'data'),
  browser: join(folder, 'browser'),
  desktop: join(folder, 'desktop'),
};

/** A Node that Local Ground Truth runs on: it needs `node:sqlite`. */
export function findServerNode() {
  return findNode({ major: 22, minor: 13 });
}

export function prepareLab() {
  for (const path of Object.values(lab)) {
    mkdirSync(path, { recursive: true });
  }
}

/** Settings are yours after the first start. */
export function writeOnce(/** @type {string} */ file, /** @type {object} */ settings) {
  if (!existsSync(file)) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `${JSON.stringify(settings, undefined, 2)}\n`);
  }
}

export function build() {
  console.error('Building…');
  const { status } = spawnSync('npm', ['run', '--silent', 'build'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: isWindows,
  });
  if (status !== 0) {
    throw new Error('The build failed. What it said is above.');
  }
}
