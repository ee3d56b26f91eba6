import type { ObjectStore } from '../ports.js';
import { isPicture } from './datasetManifest.js';

/** The place of the pictures where there is no choice: the one bucket, and in it the one folder if nothing lies beside. */
export async function onlyPictureFolder(
  objects: Pick<ObjectStore, 'listBuckets' | 'listObjects'>,
  signal: AbortSignal,
): Promise<{ readonly bucket: string; readonly prefix: string } | undefined> {
  const [only, ...others] = await objects.listBuckets(signal);
  if (only === undefined || others.length > 0) {
    return undefined;
  }
  const bucket = only.name;
  const { folders, objects: files } = await objects.listObjects({ bucket, isFolder: true }, signal);
  const [folder = ''] = folders;
  const isOneFolder = folders.length === 1 && !files.some(({ key }) => isPicture(key));
  return { bucket, prefix: isOneFolder ? folder : '' };
}
