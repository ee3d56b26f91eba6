import { type FileHandle, open } from 'node:fs/promises';
import type { ByteSource } from '../core/manifest/byteSource.js';

/** Bytes that somebody has to let go of once nobody will read them any more. */
export interface ClosableSource extends ByteSource {
  close(): void;
}

/**
 * The bytes of a file as it is now: the file is kept open, so that one that is replaced (written anew and renamed)
 * goes on being the one that was scanned. It is closed with the thread that reads it, if not before.
 */
export function fileByteSource(path: string): ClosableSource & { readonly descriptor: () => Promise<number> } {
  let opened: Promise<FileHandle> | undefined;
  let reads = 0;
  let isClosing = false;
  const file = () => (opened ??= open(path));
  const closeIfUnused = () => {
    if (isClosing && reads === 0) {
      // A file that could not be opened has nothing to close, and whoever read it has been told.
      void opened?.then((handle) => handle.close()).catch(() => undefined);
      opened = undefined;
    }
  };
  return {
    /** For another thread, so that it reads the same file: until this one ends. */
    descriptor: async () => (await file()).fd,
    async size() {
      const { size } = await (await file()).stat();
      return size;
    },
    async read(into, offset, signal) {
      signal.throwIfAborted();
      reads++;
      try {
        return await fill(into, async (filled) => {
          const { bytesRead } = await (await file()).read(into, filled, into.length - filled, offset + filled);
          return bytesRead;
        });
      } finally {
        reads--;
        closeIfUnused();
      }
    },
    close() {
      isClosing = true;
      closeIfUnused();
    },
  };
}

/** Reads on until `into` is full: one read may bring less than was asked for, and only 0 means the end. */
async function fill(into: Uint8Array, readFrom: (filled: number) => Promise<number>): Promise<number> {
  let filled = 0;
  while (filled < into.length) {
    const bytesRead = await readFrom(filled);
    if (bytesRead === 0) {
      break;
    }
    filled += bytesRead;
  }
  return filled;
}
