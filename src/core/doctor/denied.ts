import { Failure } from '../failure.js';
import type { Check, Outcome } from './check.js';
import { deniedPermission } from './deniedPermission.js';
import type { Examination } from './examination.js';
import { smallestPolicy } from './permissions.js';
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
  const permission = deniedPermission(denied.details, {
    region: examination.place.region,
    accountId: caller.accountId,
  });
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
