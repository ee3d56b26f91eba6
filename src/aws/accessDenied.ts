import type { FailureDetails } from '../core/failure.js';

interface Asked {
  readonly action: string;
  readonly resource: string;
  readonly isClosedToNewCustomers?: boolean;
}

// https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
const told =
  /not authorized to perform: (?<action>[\w-]+:\w+)(?: on resource: (?:"(?<quoted>[^"]+)"|(?<plain>\S+)))?(?: (?<why>(?:because|with an explicit deny) .+))?$/su;
/** Then it is a permission of the caller's own that is missing. */
const plainReason = /^because no identity-based policy allows/u;

/**
 * What is missing: AWS names it where the action that was called needs another one beside it, such as `iam:PassRole` of
 * CreateLabelingJob. Where a permission more would not help, its reason is kept too.
 */
export function deniedDetails(message: string, asked: Asked): FailureDetails['aws.accessDenied'] {
  const { action = asked.action, quoted, plain = '*', why = '' } = told.exec(message)?.groups ?? {};
  const resource = quoted ?? plain;
  const because = why === '' || plainReason.test(why) ? undefined : why.replace(/^because /u, '').replace(/\.$/u, '');
  return {
    action,
    resource: action === asked.action ? asked.resource : resource,
    ...(resource.startsWith('arn:') && { arn: resource }),
    ...(because !== undefined && { because }),
    ...(action === asked.action && closed(asked)),
  };
}

/** How an account is told that it is too late is written nowhere: a refusal of these may mean it (reference §0). */
const ofCustomersOnly: ReadonlySet<string> = new Set([
  'sagemaker:CreateWorkforce',
  'sagemaker:CreateWorkteam',
  'sagemaker:CreateLabelingJob',
]);

export function closed({ action, isClosedToNewCustomers = false }: Omit<Asked, 'resource'>): {
  readonly isPerhapsClosed?: true;
} {
  return isClosedToNewCustomers && ofCustomersOnly.has(action) ? { isPerhapsClosed: true } : {};
}
