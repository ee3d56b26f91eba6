import type { Reply } from '../http/reply.js';
import { ServiceError } from '../http/serviceError.js';
import type { ObjectOwnership } from '../store/records.js';
import { requireBucketAccess } from './access.js';
import { changeSettings, withoutSetting } from './bucketSettings.js';
import { malformedXml } from './errors.js';
import { emptyOk, noContent, xmlReply, type S3, type S3Request } from './s3.js';
import { xmlBody } from './smallBody.js';

const ownerships: readonly ObjectOwnership[] = ['BucketOwnerEnforced', 'BucketOwnerPreferred', 'ObjectWriter'];

export function parseOwnership(text: string | undefined): ObjectOwnership | undefined {
  return ownerships.find((ownership) => ownership === text);
}

export function ownershipBlocksAcls(): ServiceError {
  return new ServiceError(
    'InvalidBucketAclWithObjectOwnership',
    "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting",
  );
}

export function getBucketOwnershipControls(s3: S3, request: S3Request): Reply {
  const { name, settings } = requireBucketAccess(s3, request, 's3:GetBucketOwnershipControls');
  if (settings.ownership === undefined) {
    throw new ServiceError('OwnershipControlsNotFoundError', 'The bucket ownership controls were not found', 404, {
      BucketName: name,
    });
  }
  return xmlReply('OwnershipControls', { Rule: { ObjectOwnership: settings.ownership } });
}

export async function putBucketOwnershipControls(s3: S3, request: S3Request): Promise<Reply> {
  requireBucketAccess(s3, request, 's3:PutBucketOwnershipControls');
  const root = await xmlBody(request, 'OwnershipControls');
  const ownership = parseOwnership(root.child('Rule')?.value('ObjectOwnership'));
  if (ownership === undefined) {
    throw malformedXml();
  }
  await changeSettings(s3, request, (settings) => {
    const hasOtherGrants = settings.acl.some(({ grantee }) => !('id' in grantee));
    if (ownership === 'BucketOwnerEnforced' && hasOtherGrants) {
      throw ownershipBlocksAcls();
    }
    return { ...settings, ownership };
  });
  return emptyOk;
}

export async function deleteBucketOwnershipControls(s3: S3, request: S3Request): Promise<Reply> {
  requireBucketAccess(s3, request, 's3:PutBucketOwnershipControls');
  await changeSettings(s3, request, (settings) => withoutSetting(settings, 'ownership'));
  return noContent;
}
