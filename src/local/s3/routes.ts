import {
  deleteBucketOwnershipControls,
  getBucketOwnershipControls,
  putBucketOwnershipControls,
} from './bucketOwnership.js';
import { deleteBucket, getBucketLocation, headBucket, listBuckets } from './buckets.js';
import { createBucket } from './createBucket.js';
import { deleteObject, deleteObjects } from './deleteObjects.js';
import { invalidRequest, methodNotAllowed, notImplemented } from './errors.js';
import { getObject } from './getObject.js';
import { listObjects } from './listObjects.js';
import { putObject } from './putObject.js';
import type { Operation, S3Request } from './s3.js';

/** Operations by method. */
type Methods = { readonly [method: string]: Operation };

/** Operations on a bucket, by sub-resource; the empty one is the bucket itself. */
const bucketRoutes: { readonly [subResource: string]: Methods } = {
  '': { GET: listObjects, HEAD: headBucket, PUT: createBucket, DELETE: deleteBucket },
  delete: { POST: deleteObjects },
  location: { GET: getBucketLocation },
  ownershipControls: {
    GET: getBucketOwnershipControls,
    PUT: putBucketOwnershipControls,
    DELETE: deleteBucketOwnershipControls,
  },
};

const objectRoutes: { readonly [subResource: string]: Methods } = {
  '': { GET: getObject, HEAD: getObject, PUT: putObject, DELETE: deleteObject },
};

/** Parameters that say how, not what. Any other one without a value names a sub-resource. */
const plainParameters: ReadonlySet<string> = new Set([
  'continuation-token',
  'delimiter',
  'encoding-type',
  'fetch-owner',
  'key-marker',
  'list-type',
  'marker',
  'max-buckets',
  'max-keys',
  'max-parts',
  'max-uploads',
  'part-number-marker',
  'partNumber',
  'prefix',
  'start-after',
  'upload-id-marker',
  'version-id-marker',
]);

/** Sub-resources that S3 has: they never fall through to the bucket or object itself, whatever their value. */
const subResources: ReadonlySet<string> = new Set([
  'abac',
  'accelerate',
  'acl',
  'analytics',
  'annotation',
  'append',
  'attributes',
  'cors',
  'delete',
  'encryption',
  'intelligent-tiering',
  'inventory',
  'legal-hold',
  'lifecycle',
  'location',
  'logging',
  'metadataConfiguration',
  'metadataInventoryTable',
  'metadataJournalTable',
  'metadataTable',
  'metrics',
  'notification',
  'object-lock',
  'ownershipControls',
  'policy',
  'policyStatus',
  'publicAccessBlock',
  'renameObject',
  'replication',
  'requestPayment',
  'restore',
  'retention',
  'select',
  'session',
  'tagging',
  'torrent',
  'uploadId',
  'uploads',
  'versionId',
  'versioning',
  'versions',
  'website',
]);

/** Which operation a request asks for. What is not implemented is refused, and never taken for something else. */
export function findOperation(request: S3Request): Operation {
  const { method, bucket, key } = request;
  if (bucket === '') {
    if (method !== 'GET') {
      throw methodNotAllowed();
    }
    return listBuckets;
  }
  const routes = key === '' ? bucketRoutes : objectRoutes;
  const methods = routes[subResourceOf(request)];
  if (methods === undefined) {
    throw notImplemented();
  }
  const operation = methods[method];
  if (operation === undefined) {
    throw ['GET', 'PUT', 'POST', 'DELETE', 'HEAD'].includes(method) && methods !== routes['']
      ? notImplemented()
      : methodNotAllowed();
  }
  return operation;
}

function subResourceOf({ query }: S3Request): string {
  const named = [...query].filter(([name, value]) => subResources.has(name) || (value === '' && !isPlain(name)));
  const names = [...new Set(named.map(([name]) => name))];
  if (names.length > 1) {
    throw invalidRequest(`Conflicting query string parameters: ${names.join(', ')}`);
  }
  return names[0] ?? '';
}

function isPlain(name: string): boolean {
  return plainParameters.has(name) || name.startsWith('response-') || /^x-/iu.test(name);
}
