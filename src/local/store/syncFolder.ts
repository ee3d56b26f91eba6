import { open } from 'node:fs/promises';
import process from 'node:process';

/** Puts a folder's entries on disk. Windows has no such call: there the file system's own journal keeps the names. */
export async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') {
    return;
  }
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
