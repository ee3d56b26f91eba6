import { createHash } from 'node:crypto';
import { header } from '../http/incoming.js';
import type { Reply } from '../http/reply.js';
import { ServiceError } from '../http/serviceError.js';
import type { ByteRange } from '../store/blobFiles.js';
import type { PartRecord, UploadRecord } from '../store/records.js';
import { writeBlob } from '../store/writeBlob.js';
import { requireWriteAccess } from './access.js';
import { checksumElement, checksumHeader, startChecksum } from './checksums.js';
import { requireCopySource } from './copySource.js';
import { invalidArgument } from './errors.js';
import { integerParameter } from './parameters.js';
import { receiveBytes } from './receiveBytes.js';
import { isoTime, xmlReply, type S3, type S3Request } from './s3.js';
import { smallBody } from './smallBody.js';
import { requireUpload } from './uploads.js';

const mostParts = 10_000;

/** UploadPart, and UploadPartCopy where the request names a source. */
export async function uploadPart(s3: S3, request: S3Request): Promise<Reply> {
  requireWriteAccess(s3, request, 's3:PutObject');
  const number = requestedNumber(request);
  const upload = requireUpload(s3, request);
  return request.headers['x-amz-copy-source'] === undefined
    ? receivePart(s3, request, upload, number)
    : copyPart(s3, request, upload, number);
}

async function receivePart(s3: S3, request: S3Request, upload: UploadRecord, number: number): Promise<Reply> {
  const { blob, etag, checksum } = await receiveBytes(s3, request, upload.checksum?.algorithm);
  const isWanted = upload.checksum === undefined || checksum?.algorithm === upload.checksum.algorithm;
  await commitPart(s3, request, {
    number,
    etag,
    modifiedAt: s3.clock.now().getTime(),
    blob,
    ...(checksum !== undefined && isWanted && { checksum: checksum.value }),
  });
  return {
    status: 200,
    headers: {
      etag: `"${etag}"`,
      ...(checksum !== undefined && { [checksumHeader(checksum.algorithm)]: checksum.value }),
    },
  };
}

async function copyPart(s3: S3, request: S3Request, upload: UploadRecord, number: number): Promise<Reply> {
  const { store, clock } = s3;
  await smallBody(request);
  const { object, headers } = requireCopySource(s3, request);
  const range = requestedRange(request, object.bytes);
  const algorithm = upload.checksum?.algorithm;
  const checksum = algorithm === undefined ? undefined : startChecksum(algorithm);
  const hash = createHash('md5');
  const blob = await writeBlob(store.blobs, store.blobs.read(object.blobs, range), (bytes) => {
    hash.update(bytes);
    checksum?.update(bytes);
  });
  const value = checksum?.digest();
  const part: PartRecord = {
    number,
    etag: hash.digest('hex'),
    modifiedAt: clock.now().getTime(),
    blob,
    ...(value !== undefined && { checksum: value }),
  };
  await commitPart(s3, request, part);
  const reply = xmlReply('CopyPartResult', {
    ETag: `"${part.etag}"`,
    LastModified: isoTime(part.modifiedAt),
    ...(algorithm !== undefined && { [checksumElement(algorithm)]: value }),
  });
  return { ...reply, headers: { ...reply.headers, ...headers } };
}

/** Keeps the part in the place of the one with its number, if the upload is still under way. */
async function commitPart(s3: S3, request: S3Request, part: PartRecord): Promise<void> {
  const { store } = s3;
  await store.commitBlob(part.blob, () => {
    const { id } = requireUpload(s3, request);
    const replaced = store.uploads.findPart(id, part.number);
    if (replaced !== undefined) {
      store.blobs.release(replaced.blob.name);
    }
    store.uploads.putPart(id, part);
  });
}

function requestedNumber({ query }: S3Request): number {
  const number = integerParameter(query, 'partNumber');
  if (number === undefined || number < 1 || number > mostParts) {
    throw invalidArgument(
      'Part number must be an integer between 1 and 10000, inclusive',
      'partNumber',
      query.get('partNumber') ?? '',
    );
  }
  return number;
}

function requestedRange({ headers }: S3Request, bytes: number): ByteRange {
  const text = header(headers, 'x-amz-copy-source-range');
  if (text === undefined) {
    return { first: 0, last: bytes - 1 };
  }
  const [, from, to] = /^bytes=(\d+)-(\d+)$/u.exec(text) ?? [];
  const [first, last] = [Number(from), Number(to)];
  if (!(first <= last)) {
    throw invalidArgument(
      'The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the zero-based offsets of the first and last bytes to copy',
      'x-amz-copy-source-range',
      text,
    );
  }
  if (last >= bytes) {
    throw new ServiceError('InvalidRange', `Range specified is not valid for source object of size: ${bytes}`, 416);
  }
  return { first, last };
}
