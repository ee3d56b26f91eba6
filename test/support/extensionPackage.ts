import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../host/dependencies.mjs';

const file = join(root, 'out', 'package', 'ground-truth-lab.vsix');

let isPackaged = false;

/** Packages the extension as it would be published, once for all suites of a run. */
export function packageExtension(): string {
  if (!isPackaged) {
    runPackager();
    isPackaged = true;
  }
  return file;
}

function runPackager(): void {
  mkdirSync(join(file, '..'), { recursive: true });
  rmSync(file, { force: true });
  const { status, stdout, stderr } = spawnSync('npm', ['run', '--silent', 'package', '--', '--out', file], {
    cwd: root,
    encoding: 'utf8',
  });
  if (status !== 0 || !existsSync(file)) {
    throw new Error(`The extension could not be packaged:\n${stdout}${stderr}`);
  }
}
