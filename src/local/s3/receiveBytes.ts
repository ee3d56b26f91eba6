import { createHash } from 'node:crypto';
import { header } from '../http/incoming.js';
import { ServiceError } from '../http/serviceError.js';
import type { Blob } from '../store/blobFiles.js';
import { writeBlob } from '../store/writeBlob.js';
import {
  checksumAlgorithms,
  checksumHeader,
  isChecksumValue,
  parseChecksumAlgorithm,
  startChecksum,
  type ChecksumAlgorithm,
} from './checksums.js';
import { badDigest, invalidArgument, invalidRequest } from './errors.js';
import type { S3, S3Request } from './s3.js';
import { claimedMd5 } from './smallBody.js';

/** Bytes that are on disk, and agree with whatever the client claimed of them. */
export interface ReceivedBytes {
  readonly blob: Blob;
  /** MD5 in hex. */
  readonly etag: string;
  readonly checksum?: { readonly algorithm: ChecksumAlgorithm; readonly value: string };
}

const mostBytes = 5 * 1024 ** 3;

/** Receives the body of an object, or of a part. `wanted` is the checksum to make where the request names none. */
export async function receiveBytes(
  { store }: S3,
  request: S3Request,
  wanted?: ChecksumAlgorithm,
): Promise<ReceivedBytes> {
  const announced = announcedBytes(request);
  const md5 = claimedMd5(request);
  const claim = claimedChecksum(request);
  const algorithm = claim?.algorithm ?? requestedAlgorithm(request) ?? wanted;

  const hash = createHash('md5');
  const checksum = algorithm === undefined ? undefined : startChecksum(algorithm);
  const blob = await writeBlob(store.blobs, request.body.read(), (bytes) => {
    hash.update(bytes);
    checksum?.update(bytes);
  });
  try {
    const digest = hash.digest();
    if (announced !== undefined && blob.bytes !== announced) {
      throw new ServiceError(
        'IncompleteBody',
        'You did not provide the number of bytes specified by the Content-Length HTTP header',
      );
    }
    if (md5 !== undefined && digest.toString('base64') !== md5) {
      throw badDigest('Content-MD5');
    }
    const etag = digest.toString('hex');
    if (algorithm === undefined || checksum === undefined) {
      return { blob, etag };
    }
    const value = checksum.digest();
    const claimed = claim?.value ?? request.body.trailers.get(checksumHeader(algorithm));
    if (claim !== undefined && claimed !== value) {
      throw badDigest(algorithm.toUpperCase());
    }
    return { blob, etag, checksum: { algorithm, value } };
  } catch (error) {
    await store.blobs.discard(blob.name);
    throw error;
  }
}

function unsupportedAlgorithm(): ServiceError {
  return invalidRequest(
    'Checksum algorithm provided is unsupported. Please try again with any of the valid types: [CRC32, CRC32C, CRC64NVME, SHA1, SHA256]',
  );
}

/** A header that names a checksum algorithm; `undefined` where it is missing. */
export function algorithmHeader({ headers }: S3Request, name: string): ChecksumAlgorithm | undefined {
  const text = header(headers, name);
  if (text === undefined) {
    return undefined;
  }
  const algorithm = parseChecksumAlgorithm(text);
  if (algorithm === undefined) {
    throw unsupportedAlgorithm();
  }
  return algorithm;
}

function requestedAlgorithm(request: S3Request): ChecksumAlgorithm | undefined {
  return algorithmHeader(request, 'x-amz-sdk-checksum-algorithm');
}

function announcedBytes({ headers }: S3Request): number | undefined {
  const text = header(headers, 'x-amz-decoded-content-length') ?? header(headers, 'content-length');
  if (text === undefined) {
    if (headers['transfer-encoding'] === undefined) {
      throw new ServiceError('MissingContentLength', 'You must provide the Content-Length HTTP header.', 411);
    }
    return undefined;
  }
  if (!/^\d+$/u.test(text)) {
    throw invalidArgument('Invalid content length', 'Content-Length', text);
  }
  if (Number(text) > mostBytes) {
    throw new ServiceError('EntityTooLarge', 'Your proposed upload exceeds the maximum allowed size', 400, {
      ProposedSize: text,
      MaxSizeAllowed: mostBytes,
    });
  }
  return Number(text);
}

/** The checksum that the client claims: in a header, or (`value` is undefined) in a trailer that is still to come. */
function claimedChecksum({
  headers,
}: S3Request): { readonly algorithm: ChecksumAlgorithm; readonly value?: string } | undefined {
  const inHeaders = checksumAlgorithms.filter((algorithm) => headers[checksumHeader(algorithm)] !== undefined);
  if (inHeaders.length > 1) {
    throw invalidRequest('Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.');
  }
  const [algorithm] = inHeaders;
  if (algorithm === undefined) {
    return claimedInTrailer(header(headers, 'x-amz-trailer'));
  }
  const value = header(headers, checksumHeader(algorithm)) ?? '';
  if (!isChecksumValue(algorithm, value)) {
    throw invalidRequest(`Value for x-amz-checksum-${algorithm} header is invalid.`);
  }
  return { algorithm, value };
}

function claimedInTrailer(names: string | undefined): { readonly algorithm: ChecksumAlgorithm } | undefined {
  const prefix = 'x-amz-checksum-';
  const name = names
    ?.toLowerCase()
    .split(',')
    .map((text) => text.trim())
    .find((text) => text.startsWith(prefix));
  if (name === undefined) {
    return undefined;
  }
  const algorithm = parseChecksumAlgorithm(name.slice(prefix.length));
  if (algorithm === undefined) {
    throw invalidRequest('The value specified in the x-amz-trailer header is not supported');
  }
  return { algorithm };
}
