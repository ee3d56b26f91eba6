import type { ObjectBody, ObjectStore } from '../ports.js';
import { formatS3Uri, type S3Uri } from '../s3Uri.js';

/** An object, or the beginning of one, as it was read for one look. */
export interface ReadFile {
  readonly uri: S3Uri;
  /** Whole lines of it, where it is larger than what is read. */
  readonly bytes: Uint8Array;
  readonly etag: string;
  readonly totalBytes: number;
}

/** So much is read of a manifest, and can be written anew by a fix. */
export const mostManifestBytes = 8 * 1024 * 1024;
/** Of a label category configuration, or a template. */
const mostTextBytes = 1024 * 1024;
const newline = 0x0a;

/** The first bytes of an object, up to the end of a line. */
export async function readBeginning(
  objects: Pick<ObjectStore, 'readObject'>,
  uri: S3Uri,
  signal: AbortSignal,
): Promise<ReadFile> {
  const file = read(uri, await objects.readObject(uri, { range: { offset: 0, bytes: mostManifestBytes } }, signal));
  return isWhole(file) ? file : { ...file, bytes: file.bytes.subarray(0, file.bytes.lastIndexOf(newline) + 1) };
}

/** A small file, whole; throws where it is not small. */
export async function readSmall(
  objects: Pick<ObjectStore, 'readObject'>,
  uri: S3Uri,
  signal: AbortSignal,
): Promise<ReadFile> {
  const file = read(uri, await objects.readObject(uri, { range: { offset: 0, bytes: mostTextBytes } }, signal));
  if (!isWhole(file)) {
    throw new Error(`"${formatS3Uri(uri)}" has more than 1 MB. Is it the right file?`);
  }
  return file;
}

export function isWhole({ bytes, totalBytes }: ReadFile): boolean {
  return bytes.length === totalBytes;
}

/** To be read and changed: throws where that would lose bytes. A byte order mark stays. */
export function textOf({ uri, bytes }: ReadFile): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new Error(`"${formatS3Uri(uri)}" is not encoded as UTF-8. Save it as UTF-8, and upload it again.`);
  }
}

/** To be looked at: what is no UTF-8 stands in it as replacement characters. */
export function shownText(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}

function read(uri: S3Uri, { bytes, etag, totalBytes }: ObjectBody): ReadFile {
  return { uri, bytes, etag, totalBytes };
}
