import * as vscode from 'vscode';
import { deniedPermission } from '../../core/doctor/deniedPermission.js';
import type { FailureDetails } from '../../core/failure.js';
import type { Notice } from './notices.js';
import { chooseConnection, type Remedy, runDoctor } from './remedies.js';

const tryAgain: Remedy = { kind: 'tryAgain' };

/** What of AWS the user may not do, and what helps: a permission more, or whoever has set what stands in the way. */
export function deniedNotice(details: FailureDetails['aws.accessDenied']): Notice {
  const ways: readonly Remedy[] = details.because === undefined ? [copyPolicy(details)] : [];
  return perhapsClosed(details, {
    message: deniedText(details),
    remedy: [tryAgain, ...ways, runDoctor(), chooseConnection()],
  });
}

/** The smallest that would do. Account and region are for AWS to know, where it has not told an ARN. */
function copyPolicy(details: FailureDetails['aws.accessDenied']): Remedy {
  const { action: Action, resource: Resource } = deniedPermission(details, { region: '*', accountId: '*' });
  const policy = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource }] };
  return { kind: 'copyPolicy', policy: `${JSON.stringify(policy, undefined, 2)}\n` };
}

function deniedText({ action, resource, because }: FailureDetails['aws.accessDenied']): string {
  return because === undefined
    ? vscode.l10n.t(
        'AWS does not allow you {0} on "{1}". Ask for that permission, or choose another connection.',
        action,
        resource,
      )
    : vscode.l10n.t(
        'AWS does not allow you {0} on "{1}" ({2}). A permission more does not help against that: ask whoever has set it, or choose another connection.',
        action,
        resource,
        because,
      );
}

/** What the service does not do, in its own words. */
export function refusedNotice(details: FailureDetails['aws.refused']): Notice {
  const { action, name, reason } = details;
  return perhapsClosed(details, {
    message: vscode.l10n.t(
      '{0} was refused ({1}: {2}). Try again, or change what was asked for.',
      action,
      name,
      reason.replace(/\.$/u, ''),
    ),
    remedy: [tryAgain, { kind: 'startOver', title: vscode.l10n.t('Start Over') }],
  });
}

/** Of an account that may have come too late, whose refusal nobody knows the words of. */
function perhapsClosed(
  { isPerhapsClosed = false }: { readonly isPerhapsClosed?: boolean },
  { message, remedy }: Notice,
): Notice {
  if (!isPerhapsClosed || 'noneBecause' in remedy) {
    return { message, remedy };
  }
  const why = vscode.l10n.t(
    'If this account did not use Ground Truth before 30 July 2026, that may be why: AWS takes no new customers for it. The whole lab runs on this machine, too.',
  );
  return { message: `${message} ${why}`, remedy: [...remedy, { kind: 'useLocal' }] };
}
