import { randomBytes } from 'node:crypto';
import { type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { NewFolder } from '../core/newFolder.js';

/** Where a folder is until it is whole: hidden, beside the place that it is for. */
export function partialFolder(path: string): string {
  return join(dirname(path), `.${basename(path)}.${randomBytes(4).toString('hex')}.partial`);
}

/** A folder that is there when it is whole: until then it is `partial`. There must be none at either path. */
export async function createFolder(path: string, partial: string): Promise<NewFolder> {
  await mkdir(partial);
  const growing = new Growing();
  return {
    async append(relative, bytes) {
      const file = join(partial, ...relative.split('/'));
      await growing.append(file, bytes);
    },
    async finish() {
      await growing.close();
      await rename(partial, path);
    },
    async discard() {
      await growing.close();
      await rm(partial, { recursive: true, force: true });
    },
  };
}

/** Most files are written at once and only a few grow: those stay open, so that a piece is a write and nothing else. */
const mostOpen = 16;

class Growing {
  readonly #open = new Map<string, FileHandle>();

  async append(file: string, bytes: Uint8Array): Promise<void> {
    const handle = this.#open.get(file) ?? (await this.#openFile(file));
    await handle.appendFile(bytes);
  }

  async close(): Promise<void> {
    const handles = [...this.#open.values()];
    this.#open.clear();
    await Promise.all(handles.map((handle) => handle.close()));
  }

  async #openFile(file: string): Promise<FileHandle> {
    await mkdir(dirname(file), { recursive: true });
    const handle = await open(file, 'a');
    this.#open.set(file, handle);
    const [oldest] = this.#open.keys();
    if (this.#open.size > mostOpen && oldest !== undefined) {
      const idle = this.#open.get(oldest);
      this.#open.delete(oldest);
      await idle?.close();
    }
    return handle;
  }
}
