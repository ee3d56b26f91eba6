import { randomBytes } from 'node:crypto';
import { header } from '../http/incoming.js';
import type { Reply } from '../http/reply.js';
import type { XmlContent } from '../http/xml.js';
import type { PartRecord, UploadRecord } from '../store/records.js';
import { requireAccess, requireBucketAccess, requireWriteAccess } from './access.js';
import { checksumElement, type ChecksumAlgorithm } from './checksums.js';
import { invalidRequest, noSuchBucket, noSuchUpload } from './errors.js';
import { commonPrefix } from './listPage.js';
import { requestedAttributes } from './objectAttributes.js';
import { integerParameter, keyEncoding } from './parameters.js';
import { algorithmHeader } from './receiveBytes.js';
import { isoTime, noContent, requireBucket, xmlReply, type S3, type S3Request } from './s3.js';
import { smallBody } from './smallBody.js';

const mostUploads = 1000;

export async function createMultipartUpload(s3: S3, request: S3Request): Promise<Reply> {
  const { store, clock } = s3;
  const bucket = requireWriteAccess(s3, request, 's3:PutObject');
  const attributes = requestedAttributes(s3, request, bucket);
  const checksum = requestedChecksum(request);
  await smallBody(request);
  const upload: UploadRecord = {
    ...attributes,
    id: randomBytes(24).toString('base64url'),
    key: request.key,
    startedAt: clock.now().getTime(),
    ...(checksum !== undefined && { checksum }),
  };
  await store.commit(() => {
    if (store.buckets.find(bucket.name) === undefined) {
      throw noSuchBucket(bucket.name);
    }
    store.uploads.insert(bucket.name, upload);
  });
  const reply = xmlReply('InitiateMultipartUploadResult', {
    Bucket: bucket.name,
    Key: upload.key,
    UploadId: upload.id,
  });
  return { ...reply, headers: { ...reply.headers, ...uploadChecksumHeaders(upload) } };
}

export async function abortMultipartUpload(s3: S3, request: S3Request): Promise<Reply> {
  requireWriteAccess(s3, request, 's3:AbortMultipartUpload');
  await s3.store.commit(() => s3.store.deleteUpload(requireUpload(s3, request).id));
  return noContent;
}

export function listMultipartUploads(s3: S3, request: S3Request): Reply {
  const { query } = request;
  const { name: bucket } = requireBucketAccess(s3, request, 's3:ListBucketMultipartUploads', 'READ');
  const encode = keyEncoding(query);
  const prefix = query.get('prefix') ?? '';
  const delimiter = query.get('delimiter') ?? '';
  const keyMarker = query.get('key-marker') ?? '';
  const idMarker = keyMarker === '' ? '' : (query.get('upload-id-marker') ?? '');
  const limit = Math.min(integerParameter(query, 'max-uploads') ?? mostUploads, mostUploads);

  const rest = afterMarkers(s3.store.uploads.list(bucket), keyMarker, idMarker).filter(({ key }) =>
    key.startsWith(prefix),
  );
  const prefixes = new Set(rest.flatMap(({ key }) => commonPrefix(key, prefix, delimiter) ?? []));
  const listed = rest.filter(({ key }) => commonPrefix(key, prefix, delimiter) === undefined);
  const page = listed.slice(0, limit);
  const isTruncated = page.length < listed.length;
  return xmlReply('ListMultipartUploadsResult', {
    Bucket: bucket,
    KeyMarker: encode(keyMarker),
    UploadIdMarker: idMarker,
    NextKeyMarker: isTruncated ? encode(page.at(-1)?.key ?? '') : undefined,
    NextUploadIdMarker: isTruncated ? page.at(-1)?.id : undefined,
    Prefix: encode(prefix),
    Delimiter: delimiter === '' ? undefined : encode(delimiter),
    EncodingType: query.get('encoding-type') ?? undefined,
    MaxUploads: limit,
    IsTruncated: isTruncated,
    Upload: page.map((upload) => ({
      Key: encode(upload.key),
      UploadId: upload.id,
      Initiator: { ID: s3.ownerId },
      Owner: { ID: s3.ownerId },
      StorageClass: upload.headers['x-amz-storage-class'] ?? 'STANDARD',
      Initiated: isoTime(upload.startedAt),
      ChecksumAlgorithm: upload.checksum?.algorithm.toUpperCase(),
      ChecksumType: upload.checksum?.type,
    })),
    CommonPrefixes: [...prefixes].map((folder) => ({ Prefix: encode(folder) })),
  });
}

