import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * What the Local Ground Truth of this data folder says of itself, if it runs.
 * @returns {Promise<RunningServer | undefined>}
 *
 * @typedef {{ endpoint: string, region: string, accessKeyId: string, secretAccessKey: string, pid: number }} RunningServer
 */
export async function runningServer(/** @type {string} */ dataFolder) {
  const file = join(dataFolder, 'server.json');
  if (!existsSync(file)) {
    return undefined;
  }
  const record = JSON.parse(readFileSync(file, 'utf8'));
  // The file outlives the server, and somebody else may have its process id or its port by now.
  return (await instanceAt(record.endpoint)) === record.instance ? record : undefined;
}

async function instanceAt(/** @type {string} */ endpoint) {
  try {
    const response = await fetch(`${endpoint}/_local/health`, { signal: AbortSignal.timeout(2_000) });
    return (await response.json()).instance;
  } catch {
    return undefined; // Nobody listens there any more.
  }
}
