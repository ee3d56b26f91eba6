import { header } from '../http/incoming.js';
import { ServiceError } from '../http/serviceError.js';
import type { Acl, BucketRecord, ObjectAttributes } from '../store/records.js';
import { checkAclIsAllowed } from './access.js';
import { aclFromHeaders, privateAcl } from './acl.js';
import { aclsNotSupported, invalidArgument, notImplemented } from './errors.js';
import type { S3, S3Request } from './s3.js';
import { tagsFromHeader } from './tags.js';

/** The headers that an object gives back as they came. */
const keptHeaders = [
  'cache-control',
  'content-disposition',
  'content-encoding',
  'content-language',
  'content-type',
  'expires',
  'x-amz-storage-class',
  'x-amz-website-redirect-location',
] as const;

const metadataPrefix = 'x-amz-meta-';
const mostMetadataBytes = 2048;
const unsupported = /^x-amz-(?:(?:copy-source-)?server-side-encryption-customer|object-lock|write-offset)/u;

/** What the request says of the object that it makes. */
export function requestedAttributes(s3: S3, request: S3Request, bucket: BucketRecord): ObjectAttributes {
  const tags = tagsFromHeader(request);
  return {
    ...requestedHeaders(request),
    acl: requestedAcl(s3, request, bucket),
    ...(tags !== undefined && { tags }),
  };
}

export function requestedHeaders({ headers }: S3Request): Pick<ObjectAttributes, 'headers' | 'metadata'> {
  if (Object.keys(headers).some((name) => unsupported.test(name))) {
    throw notImplemented();
  }
  const kept = Object.fromEntries(
    keptHeaders.flatMap((name) => {
      const value = name === 'content-encoding' ? contentEncoding(headers[name]) : header(headers, name);
      return value === undefined ? [] : [[name, value]];
    }),
  );
  checkEncryption(header(headers, 'x-amz-server-side-encryption'));
  return { headers: { 'content-type': 'binary/octet-stream', ...kept }, metadata: requestedMetadata(headers) };
}

/** The ACL that the request asks for, where the bucket takes any; the private one otherwise. */
export function requestedAcl({ ownerId }: S3, request: S3Request, bucket: BucketRecord): Acl {
  const acl = aclFromHeaders(request, ownerId);
  if (acl === undefined) {
    return privateAcl(ownerId);
  }
  if (bucket.settings.ownership !== 'BucketOwnerEnforced') {
    checkAclIsAllowed(bucket, acl);
    return acl;
  }
  // Where ACLs are off, this one may be named all the same: it says what is so anyway.
  if (header(request.headers, 'x-amz-acl') !== 'bucket-owner-full-control') {
    throw aclsNotSupported();
  }
  return privateAcl(ownerId);
}

/** `aws-chunked` is about the way here, not about the object. */
function contentEncoding(value: string | undefined): string | undefined {
  const encodings = (value ?? '').split(',').map((encoding) => encoding.trim());
  const own = encodings.filter((encoding) => encoding !== '' && encoding !== 'aws-chunked');
  return own.length === 0 ? undefined : own.join(', ');
}

function requestedMetadata(headers: S3Request['headers']): Readonly<Record<string, string>> {
  const metadata = Object.fromEntries(
    Object.keys(headers)
      .filter((name) => name.startsWith(metadataPrefix))
      .map((name) => [name.slice(metadataPrefix.length), utf8(header(headers, name) ?? '')]),
  );
  const bytes = Object.entries(metadata)
    .flat()
    .reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  if (bytes > mostMetadataBytes) {
    throw new ServiceError('MetadataTooLarge', 'Your metadata headers exceed the maximum allowed metadata size', 400, {
      Size: bytes,
      MaxSizeAllowed: mostMetadataBytes,
    });
  }
  return metadata;
}

/** Node gives a header as one character per byte. */
function utf8(bytewise: string): string {
  return Buffer.from(bytewise, 'latin1').toString('utf8');
}

export function latin1(utf8Text: string): string {
  return Buffer.from(utf8Text, 'utf8').toString('latin1');
}

/** Objects are not encrypted here; the word for S3's default is taken, KMS keys are not. */
function checkEncryption(algorithm: string | undefined): void {
  if (algorithm?.startsWith('aws:') === true) {
    throw notImplemented();
  }
  if (algorithm !== undefined && algorithm !== 'AES256') {
    throw invalidArgument(
      'The encryption method specified is not supported',
      'x-amz-server-side-encryption',
      algorithm,
    );
  }
}