export function listParts(s3: S3, request: S3Request): Reply {
  const { query, key } = request;
  const bucket = requireBucket(s3, request);
  const upload = requireUpload(s3, request);
  requireAccess(request, { action: 's3:ListMultipartUploadParts', bucket, key });
  const marker = integerParameter(query, 'part-number-marker') ?? 0;
  const limit = Math.min(integerParameter(query, 'max-parts') ?? mostUploads, mostUploads);
  const rest = s3.store.uploads.parts(upload.id).filter(({ number }) => number > marker);
  const page = rest.slice(0, limit);
  return xmlReply('ListPartsResult', {
    Bucket: bucket.name,
    Key: key,
    UploadId: upload.id,
    Initiator: { ID: s3.ownerId },
    Owner: { ID: s3.ownerId },
    StorageClass: upload.headers['x-amz-storage-class'] ?? 'STANDARD',
    PartNumberMarker: marker,
    NextPartNumberMarker: page.at(-1)?.number ?? 0,
    MaxParts: limit,
    IsTruncated: page.length < rest.length,
    ChecksumAlgorithm: upload.checksum?.algorithm.toUpperCase(),
    ChecksumType: upload.checksum?.type,
    Part: page.map((part) => partXml(part, upload)),
  });
}

function partXml({ number, etag, modifiedAt, blob, checksum }: PartRecord, upload: UploadRecord): XmlContent {
  return {
    PartNumber: number,
    LastModified: isoTime(modifiedAt),
    ETag: `"${etag}"`,
    Size: blob.bytes,
    ...(upload.checksum !== undefined && { [checksumElement(upload.checksum.algorithm)]: checksum }),
  };
}

/** The upload that the request names. */
export function requireUpload({ store }: S3, { bucket, key, query }: S3Request): UploadRecord {
  const id = query.get('uploadId') ?? '';
  const upload = store.uploads.find(bucket, key, id);
  if (upload === undefined) {
    throw noSuchUpload(id);
  }
  return upload;
}

function afterMarkers(uploads: readonly UploadRecord[], keyMarker: string, idMarker: string): readonly UploadRecord[] {
  if (keyMarker === '') {
    return uploads;
  }
  const last = uploads.findLastIndex(({ key, id }) => key === keyMarker && (idMarker === '' || id === idMarker));
  // The upload of the marker may be gone; keys come in the order of their bytes.
  return last >= 0
    ? uploads.slice(last + 1)
    : uploads.filter(({ key }) => Buffer.compare(Buffer.from(key), Buffer.from(keyMarker)) > 0);
}

function uploadChecksumHeaders({ checksum }: UploadRecord): Readonly<Record<string, string>> {
  return checksum === undefined
    ? {}
    : { 'x-amz-checksum-algorithm': checksum.algorithm.toUpperCase(), 'x-amz-checksum-type': checksum.type };
}

/** Which checksum the whole will have: of its bytes, or of its parts' checksums. */
function requestedChecksum(request: S3Request): UploadRecord['checksum'] {
  const algorithm = algorithmHeader(request, 'x-amz-checksum-algorithm');
  const type = header(request.headers, 'x-amz-checksum-type')?.toUpperCase();
  if (algorithm === undefined) {
    if (type !== undefined) {
      throw invalidRequest('The x-amz-checksum-type header can only be used with the x-amz-checksum-algorithm header.');
    }
    return undefined;
  }
  switch (type ?? defaultType(algorithm)) {
    case 'FULL_OBJECT':
      if (algorithm === 'sha1' || algorithm === 'sha256') {
        throw invalidRequest(`The FULL_OBJECT checksum type cannot be used with the ${algorithm} checksum algorithm.`);
      }
      return { algorithm, type: 'FULL_OBJECT' };
    case 'COMPOSITE':
      if (algorithm === 'crc64nvme') {
        throw invalidRequest('The COMPOSITE checksum type cannot be used with the crc64nvme checksum algorithm.');
      }
      return { algorithm, type: 'COMPOSITE' };
    default:
      throw invalidRequest('Value for x-amz-checksum-type header is invalid.');
  }
}

function defaultType(algorithm: ChecksumAlgorithm): 'FULL_OBJECT' | 'COMPOSITE' {
  return algorithm === 'crc64nvme' ? 'FULL_OBJECT' : 'COMPOSITE';
}
