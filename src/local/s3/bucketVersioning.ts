import { header } from '../http/incoming.js';
import type { Reply } from '../http/reply.js';
import { ServiceError } from '../http/serviceError.js';
import type { Versioning } from '../store/records.js';
import { requireBucketAccess } from './access.js';
import { changeSettings } from './bucketSettings.js';
import { malformedXml, notImplemented } from './errors.js';
import { emptyOk, xmlReply, type S3, type S3Request } from './s3.js';
import { xmlBody } from './smallBody.js';

const states: readonly Versioning[] = ['Enabled', 'Suspended'];

/** Empty of a bucket whose versioning was never set. */
export function getBucketVersioning(s3: S3, request: S3Request): Reply {
  const { settings } = requireBucketAccess(s3, request, 's3:GetBucketVersioning');
  return xmlReply('VersioningConfiguration', { Status: settings.versioning });
}

/** Nothing that is in the bucket changes; what comes does. There is no MFA to be asked for here. */
export async function putBucketVersioning(s3: S3, request: S3Request): Promise<Reply> {
  requireBucketAccess(s3, request, 's3:PutBucketVersioning');
  const root = await xmlBody(request, 'VersioningConfiguration');
  if (root.value('MfaDelete') === 'Enabled' || header(request.headers, 'x-amz-mfa') !== undefined) {
    throw notImplemented();
  }
  const status = root.value('Status');
  if (status === undefined) {
    throw new ServiceError('IllegalVersioningConfigurationException', 'The Versioning element must be specified');
  }
  const versioning = states.find((state) => state === status);
  if (versioning === undefined) {
    throw malformedXml();
  }
  await changeSettings(s3, request, (settings) => ({ ...settings, versioning }));
  return emptyOk;
}
