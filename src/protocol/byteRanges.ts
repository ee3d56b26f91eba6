/**
 * All that a thread asks of whoever started it, where it cannot get at the bytes of a manifest itself. Sources count from
 * 0: manifests that are compared, or versions of one that grows.
 */
export type ByteRanges = {
  requests: {
    'bytes.size': { params: { source: number }; result: number };
    /** Fewer bytes only at the end. */
    'bytes.read': { params: { source: number; offset: number; bytes: number }; result: Uint8Array };
  };
  events: Record<string, never>;
};
