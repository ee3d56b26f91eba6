import type { RequestHead } from '../http/incoming.js';

/** S3's operations by method and sub-resource, as AWS's API reference names them. */
const bucketOperations: { readonly [subResource: string]: Readonly<Record<string, string>> } = {
  '': { GET: 'ListObjects', HEAD: 'HeadBucket', PUT: 'CreateBucket', DELETE: 'DeleteBucket' },
  accelerate: { GET: 'GetBucketAccelerateConfiguration' },
  acl: { GET: 'GetBucketAcl', PUT: 'PutBucketAcl' },
  cors: { GET: 'GetBucketCors', PUT: 'PutBucketCors', DELETE: 'DeleteBucketCors' },
  delete: { POST: 'DeleteObjects' },
  encryption: { GET: 'GetBucketEncryption' },
  lifecycle: { GET: 'GetBucketLifecycleConfiguration' },
  location: { GET: 'GetBucketLocation' },
  logging: { GET: 'GetBucketLogging' },
  notification: { GET: 'GetBucketNotificationConfiguration' },
  'object-lock': { GET: 'GetObjectLockConfiguration' },
  ownershipControls: {
    GET: 'GetBucketOwnershipControls',
    PUT: 'PutBucketOwnershipControls',
    DELETE: 'DeleteBucketOwnershipControls',
  },
  policy: { GET: 'GetBucketPolicy', PUT: 'PutBucketPolicy', DELETE: 'DeleteBucketPolicy' },
  policyStatus: { GET: 'GetBucketPolicyStatus' },
  publicAccessBlock: {
    GET: 'GetPublicAccessBlock',
    PUT: 'PutPublicAccessBlock',
    DELETE: 'DeletePublicAccessBlock',
  },
  replication: { GET: 'GetBucketReplication' },
  requestPayment: { GET: 'GetBucketRequestPayment' },
  tagging: { GET: 'GetBucketTagging', PUT: 'PutBucketTagging', DELETE: 'DeleteBucketTagging' },
  uploads: { GET: 'ListMultipartUploads' },
  versioning: { GET: 'GetBucketVersioning', PUT: 'PutBucketVersioning' },
  versions: { GET: 'ListObjectVersions' },
  website: { GET: 'GetBucketWebsite' },
};

const objectOperations: typeof bucketOperations = {
  '': { GET: 'GetObject', HEAD: 'HeadObject', PUT: 'PutObject', DELETE: 'DeleteObject' },
  acl: { GET: 'GetObjectAcl', PUT: 'PutObjectAcl' },
  attributes: { GET: 'GetObjectAttributes' },
  tagging: { GET: 'GetObjectTagging', PUT: 'PutObjectTagging', DELETE: 'DeleteObjectTagging' },
  uploadId: { GET: 'ListParts', PUT: 'UploadPart', POST: 'CompleteMultipartUpload', DELETE: 'AbortMultipartUpload' },
  uploads: { POST: 'CreateMultipartUpload' },
};

/** All of them: what a faults file can name. */
export const operationNames: readonly string[] = [
  'ListBuckets',
  'ListObjectsV2',
  'CopyObject',
  'UploadPartCopy',
  ...[bucketOperations, objectOperations].flatMap((operations) => Object.values(operations).flatMap(Object.values)),
];

/** The name of what a request asks for; its method where that is nothing that S3 has. */
export function operationName(
  { method, headers, query }: Pick<RequestHead, 'method' | 'headers' | 'query'>,
  { bucket, key }: { readonly bucket: string; readonly key: string },
): string {
  if (bucket === '') {
    return 'ListBuckets';
  }
  const operations = key === '' ? bucketOperations : objectOperations;
  const subResource = Object.keys(operations).find((name) => name !== '' && query.has(name)) ?? '';
  const name = operations[subResource]?.[method] ?? method;
  if (name === 'ListObjects' && query.get('list-type') === '2') {
    return 'ListObjectsV2';
  }
  const isCopy = headers['x-amz-copy-source'] !== undefined;
  return isCopy && name === 'PutObject' ? 'CopyObject' : isCopy && name === 'UploadPart' ? 'UploadPartCopy' : name;
}

const otherActions: Readonly<Record<string, string>> = {
  CompleteMultipartUpload: 's3:PutObject',
  CopyObject: 's3:PutObject',
  CreateMultipartUpload: 's3:PutObject',
  DeleteBucketCors: 's3:PutBucketCORS',
  DeleteBucketOwnershipControls: 's3:PutBucketOwnershipControls',
  DeleteBucketTagging: 's3:PutBucketTagging',
  DeleteObjects: 's3:DeleteObject',
  DeletePublicAccessBlock: 's3:PutBucketPublicAccessBlock',
  GetBucketCors: 's3:GetBucketCORS',
  GetPublicAccessBlock: 's3:GetBucketPublicAccessBlock',
  HeadBucket: 's3:ListBucket',
  HeadObject: 's3:GetObject',
  ListBuckets: 's3:ListAllMyBuckets',
  ListMultipartUploads: 's3:ListBucketMultipartUploads',
  ListObjects: 's3:ListBucket',
  ListObjectsV2: 's3:ListBucket',
  ListObjectVersions: 's3:ListBucketVersions',
  ListParts: 's3:ListMultipartUploadParts',
  PutBucketCors: 's3:PutBucketCORS',
  PutPublicAccessBlock: 's3:PutBucketPublicAccessBlock',
  UploadPart: 's3:PutObject',
  UploadPartCopy: 's3:PutObject',
};

/** What IAM calls the permission for an operation, which is not always its name. */
export function permissionFor(operation: string): string {
  return otherActions[operation] ?? `s3:${operation}`;
}
