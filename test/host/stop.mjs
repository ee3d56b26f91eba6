import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import process from 'node:process';
import { runningServer } from './runningServer.mjs';

/** Ctrl+C, a closed terminal, or somebody who ends this process: `stop` runs once, and this process ends with it. */
export function whenStopped(/** @type {() => Promise<void>} */ stop) {
  let isStopping = false;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      if (!isStopping) {
        isStopping = true;
        void stop().finally(() => process.exit(0));
      }
    });
  }
}

/** The data folders of Local Ground Truth that lie in `folder`, however deep. */
export function localDataFolders(/** @type {string} */ folder) {
  const files = existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: 'utf8' }) : [];
  return files.filter((file) => basename(file) === 'server.json').map((file) => dirname(join(folder, file)));
}

/** Ends Local Ground Truth, which the extension starts as a process of its own and which is shared by its windows. */
export async function stopLocalServer(/** @type {string} */ dataFolder) {
  const server = await runningServer(dataFolder);
  if (server) {
    stopProcess(server.pid);
  }
}

export function stopProcess(/** @type {number} */ id) {
  try {
    process.kill(id, 'SIGTERM');
  } catch {
    // It has ended already.
  }
}
