/** Random access to bytes, wherever they are: a local file, an S3 object, a buffer in a test. */
export interface ByteSource {
  size(signal: AbortSignal): Promise<number>;
  /** Fills `into` from `offset` on; resolves to how many bytes that was: fewer only at the end of the source. */
  read(into: Uint8Array, offset: number, signal: AbortSignal): Promise<number>;
}

/** Bytes that are in memory already. */
export function bytesSource(bytes: Uint8Array): ByteSource {
  return {
    size: async () => bytes.length,
    async read(into, offset) {
      const part = bytes.subarray(offset, offset + into.length);
      into.set(part);
      return part.length;
    },
  };
}
