import { exifOrientation } from '../manifest/exif.js';
import type { S3Uri } from '../s3Uri.js';
import { type Decoded, decodePicture } from './decodePicture.js';
import type { DoctorProbes } from './probes.js';

/** Larger files Ground Truth does not take (reference §1.7). */
const mostPictureBytes = 40 * 1024 * 1024;

/** What a worker's page would get of an object. */
export interface ShownPicture {
  readonly bytes: number;
  /** The header that lets a page of another origin have the bytes. */
  readonly allowOrigin?: string;
  /** Nothing of a file that is too large. */
  readonly decoded?: Decoded;
  /** By its EXIF data, as they count it: 1 is upright. */
  readonly orientation: number;
}

export async function lookAtPicture(
  probes: Pick<DoctorProbes, 'readAsPage'>,
  uri: S3Uri,
  signal: AbortSignal,
): Promise<ShownPicture> {
  const { bytes, totalBytes, allowOrigin } = await probes.readAsPage(uri, mostPictureBytes, signal);
  const isWhole = bytes.length === totalBytes;
  return {
    bytes: totalBytes,
    ...(allowOrigin !== undefined && { allowOrigin }),
    ...(isWhole && { decoded: await decodePicture(bytes, signal) }),
    orientation: exifOrientation(bytes)?.value ?? 1,
  };
}
