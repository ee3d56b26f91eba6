import type { ClosableSource } from './fileByteSource.js';

interface AskedBytes {
  readonly size: (signal: AbortSignal) => Promise<number>;
  readonly read: (offset: number, bytes: number, signal: AbortSignal) => Promise<Uint8Array>;
}

/** Bytes that somebody at the other end of a port reads. */
export function portByteSource({ size, read }: AskedBytes): ClosableSource {
  return {
    size,
    async read(into, offset, signal) {
      const bytes = await read(offset, into.length, signal);
      into.set(bytes);
      return bytes.length;
    },
    close: () => undefined, // The other end has what is to be closed.
  };
}
