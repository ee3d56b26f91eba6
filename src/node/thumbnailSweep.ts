import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { newThread } from './workerThread.js';

/** How the names of files end that are not whole yet. */
export const partialEnd = '.partial';

/** Nobody writes a thumbnail for so long: who began it is gone. */
const abandonedMs = 60 * 60_000;

/** After a sweep there is room for a while. */
const keptPart = 0.9;

export interface Sweep {
  readonly folder: string;
  readonly mostBytes: number;
  readonly now: number;
}

/** Sweeps in a thread of its own, which runs the bundle `script` and ends by itself. */
export function sweepInThread(script: string, sweep: Omit<Sweep, 'now'>): Promise<void> {
  return new Promise((resolve, reject) => {
    const workerData: Sweep = { ...sweep, now: Date.now() };
    const worker = newThread(script, workerData);
    worker.once('error', reject);
    worker.once('exit', () => resolve());
  });
}

/**
 * Where there are more bytes than there may be, takes out the files that were not used for longest. Another window may
 * do the same at the same time, or use a file that is about to go: it finds none, and makes it again.
 */
export function sweepThumbnails({ folder, mostBytes, now }: Sweep): void {
  const files = filesIn(folder);
  const [partial, whole] = [files.filter(isPartial), files.filter((file) => !isPartial(file))];
  partial.filter(({ usedAt }) => now - usedAt > abandonedMs).forEach(remove);
  let bytes = whole.reduce((sum, file) => sum + file.bytes, 0);
  if (bytes <= mostBytes) {
    return;
  }
  for (const file of whole.toSorted((a, b) => a.usedAt - b.usedAt)) {
    if (bytes <= mostBytes * keptPart) {
      return;
    }
    remove(file);
    bytes -= file.bytes;
  }
}

interface File {
  readonly path: string;
  readonly bytes: number;
  readonly usedAt: number;
}

function filesIn(folder: string): File[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).flatMap((name) => {
    const path = join(folder, name);
    const found = statSync(path, { throwIfNoEntry: false });
    return found?.isFile() === true ? [{ path, bytes: found.size, usedAt: found.mtimeMs }] : [];
  });
}

function isPartial({ path }: File): boolean {
  return path.endsWith(partialEnd);
}

function remove({ path }: File): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // Somebody has it open, where the system forbids it then: the next sweep takes it.
  }
}
