/** A blob's own bytes: what came over the port may be a view of more. */
export function copy(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(bytes);
}
