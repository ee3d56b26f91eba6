import type { PictureSize } from '../../core/labels/answerReading.js';
import { formatS3Uri, type S3Uri } from '../../core/s3Uri.js';
import { ServiceError } from '../http/serviceError.js';
import type { ObjectStorage } from '../store/objectStorage.js';
import { readImageHeader, readJpegSegments } from '../../core/manifest/imageHeader.js';

const maximumBytes = 40 * 1_024 * 1_024;
const maximumPixels = 100_000_000;

// The size stands near the beginning, unless a camera has put previews and profiles before it.
const firstBytes = 4 * 1_024;
const moreBytes = 64 * 1_024;

/** Why workers cannot be shown this picture; `undefined` where they can. */
export async function imageProblem(objects: ObjectStorage, uri: S3Uri): Promise<string | undefined> {
  const image = await readImage(objects, uri);
  return image.kind === 'unusable' ? image.problem : undefined;
}

/** `undefined` where workers cannot be shown this picture, or not any more. */
export async function imageSize(objects: ObjectStorage, uri: S3Uri): Promise<PictureSize | undefined> {
  const image = await readImage(objects, uri);
  return image.kind === 'usable' ? image.size : undefined;
}

type Image =
  { readonly kind: 'usable'; readonly size: PictureSize } | { readonly kind: 'unusable'; readonly problem: string };

async function readImage(objects: ObjectStorage, uri: S3Uri): Promise<Image> {
  try {
    return await readStart(objects, uri);
  } catch (error) {
    if (error instanceof ServiceError && error.code.startsWith('NoSuch')) {
      return missing(uri); // It was deleted while it was being looked at.
    }
    throw error;
  }
}

async function readStart(objects: ObjectStorage, uri: S3Uri): Promise<Image> {
  const name = formatS3Uri(uri);
  for (let offset = 0; ;) {
    const length = offset === 0 ? firstBytes : moreBytes;
    const { bytes, totalBytes } = await objects.read(uri.bucket, uri.key, { offset, length });
    if (totalBytes > maximumBytes) {
      return unusable(`The image ${name} is larger than 40 MB.`);
    }
    const header = offset === 0 ? readImageHeader(bytes) : readJpegSegments(bytes);
    if (header.kind === 'size') {
      const { width, height } = header;
      return width * height > maximumPixels
        ? unusable(`The image ${name} has more than 100 million pixels.`)
        : { kind: 'usable', size: { width, height } };
    }
    if (header.kind === 'unreadable' || bytes.length < length) {
      break;
    }
    offset += header.next;
  }
  return unusable(`The object ${name} is not a readable JPEG or PNG image.`);
}

function missing(uri: S3Uri): Image {
  return unusable(`The object ${formatS3Uri(uri)} does not exist or cannot be read.`);
}

function unusable(problem: string): Image {
  return { kind: 'unusable', problem };
}
