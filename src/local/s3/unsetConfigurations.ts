import type { Reply } from '../http/reply.js';
import { ServiceError } from '../http/serviceError.js';
import type { XmlContent } from '../http/xml.js';
import { requireBucketAccess } from './access.js';
import { xmlReply, type Operation, type S3, type S3Request } from './s3.js';

// Settings that cannot be set here. Asked for them, the server answers what AWS answers of a bucket on which nobody
// has set them: tools look through all of them before they do anything.

/** An operation that answers the same of every bucket. */
function always(action: string, root: string, content: { readonly [element: string]: XmlContent } = {}): Operation {
  return (s3: S3, request: S3Request): Reply => {
    requireBucketAccess(s3, request, action);
    return xmlReply(root, content);
  };
}

function neverSet(action: string, code: string, message: string): Operation {
  return (s3: S3, request: S3Request): Reply => {
    const { name } = requireBucketAccess(s3, request, action);
    throw new ServiceError(code, message, 404, { BucketName: name });
  };
}

export const getBucketAccelerateConfiguration = always('s3:GetAccelerateConfiguration', 'AccelerateConfiguration');
export const getBucketLogging = always('s3:GetBucketLogging', 'BucketLoggingStatus');
export const getBucketNotification = always('s3:GetBucketNotification', 'NotificationConfiguration');

export const getBucketRequestPayment = always('s3:GetBucketRequestPayment', 'RequestPaymentConfiguration', {
  Payer: 'BucketOwner',
});

export const getBucketEncryption = always('s3:GetEncryptionConfiguration', 'ServerSideEncryptionConfiguration', {
  Rule: { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' }, BucketKeyEnabled: false },
});

export const getBucketLifecycle = neverSet(
  's3:GetLifecycleConfiguration',
  'NoSuchLifecycleConfiguration',
  'The lifecycle configuration does not exist',
);

export const getBucketReplication = neverSet(
  's3:GetReplicationConfiguration',
  'ReplicationConfigurationNotFoundError',
  'The replication configuration was not found',
);

export const getBucketWebsite = neverSet(
  's3:GetBucketWebsite',
  'NoSuchWebsiteConfiguration',
  'The specified bucket does not have a website configuration',
);

export const getObjectLockConfiguration = neverSet(
  's3:GetBucketObjectLockConfiguration',
  'ObjectLockConfigurationNotFoundError',
  'Object Lock configuration does not exist for this bucket',
);
