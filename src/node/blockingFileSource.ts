// Files read by threads that have nothing else to do meanwhile: handing each read to another thread and waiting for it
// takes a third of a scan's time, and leaves the bytes in another processor's memory.
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import type { ByteSource } from '../core/manifest/byteSource.js';
import type { ClosableSource } from './fileByteSource.js';

/** A file's bytes; `descriptor` is for another thread, so that it reads the same file. */
export interface OpenFileSource extends ClosableSource {
  readonly descriptor: () => number;
}

/**
 * The bytes of a file as it is when they are first asked for: it is kept open until `close`, so that one that is
 * replaced (written anew and renamed) goes on being the one that was scanned.
 */
export function blockingFileSource(path: string): OpenFileSource {
  let opened: number | undefined;
  let isClosed = false;
  const descriptor = () => {
    if (isClosed) {
      throw new Error(`"${path}" is closed: another file may have its name by now`);
    }
    return (opened ??= openSync(path, 'r'));
  };
  return {
    descriptor,
    size: async () => fstatSync(descriptor()).size,
    async read(into, offset, signal) {
      signal.throwIfAborted();
      return fill(descriptor(), into, offset);
    },
    close() {
      isClosed = true;
      if (opened !== undefined) {
        closeSync(opened);
        opened = undefined;
      }
    },
  };
}

/** The bytes from `start` on of a file that another thread keeps open. */
export function restOfFileSource(descriptor: number, start: number): ByteSource {
  return {
    size: async () => fstatSync(descriptor).size - start,
    async read(into, offset, signal) {
      signal.throwIfAborted();
      return fill(descriptor, into, start + offset);
    },
  };
}

/** Reads on until `into` is full: one read may bring less than was asked for, and only 0 means the end. */
function fill(descriptor: number, into: Uint8Array, offset: number): number {
  let filled = 0;
  while (filled < into.length) {
    const bytesRead = readSync(descriptor, into, filled, into.length - filled, offset + filled);
    if (bytesRead === 0) {
      break;
    }
    filled += bytesRead;
  }
  return filled;
}
