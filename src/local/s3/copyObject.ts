import { createHash } from 'node:crypto';
import { header } from '../http/incoming.js';
import type { Reply } from '../http/reply.js';
import type { ObjectAttributes, ObjectRecord } from '../store/records.js';
import { writeBlob } from '../store/writeBlob.js';
import { requireWriteAccess } from './access.js';
import { checksumXml } from './checksumFields.js';
import { startChecksum } from './checksums.js';
import { checkWriteConditions } from './conditions.js';
import { requireCopySource } from './copySource.js';
import { invalidArgument, invalidRequest } from './errors.js';
import { requestedAcl, requestedHeaders } from './objectAttributes.js';
import { algorithmHeader } from './receiveBytes.js';
import { bucketAtCommit, isoTime, xmlReply, type S3, type S3Request } from './s3.js';
import { smallBody } from './smallBody.js';
import { tagsFromHeader } from './tags.js';
import { madeVersionHeaders } from './versionHeaders.js';

export async function copyObject(s3: S3, request: S3Request): Promise<Reply> {
  const { store } = s3;
  const { key } = request;
  const bucket = requireWriteAccess(s3, request, 's3:PutObject');
  await smallBody(request);
  // From here to the reading nothing is awaited, so that nobody deletes the source meanwhile.
  const source = requireCopySource(s3, request);
  const replacesMetadata = directive(request, 'x-amz-metadata-directive') === 'REPLACE';
  const isItself = source.bucket === bucket.name && source.object.key === key && source.versionId === undefined;
  if (isItself && !replacesMetadata && !changesAnything(request)) {
    throw invalidRequest(
      "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.",
    );
  }
  const attributes: ObjectAttributes = {
    ...(replacesMetadata ? requestedHeaders(request) : copiedHeaders(request, source.object)),
    ...copiedTags(request, source.object),
    acl: requestedAcl(s3, request, bucket),
  };
  const copy = await copyBytes(s3, request, source.object);
  const object: ObjectRecord = { ...attributes, ...copy, key, modifiedAt: s3.clock.now().getTime() };
  const [blob] = copy.blobs;
  const version = await store.commitBlob(blob, () => {
    const found = bucketAtCommit(s3, bucket.name);
    checkWriteConditions(request, store.objects.find(bucket.name, key));
    return store.versions.put(found, object);
  });
  const reply = xmlReply('CopyObjectResult', {
    ETag: `"${object.etag}"`,
    LastModified: isoTime(object.modifiedAt),
    ...checksumXml(object.checksum),
  });
  return { ...reply, headers: { ...reply.headers, ...source.headers, ...madeVersionHeaders(version) } };
}

/** The copy is one file, whatever the source was made of. */
async function copyBytes({ store }: S3, request: S3Request, source: ObjectRecord) {
  const asked = algorithmHeader(request, 'x-amz-checksum-algorithm');
  // A checksum of parts says nothing of the copy, which has none.
  const kept = source.checksum?.type === 'FULL_OBJECT' ? source.checksum : undefined;
  const algorithm = asked ?? kept?.algorithm ?? source.checksum?.algorithm;
  const checksum = algorithm === undefined ? undefined : startChecksum(algorithm);
  const hash = createHash('md5');
  const bytes = store.blobs.read(source.blobs, { first: 0, last: source.bytes - 1 });
  const blob = await writeBlob(store.blobs, bytes, (piece) => {
    hash.update(piece);
    checksum?.update(piece);
  });
  return {
    blobs: [blob] as const,
    bytes: blob.bytes,
    etag: hash.digest('hex'),
    ...(algorithm !== undefined &&
      checksum !== undefined && {
        checksum: { algorithm, value: checksum.digest(), type: 'FULL_OBJECT' as const },
      }),
  };
}

function directive({ headers }: S3Request, name: string): 'COPY' | 'REPLACE' {
  const text = header(headers, name)?.toUpperCase() ?? 'COPY';
  if (text !== 'COPY' && text !== 'REPLACE') {
    throw invalidArgument(
      `Unknown ${name === 'x-amz-metadata-directive' ? 'metadata' : 'tagging'} directive.`,
      name,
      text,
    );
  }
  return text;
}

const changingHeaders = [
  'x-amz-storage-class',
  'x-amz-server-side-encryption',
  'x-amz-website-redirect-location',
  'x-amz-checksum-algorithm',
];

function changesAnything({ headers }: S3Request): boolean {
  return changingHeaders.some((name) => headers[name] !== undefined);
}

function copiedHeaders(
  request: S3Request,
  { headers, metadata }: ObjectRecord,
): Pick<ObjectAttributes, 'headers' | 'metadata'> {
  requestedHeaders(request); // For its refusals.
  const storageClass = header(request.headers, 'x-amz-storage-class');
  return {
    headers: { ...headers, ...(storageClass !== undefined && { 'x-amz-storage-class': storageClass }) },
    metadata,
  };
}

function copiedTags(request: S3Request, source: ObjectRecord): Pick<ObjectAttributes, 'tags'> {
  const replaces = directive(request, 'x-amz-tagging-directive') === 'REPLACE';
  const tags = replaces ? tagsFromHeader(request) : source.tags;
  return tags === undefined ? {} : { tags };
}
