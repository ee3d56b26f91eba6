import type { Reply } from '../http/reply.js';
import { getBucketAcl, getObjectAcl, putBucketAcl, putObjectAcl } from './acls.js';
import { deleteBucketCors, getBucketCors, putBucketCors } from './bucketCors.js';
import {
  deleteBucketOwnershipControls,
  getBucketOwnershipControls,
  putBucketOwnershipControls,
} from './bucketOwnership.js';
import { deleteBucketPolicy, getBucketPolicy, putBucketPolicy } from './bucketPolicy.js';
import { deleteBucket, getBucketLocation, headBucket, listBuckets } from './buckets.js';
import { getBucketVersioning, putBucketVersioning } from './bucketVersioning.js';
import { completeMultipartUpload } from './completeUpload.js';
import { copyObject } from './copyObject.js';
import { createBucket } from './createBucket.js';
import { deleteObject, deleteObjects } from './deleteObjects.js';
import { invalidRequest, methodNotAllowed, notImplemented } from './errors.js';
import { getObject } from './getObject.js';
import { getObjectAttributes } from './getObjectAttributes.js';
import { listObjects } from './listObjects.js';
import { listObjectVersions } from './listObjectVersions.js';
import {
  deletePublicAccessBlock,
  getBucketPolicyStatus,
  getPublicAccessBlock,
  putPublicAccessBlock,
} from './publicAccessBlock.js';
import { putObject } from './putObject.js';
import type { Operation, S3, S3Request } from './s3.js';
import { subResourceOf } from './subResource.js';
import {
  deleteBucketTagging,
  deleteObjectTagging,
  getBucketTagging,
  getObjectTagging,
  putBucketTagging,
  putObjectTagging,
} from './tagging.js';
import {
  getBucketAccelerateConfiguration,
  getBucketEncryption,
  getBucketLifecycle,
  getBucketLogging,
  getBucketNotification,
  getBucketReplication,
  getBucketRequestPayment,
  getBucketWebsite,
  getObjectLockConfiguration,
} from './unsetConfigurations.js';
import { uploadPart } from './uploadPart.js';
import { abortMultipartUpload, createMultipartUpload, listMultipartUploads, listParts } from './uploads.js';

/** Operations by method. */
type Methods = { readonly [method: string]: Operation };

/** Operations on a bucket, by sub-resource; the empty one is the bucket itself. */
const bucketRoutes: { readonly [subResource: string]: Methods } = {
  '': { GET: listObjects, HEAD: headBucket, PUT: createBucket, DELETE: deleteBucket },
  accelerate: { GET: getBucketAccelerateConfiguration },
  acl: { GET: getBucketAcl, PUT: putBucketAcl },
  cors: { GET: getBucketCors, PUT: putBucketCors, DELETE: deleteBucketCors },
  delete: { POST: deleteObjects },
  encryption: { GET: getBucketEncryption },
  lifecycle: { GET: getBucketLifecycle },
  location: { GET: getBucketLocation },
  logging: { GET: getBucketLogging },
  notification: { GET: getBucketNotification },
  'object-lock': { GET: getObjectLockConfiguration },
  ownershipControls: {
    GET: getBucketOwnershipControls,
    PUT: putBucketOwnershipControls,
    DELETE: deleteBucketOwnershipControls,
  },
  policy: { GET: getBucketPolicy, PUT: putBucketPolicy, DELETE: deleteBucketPolicy },
  policyStatus: { GET: getBucketPolicyStatus },
  publicAccessBlock: { GET: getPublicAccessBlock, PUT: putPublicAccessBlock, DELETE: deletePublicAccessBlock },
  replication: { GET: getBucketReplication },
  requestPayment: { GET: getBucketRequestPayment },
  tagging: { GET: getBucketTagging, PUT: putBucketTagging, DELETE: deleteBucketTagging },
  uploads: { GET: listMultipartUploads },
  versioning: { GET: getBucketVersioning, PUT: putBucketVersioning },
  versions: { GET: listObjectVersions },
  website: { GET: getBucketWebsite },
};

const objectRoutes: { readonly [subResource: string]: Methods } = {
  '': { GET: getObject, HEAD: getObject, PUT: putOrCopyObject, DELETE: deleteObject },
  acl: { GET: getObjectAcl, PUT: putObjectAcl },
  attributes: { GET: getObjectAttributes },
  tagging: { GET: getObjectTagging, PUT: putObjectTagging, DELETE: deleteObjectTagging },
  uploadId: { GET: listParts, PUT: uploadPart, POST: completeMultipartUpload, DELETE: abortMultipartUpload },
  uploads: { POST: createMultipartUpload },
};

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
    // A bucket takes uploads by forms of web pages on AWS, but not here.
    const isForm = method === 'POST' && key === '';
    throw isForm || methods !== routes[''] ? notImplemented() : methodNotAllowed();
  }
  return operation;
}

/** A header makes the difference between the two. */
function putOrCopyObject(s3: S3, request: S3Request): Promise<Reply> {
  if (request.query.has('partNumber')) {
    throw invalidRequest('A part needs the id of its upload: the parameter "uploadId" is missing.');
  }
  return request.headers['x-amz-copy-source'] === undefined ? putObject(s3, request) : copyObject(s3, request);
}
