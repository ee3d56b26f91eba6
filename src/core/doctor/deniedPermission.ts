import type { FailureDetails } from '../failure.js';
import { partitionOf } from '../regions.js';
import type { Permission } from './probes.js';

interface Whereabouts {
  readonly region: string;
  readonly accountId: string;
}

/** What a policy would have to allow; where AWS has not told the ARN, what was called does. */
export function deniedPermission(
  { action, resource, arn }: FailureDetails['aws.accessDenied'],
  where: Whereabouts,
): Permission {
  return { action, resource: arn ?? resourceArn(action, resource, where) };
}

/** The ARN of what an action was called on; `*` where IAM knows no resource for it. */
export function resourceArn(action: string, resource: string, { region, accountId }: Whereabouts): string {
  const [service = ''] = action.split(':');
  const partition = partitionOf(region);
  if (
    resource.startsWith('arn:') ||
    resource === '*' ||
    /:(?:List(?!Bucket$)|GetCallerIdentity|CreateUserPool$)/u.test(action)
  ) {
    return resource.startsWith('arn:') ? resource : '*';
  }
  switch (service) {
    case 's3':
      return `arn:${partition}:s3:::${resource}${isOfObjects(action) && !resource.includes('/') ? '/*' : ''}`;
    case 'iam':
      return `arn:${partition}:iam::${accountId}:role/*${resource}`;
    case 'cognito-idp':
      return `arn:${partition}:cognito-idp:${region}:${accountId}:userpool/${poolId.test(resource) ? resource : '*'}`;
    case 'sagemaker':
      return `arn:${partition}:sagemaker:${region}:${accountId}:${sageMakerKind(action)}/${resource.toLowerCase()}`;
    default:
      return '*';
  }
}

/** Many of them may be done at once, to the bucket that they are in. */
function isOfObjects(action: string): boolean {
  return /:(?:Get|Put|Delete)Object|:(?:AbortMultipartUpload|ListMultipartUploadParts)$/u.test(action);
}

/** What was called on may be a member, or a group: which pool those are of is not told. */
const poolId = /^[\w-]+_[\da-zA-Z]+$/u;

function sageMakerKind(action: string): string {
  if (/Workteam/u.test(action)) {
    return 'workteam/private-crowd';
  }
  return /Workforce/u.test(action) ? 'workforce' : 'labeling-job';
}
