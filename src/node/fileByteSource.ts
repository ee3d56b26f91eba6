import { fstat, read } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { promisify } from 'node:util';
import type { ByteSource } from '../core/manifest/byteSource.js';

/**
 * The bytes of a file as it is now: the file is kept open, so that one that is replaced (written anew and renamed)
 * goes on being the one that was scanned. It is closed with the thread that reads it.
 */
export function fileByteSource(path: string): ByteSource & { readonly descriptor: () => Promise<number> } {
  let opened: Promise<FileHandle> | undefined;
  const file = () => (opened ??= open(path));
  return {
    /** For another thread, so that it reads the same file: until this one ends. */
    descriptor: async () => (await file()).fd,
    async size() {
      const { size } = await (await file()).stat();
      return size;
    },
    async read(into, offset, signal) {
      signal.throwIfAborted();
      let filled = 0;
      // One read may bring less than was asked for, and only 0 means the end.
      while (filled < into.length) {
        const { bytesRead } = await (await file()).read(into, filled, into.length - filled, offset + filled);
        if (bytesRead === 0) {
          break;
        }
        filled += bytesRead;
      }
      return filled;
    },
  };
}

/** The bytes from `start` on of a file that another thread keeps open. */
export function descriptorByteSource(descriptor: number, start: number): ByteSource {
  return {
    size: async () => (await promisify(fstat)(descriptor)).size - start,
    async read(into, offset, signal) {
      signal.throwIfAborted();
      let filled = 0;
      while (filled < into.length) {
        const position = start + offset + filled;
        const { bytesRead } = await promisify(read)(descriptor, into, filled, into.length - filled, position);
        if (bytesRead === 0) {
          break;
        }
        filled += bytesRead;
      }
      return filled;
    },
  };
}
