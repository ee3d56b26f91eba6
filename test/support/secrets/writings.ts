import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { LogOutputChannel } from 'vscode';
import { Failure } from '../../../src/core/failure.js';
import type { Secrets } from './secrets.js';

/** What a place holds, and the secrets that stand in it. */
export interface Leak {
  readonly where: string;
  readonly secrets: readonly string[];
}

/** All that was written anywhere: files, logs, what is remembered, what the user was told. */
export class Writings {
  readonly #texts: { readonly where: string; readonly text: string | Uint8Array }[] = [];

  note(where: string, written: unknown): void {
    const text = typeof written === 'string' ? written : JSON.stringify(written);
    if (typeof text === 'string') {
      this.#texts.push({ where, text });
    }
  }

  /**
   * As an error is shown and reported: its message and stack, those of its causes, and the details of a failure. Other
   * fields of the SDK's errors are written nowhere: S3 repeats the key's id in one.
   */
  noteError(where: string, error: unknown): void {
    for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
      this.note(where, `${String(cause)}\n${cause.stack ?? ''}`);
    }
    if (Failure.is(error)) {
      this.note(where, error.details);
    }
    this.note(where, String(error));
  }

  /** Each file of a folder by its name. The server may be running: its database is there with its log. */
  async noteFolder(folder: string): Promise<void> {
    for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
      if (entry.isFile()) {
        const path = join(entry.parentPath, entry.name);
        const text = await bytesOf(path);
        this.#texts.push(...(text ? [{ where: relative(folder, path), text }] : []));
      }
    }
  }

  textsOf(...places: readonly string[]): readonly string[] {
    return this.#texts.flatMap(({ where, text }) => (places.includes(where) && typeof text === 'string' ? [text] : []));
  }

  get places(): readonly string[] {
    return [...new Set(this.#texts.map(({ where }) => where))];
  }

  leaks(secrets: Secrets): readonly Leak[] {
    const all = this.#texts.map(({ where, text }) => ({ where, secrets: secrets.foundIn(text) }));
    return all.filter((leak) => leak.secrets.length > 0);
  }
}

/** VS Code's log writes an error's stack, and no more of it. */
export function channelInto(writings: Writings): LogOutputChannel {
  const write = (message: unknown, ...more: readonly unknown[]) => {
    for (const part of [message, ...more]) {
      writings.note('output channel', part instanceof Error ? (part.stack ?? part.message) : part);
    }
  };
  const channel = { trace: write, debug: write, info: write, warn: write, error: write, show: () => undefined };
  return channel as unknown as LogOutputChannel;
}

/** Whether nobody but the file's owner may read it; Windows has no such bits. */
export async function isPrivate(file: string): Promise<boolean> {
  return process.platform === 'win32' || ((await stat(file)).mode & 0o077) === 0;
}

/** `undefined` where the server has deleted the file meanwhile. */
async function bytesOf(path: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
      return undefined;
    }
    throw error;
  }
}
