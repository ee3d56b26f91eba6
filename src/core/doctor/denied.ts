import { Failure } from '../failure.js';
import type { Check, Outcome } from './check.js';
import type { Examination } from './examination.js';
import { smallestPolicy } from './permissions.js';
import type { Permission } from './probes.js';
import { reasonOf } from './reasonOf.js';
import type { CommandLine, PolicyDocument } from './report.js';

/** What a check that threw comes to: a line that says why nothing is known, and what would let it be known. */
export async function failureOutcome(
  check: Check,
  error: unknown,
  examination: Examination,
  signal: AbortSignal,
): Promise<Outcome> {
  if (Failure.is(error, 'aws.accessDenied')) {
    return deniedOutcome(check.title, error, examination, signal);
  }
  return { status: 'unknown', where: check.title, cause: `This could not be looked at: ${reasonOf(error)}` };
}

/** A denied call names its action and the smallest policy that would allow it. */
export async function deniedOutcome(
  where: string,
  denied: Failure<'aws.accessDenied'>,
  examination: Examination,
  signal: AbortSignal,
): Promise<Outcome> {
  const caller = await examination.identity(signal).catch(() => ({ accountId: '*', arn: '' }));
  const permission = deniedPermission(denied, { region: examination.place.region, accountId: caller.accountId });
  const { because } = denied.details;
  const what = `AWS does not allow you "${permission.action}" on "${permission.resource}"`;
  if (because !== undefined) {
    const cause = `${what} (${because}), so this cannot be looked at. A permission more does not help against that: ask whoever has set it.`;
    return { status: 'unknown', where, cause };
  }
  const policy = smallestPolicy([permission]);
  return {
    status: 'unknown',
    where,
    cause: `${what}, so this cannot be looked at. Ask for the permission; the smallest policy is beside this line.`,
    policy,
    commands: grantCommands(caller.arn, policy, examination),
  };
}

/** How the caller would get the policy, where they are a user or act as a role. */
function grantCommands(callerArn: string, policy: PolicyDocument, examination: Examination): readonly CommandLine[] {
  const document = JSON.stringify(policy);
  const user = /^arn:aws[a-z-]*:iam::\d+:user\/(?:.*\/)?([^/]+)$/u.exec(callerArn)?.[1];
  const role = /^arn:aws[a-z-]*:sts::\d+:assumed-role\/([^/]+)\//u.exec(callerArn)?.[1];
  const named = ['--policy-name', 'GroundTruthDoctor', '--policy-document', document];
  if (user !== undefined) {
    return [examination.aws('iam', 'put-user-policy', '--user-name', user, ...named)];
  }
  return role === undefined ? [] : [examination.aws('iam', 'put-role-policy', '--role-name', role, ...named)];
}

interface Whereabouts {
  readonly region: string;
  readonly accountId: string;
}

/** AWS's own words name the ARN mostly; where they do not, what was called does. */
function deniedPermission({ cause, details }: Failure<'aws.accessDenied'>, where: Whereabouts): Permission {
  const { message } = cause instanceof Error ? cause : { message: '' };
  const [, toldAction, toldResource] =
    /not authorized to perform: ([\w-]+:\w+)(?:[^]*?on resource: "?(arn:[^\s"]+))?/u.exec(message) ?? [];
  const action = toldAction ?? details.action;
  return { action, resource: toldResource ?? resourceArn(action, details.resource, where) };
}

/** The ARN of what an action was called on; `*` where IAM knows no resource for it. */
export function resourceArn(action: string, resource: string, { region, accountId }: Whereabouts): string {
  const [service = ''] = action.split(':');
  const partition = region.startsWith('cn-') ? 'aws-cn' : 'aws';
  if (resource.startsWith('arn:') || resource === '*' || /:(?:List(?!Bucket$)|GetCallerIdentity)/u.test(action)) {
    return resource.startsWith('arn:') ? resource : '*';
  }
  switch (service) {
    case 's3':
      return `arn:${partition}:s3:::${resource}`;
    case 'iam':
      return `arn:${partition}:iam::${accountId}:role/*${resource}`;
    case 'cognito-idp':
      return `arn:${partition}:cognito-idp:${region}:${accountId}:userpool/${resource}`;
    case 'sagemaker':
      return `arn:${partition}:sagemaker:${region}:${accountId}:${sageMakerKind(action)}/${resource.toLowerCase()}`;
    default:
      return '*';
  }
}

function sageMakerKind(action: string): string {
  if (/Workteam/u.test(action)) {
    return 'workteam/private-crowd';
  }
  return /Workforce/u.test(action) ? 'workforce' : 'labeling-job';
}
