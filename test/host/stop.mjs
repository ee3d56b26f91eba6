import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { lab } from './lab.mjs';

/** Ctrl+C, a closed terminal, or somebody who ends this process: `stop` runs once, and this process ends with it. */
export function whenStopped(/** @type {() => void} */ stop) {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.once(signal, () => {
      stop();
      process.exit(0);
    });
  }
}

/** Ends Local Ground Truth, which the extension starts as a process of its own, with the id that it wrote down. */
export function stopLocalServer() {
  const file = join(lab.data, 'server.json');
  if (existsSync(file)) {
    stopProcess(JSON.parse(readFileSync(file, 'utf8')).pid);
  }
}

export function stopProcess(/** @type {number} */ id) {
  try {
    process.kill(id, 'SIGTERM');
  } catch {
    // It has ended already.
  }
}
