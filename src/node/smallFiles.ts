import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Texts of one folder, each whole or not there: what is written takes its place at once. */
export class SmallFiles {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Rejects where there is none. */
  read(name: string): Promise<string> {
    return readFile(join(this.#folder, name), 'utf8');
  }

  async write(name: string, text: string): Promise<void> {
    await mkdir(this.#folder, { recursive: true });
    const partial = join(this.#folder, `${name}.${process.pid}.new`);
    await writeFile(partial, text);
    await rename(partial, join(this.#folder, name));
  }

  remove(name: string): Promise<void> {
    return rm(join(this.#folder, name), { force: true });
  }
}
