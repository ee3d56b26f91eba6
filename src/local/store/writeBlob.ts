import type { FileHandle } from 'node:fs/promises';
import type { Blob, BlobFiles } from './blobFiles.js';

/** Up to this size, bytes are collected and written by one call. */
const collectedBytes = 1024 * 1024;

/**
 * Writes a stream into a new file and puts it on disk. Where the stream fails, nothing is left. `onBytes` sees all
 * bytes as they pass.
 */
export async function writeBlob(
  files: BlobFiles,
  source: AsyncIterable<Uint8Array>,
  onBytes: (bytes: Uint8Array) => void = () => undefined,
): Promise<Blob> {
  const { name, file } = await files.create();
  try {
    let collected: Uint8Array[] = [];
    let pending = 0;
    let bytes = 0;
    for await (const piece of source) {
      onBytes(piece);
      bytes += piece.length;
      pending += piece.length;
      collected.push(piece);
      if (pending >= collectedBytes) {
        await writeAll(file, collected);
        collected = [];
        pending = 0;
      }
    }
    await writeAll(file, collected);
    await files.finish(name, file);
    return { name, bytes };
  } catch (error) {
    await file.close();
    await files.discard(name);
    throw error;
  }
}

async function writeAll(file: FileHandle, pieces: readonly Uint8Array[]): Promise<void> {
  const bytes = Buffer.concat(pieces);
  let done = 0;
  while (done < bytes.length) {
    const { bytesWritten } = await file.write(bytes, done);
    done += bytesWritten;
  }
}
