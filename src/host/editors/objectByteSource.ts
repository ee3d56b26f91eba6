import { Failure } from '../../core/failure.js';
import type { ByteSource } from '../../core/manifest/byteSource.js';
import type { ObjectHead, ObjectStore } from '../../core/ports.js';
import { formatS3Uri, type S3Uri } from '../../core/s3Uri.js';

/** An object's bytes as it was when its size was first asked for: reading one that was replaced since then fails. */
export function objectByteSource(store: () => Promise<ObjectStore>, uri: S3Uri): ByteSource {
  let head: Promise<ObjectHead> | undefined;
  const lookUp = (signal: AbortSignal) => (head ??= headOf(store, uri, signal));
  return {
    size: async (signal) => (await lookUp(signal)).bytes,
    async read(into, offset, signal) {
      const { etag, bytes: size } = await lookUp(signal);
      if (offset >= size || into.length === 0) {
        return 0; // S3 has no empty ranges.
      }
      const range = { offset, bytes: Math.min(into.length, size - offset) };
      const { bytes } = await (await store()).readObject(uri, { range, ifMatch: etag }, signal);
      into.set(bytes);
      return bytes.length;
    },
  };
}

async function headOf(store: () => Promise<ObjectStore>, uri: S3Uri, signal: AbortSignal): Promise<ObjectHead> {
  const head = await (await store()).headObject(uri, signal);
  if (!head) {
    throw new Failure('object.notFound', { uri: formatS3Uri(uri) });
  }
  return head;
}
