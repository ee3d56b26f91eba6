import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isWindows, root } from './dependencies.mjs';
import { lab, writeOnce } from './lab.mjs';
import { stopLocalServer, stopProcess, whenStopped } from './stop.mjs';

export function hasDesktop() {
  return spawnSync('code', ['--version'], { shell: isWindows, stdio: 'ignore' }).status === 0;
}

/** A window of its own, with settings of its own: your VS Code stays as it is, and Ctrl+C can close what this opened. */
export async function openDesktop() {
  writeOnce(join(lab.desktop, 'User', 'settings.json'), {
    'groundTruth.local.dataFolder': lab.data,
    'security.workspace.trust.enabled': false,
    'telemetry.telemetryLevel': 'off',
    'workbench.startupEditor': 'none',
  });
  const args = [
    `--extensionDevelopmentPath=${root}`,
    `--extensionDevelopmentPath=${join(import.meta.dirname, 'opener')}`,
    `--user-data-dir=${lab.desktop}`,
    `--extensions-dir=${join(lab.desktop, 'extensions')}`,
    '--new-window',
    '--wait',
    lab.workspace,
  ];
  const window = spawn('code', isWindows ? args.map((arg) => `"${arg}"`) : args, {
    shell: isWindows,
    stdio: 'inherit',
  });
  const ended = new Promise((resolve) => window.once('exit', resolve));
  console.log('VS Code opens with Ground Truth Lab. Ctrl+C closes it, and so does closing its window.');
  whenStopped(async () => {
    // The command only waits; the window's process wrote its own id down.
    const lock = join(lab.desktop, 'code.lock');
    if (existsSync(lock)) {
      stopProcess(Number(readFileSync(lock, 'utf8')));
    }
    await stopLocalServer(lab.data);
  });
  await ended;
  await stopLocalServer(lab.data);
}
