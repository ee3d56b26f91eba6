import { createHash } from 'node:crypto';
import { encodePath, header } from '../http/incoming.js';
import type { Reply } from '../http/reply.js';
import { ServiceError } from '../http/serviceError.js';
import { readXml, type XmlElement } from '../http/xmlReader.js';
import type { Checksum, ObjectRecord, PartRecord, UploadRecord, VersionMark } from '../store/records.js';
import { requireWriteAccess } from './access.js';
import { checksumXml } from './checksumFields.js';
import { checksumElement, checksumHeader, startChecksum } from './checksums.js';
import { bareEtag, checkWriteConditions } from './conditions.js';
import { badDigest, malformedXml } from './errors.js';
import { bucketAtCommit, xmlReply, type S3, type S3Request } from './s3.js';
import { requireUpload } from './uploads.js';
import { madeVersionHeaders } from './versionHeaders.js';

const mostParts = 10_000;
const longestList = 4 * 1024 * 1024;
const smallestPartBytes = 5 * 1024 * 1024;

/** Makes the object out of the parts' own files; not a byte is copied. */
export async function completeMultipartUpload(s3: S3, request: S3Request): Promise<Reply> {
  const { store, clock } = s3;
  const { key } = request;
  const bucket = requireWriteAccess(s3, request, 's3:PutObject');
  // A checksum in the headers is the object's, not the list's.
  const list = readXml((await request.body.bytes(longestList)).toString('utf8'));
  const done = store.objects.find(bucket.name, key);
  if (done !== undefined && done.uploadId === request.query.get('uploadId')) {
    return completed(request, done, done.version); // The answer to the first completion was lost.
  }
  const upload = requireUpload(s3, request);
  const parts = listedParts(s3, upload, list);
  const checksum = await checksumOf(s3, upload, parts);
  checkClaim(request, upload, checksum);

  const { object, version } = await store.commit(() => {
    const { id, startedAt: _, checksum: __, ...attributes } = requireUpload(s3, request);
    const made: ObjectRecord = {
      ...attributes,
      key,
      bytes: parts.reduce((sum, { blob }) => sum + blob.bytes, 0),
      etag: etagOf(parts),
      modifiedAt: clock.now().getTime(),
      blobs: parts.map(({ blob }) => blob),
      uploadId: id,
      parts: parts.map(({ number, blob, checksum: value }) => ({
        number,
        bytes: blob.bytes,
        ...(value !== undefined && { checksum: value }),
      })),
      ...(checksum !== undefined && { checksum }),
    };
    if (parts.some(({ number, blob }) => store.uploads.findPart(id, number)?.blob.name !== blob.name)) {
      throw invalidPart(); // Replaced while the checksum was made.
    }
    checkWriteConditions(request, store.objects.find(bucket.name, key));
    store.deleteUpload(id, new Set(parts.map(({ blob }) => blob.name)));
    return { object: made, version: store.versions.put(bucketAtCommit(s3, bucket.name), made) };
  });
  return completed(request, object, version);
}

function completed({ bucket, key, headers }: S3Request, object: ObjectRecord, version: VersionMark | undefined): Reply {
  const reply = xmlReply('CompleteMultipartUploadResult', {
    Location: `http://${headers.host ?? ''}/${bucket}/${encodePath(key)}`,
    Bucket: bucket,
    Key: key,
    ETag: `"${object.etag}"`,
    ...checksumXml(object.checksum),
  });
  return { ...reply, headers: { ...reply.headers, ...madeVersionHeaders(version) } };
}

/** The parts that the request lists, each checked against what was received under its number. */
function listedParts({ store }: S3, upload: UploadRecord, list: XmlElement | undefined): readonly PartRecord[] {
  const entries = list?.name === 'CompleteMultipartUpload' ? list.all('Part') : [];
  if (entries.length === 0 || entries.length > mostParts) {
    throw malformedXml();
  }
  const numbers = entries.map((entry) => Number(entry.value('PartNumber')));
  if (numbers.some((number, index) => index > 0 && !(number > (numbers[index - 1] ?? 0)))) {
    throw new ServiceError(
      'InvalidPartOrder',
      'The list of parts was not in ascending order. Parts must be ordered by part number.',
    );
  }
  const received = new Map(store.uploads.parts(upload.id).map((part) => [part.number, part]));
  const parts = entries.map((entry, index) => {
    const part = received.get(numbers[index] ?? 0);
    if (part === undefined || part.etag !== bareEtag(entry.value('ETag') ?? '') || !agrees(entry, upload, part)) {
      throw invalidPart();
    }
    return part;
  });
  const small = parts.slice(0, -1).find(({ blob }) => blob.bytes < smallestPartBytes);
  if (small !== undefined) {
    throw new ServiceError('EntityTooSmall', 'Your proposed upload is smaller than the minimum allowed size', 400, {
      ProposedSize: small.blob.bytes,
      MinSizeAllowed: smallestPartBytes,
      PartNumber: small.number,
      ETag: small.etag,
    });
  }
  return parts;
}

function agrees(entry: XmlElement, { checksum }: UploadRecord, part: PartRecord): boolean {
  const claimed = checksum === undefined ? undefined : entry.value(checksumElement(checksum.algorithm));
  return claimed === undefined || part.checksum === undefined || claimed === part.checksum;
}

/** The MD5 of the parts' MD5s, and how many they are. */
function etagOf(parts: readonly PartRecord[]): string {
  const hash = createHash('md5');
  parts.forEach(({ etag }) => hash.update(Buffer.from(etag, 'hex')));
  return `${hash.digest('hex')}-${parts.length}`;
}

async function checksumOf(
  { store }: S3,
  { checksum: wanted }: UploadRecord,
  parts: readonly PartRecord[],
): Promise<Checksum | undefined> {
  if (wanted === undefined) {
    return undefined;
  }
  const checksum = startChecksum(wanted.algorithm);
  if (wanted.type === 'FULL_OBJECT') {
    const blobs = parts.map(({ blob }) => blob);
    const last = blobs.reduce((sum, { bytes }) => sum + bytes, 0) - 1;
    for await (const bytes of store.blobs.read(blobs, { first: 0, last })) {
      checksum.update(bytes);
    }
    return { ...wanted, value: checksum.digest() };
  }
  for (const { checksum: value } of parts) {
    if (value === undefined) {
      return undefined;
    }
    checksum.update(Buffer.from(value, 'base64'));
  }
  return { ...wanted, value: `${checksum.digest()}-${parts.length}` };
}

function checkClaim({ headers }: S3Request, { checksum: wanted }: UploadRecord, checksum: Checksum | undefined): void {
  const claimed = wanted === undefined ? undefined : header(headers, checksumHeader(wanted.algorithm));
  if (claimed === undefined || checksum === undefined) {
    return;
  }
  // Of a composite checksum, clients claim the value with or without the count at its end.
  if (claimed !== checksum.value && claimed !== checksum.value.replace(/-\d+$/u, '')) {
    throw badDigest(checksum.algorithm.toUpperCase());
  }
}

function invalidPart(): ServiceError {
  return new ServiceError(
    'InvalidPart',
    "One or more of the specified parts could not be found.  The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.",
  );
}
